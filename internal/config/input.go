package config

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/json"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/diag"
	"ddmon/internal/limit"
	"ddmon/internal/object"
	"ddmon/internal/root"
)

// environPrefix begins the name of an environment variable that sets a variable.
const environPrefix = "DDMON_VAR_"

// readVariables gives every variable its value. Later sources win: default, environment, *.auto.vars.hcl in the
// order of their names, then --var and --var-file in the order of the command line.
func (l *loader) readVariables(auto []*hclsyntax.Body) {
	given := map[string]cty.Value{}
	l.fromEnvironment(given)
	for _, body := range auto {
		l.fromAttributes(given, body, func(name string, at hcl.Range) {
			l.warn("undeclared_variable", "Undeclared variable", l.undeclared(name)+" The value is not used.", at)
		})
	}
	for _, input := range l.options.Inputs {
		if input.File != "" {
			l.fromFile(given, input.File)
		} else {
			l.fromFlag(given, input.Var)
		}
	}
	l.settleAll(given)
}

// settleAll gives each variable the value given or its default.
func (l *loader) settleAll(given map[string]cty.Value) {
	l.given = given
	for _, name := range object.SortedKeys(l.variables) {
		v := l.variables[name]
		value, ok := given[name]
		switch {
		case ok:
		case v.def != cty.NilVal:
			value = v.def
		default:
			l.error("missing_variable", "Variable has no value", fmt.Sprintf("Variable %q has no default, so it needs a value: give --var %s=VALUE, "+
				"set the environment variable %s%s, or write %s = VALUE into a file for --var-file or one named *.auto.vars.hcl.",
				name, name, environPrefix, name, name), v.rng)
			value = cty.DynamicVal
		}
		l.settle(v, value)
	}
	l.validate()
}

func (l *loader) undeclared(name string) string {
	return fmt.Sprintf("There is no variable %q.%s To declare it, write: variable %q {}.",
		name, diag.DidYouMean(name, namesLike(l.variables, name)), name)
}

// fromEnvironment takes DDMON_VAR_name. A name that is not declared may be meant for another stack.
func (l *loader) fromEnvironment(given map[string]cty.Value) {
	for _, e := range l.options.Environ {
		name, text, _ := strings.Cut(e, "=")
		name, ok := strings.CutPrefix(name, environPrefix)
		if v := l.variables[name]; ok && v != nil {
			given[name] = l.fromText(v, text, environPrefix+name)
		}
	}
}

func (l *loader) fromFlag(given map[string]cty.Value, flag string) {
	name, text, ok := strings.Cut(flag, "=")
	if !ok {
		l.error("invalid_variable", "Malformed --var", fmt.Sprintf("%q has no \"=\". Write: --var name=value", flag), hcl.Range{})
		return
	}
	name = strings.TrimSpace(name)
	v := l.variables[name]
	if v == nil {
		if !l.options.PassUndeclared {
			l.error("undeclared_variable", "Undeclared variable", "--var "+name+": "+l.undeclared(name), hcl.Range{})
		}
		return
	}
	given[name] = l.fromText(v, text, "--var "+name)
}

// fromText reads a value given as text. A string needs no quotes; everything else is an expression in HCL.
func (l *loader) fromText(v *variable, text, source string) cty.Value {
	if v.sensitive {
		l.stack.Sensitive[v.name] = append(l.stack.Sensitive[v.name], text) // an error about it would repeat it
	}
	value := cty.StringVal(text)
	if v.typ != cty.String && v.typ != cty.DynamicPseudoType {
		var ok bool
		if value, ok = l.parseValue(text, source); !ok {
			l.error("invalid_variable", "Value is no expression", fmt.Sprintf("%s: the value is no constant expression in HCL. For a variable of another "+
				"type than string, write it as in a file, such as --var '%s=[\"a\", \"b\"]'.", source, v.name), v.rng)
			return cty.DynamicVal
		}
	}
	return l.converted(v, value, v.rng, source+": the value")
}

// parseValue evaluates a text as a constant; false if it is none.
func (l *loader) parseValue(text, source string) (cty.Value, bool) {
	if l.meter.Source([]byte(text), source) != nil {
		return cty.DynamicVal, false
	}
	expr, diags := hclsyntax.ParseExpression([]byte(text), source, hcl.InitialPos)
	if diags.HasErrors() || l.meter.WrapExpr(expr) != nil {
		return cty.DynamicVal, false
	}
	value, diags, fault := l.meter.Value(expr, nil)
	return value, fault == nil && !diags.HasErrors()
}

// fromFile reads a file named on the command line, which belongs to the caller and may be anywhere. Only the stack's
// own files are shown line by line: what is wrong with another one is said with its place alone.
func (l *loader) fromFile(given map[string]cty.Value, path string) {
	source, inside, err := l.readInput(path)
	if tooLarge := (*root.SizeError)(nil); errors.As(err, &tooLarge) {
		l.passed(limit.TooLargeFile(path))
		return
	}
	if err != nil {
		l.error("unreadable_file", "File cannot be read", "The file "+path+" cannot be read: "+reason(err)+". Check the path given to --var-file.",
			hcl.Range{Filename: path, Start: hcl.InitialPos, End: hcl.InitialPos})
		return
	}
	file, diags := l.parseInput(source, path)
	switch {
	case file == nil:
	case inside:
		l.stack.Files[path] = file
	default:
		l.outside[path] = file
	}
	if !inside {
		diags = withoutContent(diags)
	}
	l.broken = l.broken || slices.ContainsFunc(diags, func(d *hcl.Diagnostic) bool { return diag.Code(d) != codeTemplate })
	l.report(diags)
	if file == nil || diags.HasErrors() && strings.HasSuffix(path, ".json") {
		return
	}
	l.fromAttributes(given, file.Body, func(variable string, at hcl.Range) {
		if !l.options.PassUndeclared {
			l.error("undeclared_variable", "Undeclared variable", l.undeclared(variable), at)
		}
	})
}

// readInput reads a file that the caller named, and reports whether it is one of the stack's own.
func (l *loader) readInput(path string) (source []byte, inside bool, err error) {
	if name, ok := l.root.Rel(path); ok {
		source, err = l.root.ReadFile(name, limit.MaxFileBytes)
		if leaves := (*root.LeavesError)(nil); !errors.As(err, &leaves) {
			return source, true, err
		}
	}
	source, err = root.ReadRegular(path, limit.MaxFileBytes)
	return source, false, err
}

// parseInput parses a file of variables, HCL or JSON.
func (l *loader) parseInput(source []byte, path string) (*hcl.File, hcl.Diagnostics) {
	if !strings.HasSuffix(path, ".json") {
		return l.parse(source, path)
	}
	if fault := l.meter.JSON(string(source)); fault != nil {
		fault.Range = &hcl.Range{Filename: path, Start: hcl.InitialPos, End: hcl.InitialPos}
		return nil, hcl.Diagnostics{limitError(fault)}
	}
	return json.Parse(source, path)
}

// withoutContent keeps of syntax errors what does not quote the file.
func withoutContent(diags hcl.Diagnostics) hcl.Diagnostics {
	out := make(hcl.Diagnostics, len(diags))
	for i, d := range diags {
		out[i] = &hcl.Diagnostic{
			Severity: d.Severity, Summary: d.Summary, Subject: d.Subject, Extra: d.Extra,
			Detail: "The file is outside of the stack's folder, so its lines are not shown. Correct it at the line and column given.",
		}
	}
	return out
}

// fromAttributes takes the attributes of a file of variables.
func (l *loader) fromAttributes(given map[string]cty.Value, body hcl.Body, undeclared func(string, hcl.Range)) {
	attributes, diags := body.JustAttributes()
	l.report(diags)
	for _, name := range object.SortedKeys(attributes) {
		a := attributes[name]
		v := l.variables[name]
		if v == nil {
			undeclared(name, a.NameRange)
			continue
		}
		l.hideSource(v, a.Expr.Range())
		value, ok := l.constant(a.Expr)
		given[name] = cty.DynamicVal
		if ok {
			given[name] = l.converted(v, value, a.Expr.Range(), "The value")
		}
	}
}

// quotedText is a string in a file of variables, HCL or JSON.
var quotedText = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)

// hideSource makes the strings in a sensitive variable's value sensitive as they are written: if the value is none that
// the variable can have, an error shows its line.
func (l *loader) hideSource(v *variable, at hcl.Range) {
	file := cmp.Or(l.stack.Files[at.Filename], l.outside[at.Filename])
	if !v.sensitive || file == nil || !at.CanSliceBytes(file.Bytes) {
		return
	}
	for _, found := range quotedText.FindAllSubmatch(at.SliceBytes(file.Bytes), -1) {
		l.stack.Sensitive[v.name] = append(l.stack.Sensitive[v.name], string(found[1]))
	}
}

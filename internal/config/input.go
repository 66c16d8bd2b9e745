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
	"ddmon/internal/lang"
	"ddmon/internal/limit"
	"ddmon/internal/object"
	"ddmon/internal/root"
)

// inputs reads the values that variables are given.
type inputs struct {
	reader    *reader
	variables *variables
	options   Options
	outside   map[string]*hcl.File // the files that do not belong to the stack: no line of them is shown
	given     map[string]cty.Value
}

// read returns the values. Later sources win: default, environment, *.auto.vars.hcl in the order of their names, then
// --var and --var-file in the order of the command line.
func (in *inputs) read(auto []*hclsyntax.Body) map[string]cty.Value {
	in.fromEnvironment()
	for _, body := range auto {
		in.fromAttributes(body, func(name string, at hcl.Range) {
			in.reader.report.Warn("undeclared_variable", "Undeclared variable", in.variables.undeclared(name)+" The value is not used.", at)
		})
	}
	for _, input := range in.options.Inputs {
		if input.File != "" {
			in.fromFile(input.File)
		} else {
			in.fromFlag(input.Var)
		}
	}
	return in.given
}

// fromEnvironment takes DDMON_VAR_name. A name that is not declared may be meant for another stack.
func (in *inputs) fromEnvironment() {
	for _, e := range in.options.Environ {
		name, text, _ := strings.Cut(e, "=")
		name, ok := strings.CutPrefix(name, environPrefix)
		if v := in.variables.byName[name]; ok && v != nil {
			in.given[name] = in.fromText(v, text, environPrefix+name)
		}
	}
}

func (in *inputs) fromFlag(flag string) {
	name, text, ok := strings.Cut(flag, "=")
	if !ok {
		in.reader.report.Error("invalid_variable", "Malformed --var", fmt.Sprintf("%q has no \"=\". Write: --var name=value", flag), hcl.Range{})
		return
	}
	name = strings.TrimSpace(name)
	v := in.variables.byName[name]
	if v == nil {
		if !in.options.PassUndeclared {
			in.reader.report.Error("undeclared_variable", "Undeclared variable", "--var "+name+": "+in.variables.undeclared(name), hcl.Range{})
		}
		return
	}
	in.given[name] = in.fromText(v, text, "--var "+name)
}

// fromText reads a value given as text. A string needs no quotes; everything else is an expression in HCL.
func (in *inputs) fromText(v *variable, text, source string) cty.Value {
	if v.sensitive {
		in.variables.sensitive[v.name] = append(in.variables.sensitive[v.name], text) // an error about it would repeat it
	}
	value := cty.StringVal(text)
	if v.typ != cty.String && v.typ != cty.DynamicPseudoType {
		var ok bool
		if value, ok = in.parseValue(text, source); !ok {
			in.reader.report.Error("invalid_variable", "Value is no expression", fmt.Sprintf("%s: the value is no constant expression in HCL. For a variable of another "+
				"type than string, write it as in a file, such as --var '%s=[\"a\", \"b\"]'.", source, v.name), v.rng)
			return cty.DynamicVal
		}
	}
	return in.variables.converted(v, value, v.rng, source+": the value")
}

// parseValue evaluates a text as a constant; false if it is none.
func (in *inputs) parseValue(text, source string) (cty.Value, bool) {
	if in.reader.report.Meter.Source([]byte(text), source) != nil {
		return cty.DynamicVal, false
	}
	expr, diags := hclsyntax.ParseExpression([]byte(text), source, hcl.InitialPos)
	if diags.HasErrors() || in.reader.report.Meter.WrapExpr(expr) != nil {
		return cty.DynamicVal, false
	}
	value, diags, fault := in.reader.report.Meter.Value(expr, nil)
	return value, fault == nil && !diags.HasErrors()
}

// fromFile reads a file named on the command line, which belongs to the caller and may be anywhere. Only the stack's
// own files are shown line by line: what is wrong with another one is said with its place alone.
func (in *inputs) fromFile(path string) {
	source, inside, err := in.readInput(path)
	if tooLarge := (*root.SizeError)(nil); errors.As(err, &tooLarge) {
		in.reader.report.Limit(limit.TooLargeFile(path))
		return
	}
	if err != nil {
		in.reader.report.Error("unreadable_file", "File cannot be read", "The file "+path+" cannot be read: "+root.Reason(err)+". Check the path given to --var-file.",
			hcl.Range{Filename: path, Start: hcl.InitialPos, End: hcl.InitialPos})
		return
	}
	file, diags := in.parseInput(source, path)
	switch {
	case file == nil:
	case inside:
		in.reader.files[path] = file
	default:
		in.outside[path] = file
	}
	if !inside {
		diags = withoutContent(diags)
	}
	in.reader.broken = in.reader.broken || slices.ContainsFunc(diags, func(d *hcl.Diagnostic) bool { return diag.Code(d) != codeTemplate })
	in.reader.report.AddHCL(diags)
	if file == nil || diags.HasErrors() && strings.HasSuffix(path, ".json") {
		return
	}
	in.fromAttributes(file.Body, func(variable string, at hcl.Range) {
		if !in.options.PassUndeclared {
			in.reader.report.Error("undeclared_variable", "Undeclared variable", in.variables.undeclared(variable), at)
		}
	})
}

// readInput reads a file that the caller named, and reports whether it is one of the stack's own.
func (in *inputs) readInput(path string) (source []byte, inside bool, err error) {
	if name, ok := in.reader.root.Rel(path); ok {
		source, err = in.reader.root.ReadFile(name, limit.MaxFileBytes)
		if leaves := (*root.LeavesError)(nil); !errors.As(err, &leaves) {
			return source, true, err
		}
	}
	source, err = root.ReadRegular(path, limit.MaxFileBytes)
	return source, false, err
}

// parseInput parses a file of variables, HCL or JSON.
func (in *inputs) parseInput(source []byte, path string) (*hcl.File, hcl.Diagnostics) {
	if !strings.HasSuffix(path, ".json") {
		return in.reader.parse(source, path)
	}
	if fault := in.reader.report.Meter.JSON(string(source)); fault != nil {
		fault.Range = &hcl.Range{Filename: path, Start: hcl.InitialPos, End: hcl.InitialPos}
		return nil, hcl.Diagnostics{lang.LimitError(fault)}
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
func (in *inputs) fromAttributes(body hcl.Body, undeclared func(string, hcl.Range)) {
	attributes, diags := body.JustAttributes()
	in.reader.report.AddHCL(diags)
	for _, name := range object.SortedKeys(attributes) {
		a := attributes[name]
		v := in.variables.byName[name]
		if v == nil {
			undeclared(name, a.NameRange)
			continue
		}
		in.hideSource(v, a.Expr.Range())
		value, ok := lang.Constant(a.Expr, in.reader.report)
		in.given[name] = cty.DynamicVal
		if ok {
			in.given[name] = in.variables.converted(v, value, a.Expr.Range(), "The value")
		}
	}
}

// quotedText is a string in a file of variables, HCL or JSON.
var quotedText = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)

// hideSource makes the strings in a sensitive variable's value sensitive as they are written: if the value is none that
// the variable can have, an error shows its line.
func (in *inputs) hideSource(v *variable, at hcl.Range) {
	file := cmp.Or(in.reader.files[at.Filename], in.outside[at.Filename])
	if !v.sensitive || file == nil || !at.CanSliceBytes(file.Bytes) {
		return
	}
	for _, found := range quotedText.FindAllSubmatch(at.SliceBytes(file.Bytes), -1) {
		in.variables.sensitive[v.name] = append(in.variables.sensitive[v.name], string(found[1]))
	}
}

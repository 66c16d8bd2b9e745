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

// inputs reads the values of variables.
type inputs struct {
	reader    *reader
	variables *variables
	options   Options
	concealed map[string]*hcl.File // files whose lines are not shown
	secrets   bool                 // the variables can have sensitive values
	given     map[string]cty.Value
}

// conceal conceals the lines of the stack's files of variables if they can have sensitive values. It does not depend on
// whose value a line has, because the line with an error is not parsed, or its name is misspelled.
func (in *inputs) conceal() {
	in.secrets = in.reader.undeclared || in.variables.anySensitive()
	for name, file := range in.reader.files {
		if in.secrets && strings.HasSuffix(name, variablesSuffix) {
			in.concealed[name] = file
			delete(in.reader.files, name)
		}
	}
}

// read returns the values. Later sources win: default, environment, *.auto.vars.hcl in the order of their names, then
// --var and --var-file in the order of the command line.
func (in *inputs) read(auto []*hclsyntax.Body) map[string]cty.Value {
	in.conceal()
	in.fromEnvironment()
	for _, body := range auto {
		in.fromAttributes(body, func(name string, at hcl.Range) {
			in.reader.report.Warn("undeclared_variable", "Undeclared variable", in.variables.undeclared(name)+" The value is ignored.", at)
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

// fromEnvironment reads DDMON_VAR_name. It ignores undeclared names, which can be meant for another stack.
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
		if in.secrets {
			flag = object.Redacted
		}
		in.reader.report.Error("invalid_variable", "Invalid --var", fmt.Sprintf("%q has no \"=\". Write: --var name=value", flag), hcl.Range{})
		return
	}
	name = strings.TrimSpace(name)
	v := in.variables.byName[name]
	if v == nil {
		if !in.options.IgnoreUndeclared {
			in.reader.report.Error("undeclared_variable", "Undeclared variable", "--var "+name+": "+in.variables.undeclared(name), hcl.Range{})
		}
		return
	}
	in.given[name] = in.fromText(v, text, "--var "+name)
}

// fromText parses a value from the command line or the environment. A string needs no quotes; everything else is an HCL
// expression.
func (in *inputs) fromText(v *variable, text, source string) cty.Value {
	if v.sensitive {
		in.variables.sensitive[v.name] = append(in.variables.sensitive[v.name], text) // an error about it would repeat it
	}
	value := cty.StringVal(text)
	if v.typ != cty.String && v.typ != cty.DynamicPseudoType {
		var ok bool
		if value, ok = in.parseValue(text, source); !ok {
			in.reader.report.Error("invalid_variable", "Invalid variable value", fmt.Sprintf("%s: the value is not a constant HCL expression. If the variable is not a "+
				"string, write the value as in a file, such as --var '%s=[\"a\", \"b\"]'.", source, v.name), v.rng)
			return cty.DynamicVal
		}
	}
	return in.variables.converted(v, value, v.rng, source+": the value")
}

// parseValue evaluates a string as a constant expression; false if that fails.
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

// fromFile reads a file named on the command line, which can be anywhere. Diagnostics show lines of the stack's own
// files only, and only if no variable is sensitive; for other files, they show the position.
func (in *inputs) fromFile(path string) {
	source, inside, err := in.readInput(path)
	if tooLarge := (*root.SizeError)(nil); errors.As(err, &tooLarge) {
		in.reader.report.Limit(limit.FileTooLarge(path))
		return
	}
	if err != nil {
		in.reader.report.Error("unreadable_file", "File cannot be read", "ddmon cannot read the file "+path+": "+root.Reason(err)+". Check the path given to --var-file.",
			hcl.Range{Filename: path, Start: hcl.InitialPos, End: hcl.InitialPos})
		return
	}
	file, diags := in.parseInput(source, path)
	shown := inside && !in.secrets
	switch {
	case file == nil:
	case shown:
		in.reader.files[path] = file
	default:
		in.concealed[path] = file
	}
	if !shown {
		diags = withoutContent(diags)
	}
	in.reader.broken = in.reader.broken || slices.ContainsFunc(diags, func(d *hcl.Diagnostic) bool { return diag.Code(d) != codeTemplate })
	in.reader.report.AddHCL(diags)
	if file == nil || diags.HasErrors() && strings.HasSuffix(path, ".json") {
		return
	}
	in.fromAttributes(file.Body, func(variable string, at hcl.Range) {
		if !in.options.IgnoreUndeclared {
			in.reader.report.Error("undeclared_variable", "Undeclared variable", in.variables.undeclared(variable), at)
		}
	})
}

// readInput reads a file that the caller named, and reports whether it is inside the stack.
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

// parseInput parses a variables file, HCL or JSON.
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

// withoutContent removes from syntax errors what can quote the file.
func withoutContent(diags hcl.Diagnostics) hcl.Diagnostics {
	out := make(hcl.Diagnostics, len(diags))
	for i, d := range diags {
		out[i] = &hcl.Diagnostic{
			Severity: d.Severity, Summary: d.Summary, Subject: d.Subject, Extra: d.Extra,
			Detail: "The file is outside of the stack's folder or can have sensitive values, so its lines are not shown. Fix it at this line and column.",
		}
	}
	return out
}

// fromAttributes reads the attributes of a variables file.
func (in *inputs) fromAttributes(body hcl.Body, undeclared func(string, hcl.Range)) {
	attributes, diags := body.JustAttributes()
	for _, d := range diags {
		if strings.HasPrefix(d.Summary, "Unexpected ") {
			d.Summary = "Unexpected block" // without the block's type, which can be a value
		}
	}
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

// quotedText matches a string in a variables file, HCL or JSON.
var quotedText = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)

// hideSource marks the strings in the source of a sensitive variable's value as sensitive: if the value is invalid, an
// error shows its line.
func (in *inputs) hideSource(v *variable, at hcl.Range) {
	file := cmp.Or(in.reader.files[at.Filename], in.concealed[at.Filename])
	if !v.sensitive || file == nil || !at.CanSliceBytes(file.Bytes) {
		return
	}
	for _, found := range quotedText.FindAllSubmatch(at.SliceBytes(file.Bytes), -1) {
		in.variables.sensitive[v.name] = append(in.variables.sensitive[v.name], string(found[1]))
	}
}

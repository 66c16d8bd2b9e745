package lang

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"ddmon/internal/limit"
	"ddmon/internal/root"
)

// folder is the folder that file functions can read: their paths are relative to it and cannot leave it.
type folder struct {
	root  *root.Root
	meter *limit.Meter
}

// read returns a file's content.
func (f folder) read(name string) ([]byte, error) {
	if fault := f.meter.Spend(limit.FileSteps, 0); fault != nil {
		return nil, limitOf(fault, 0)
	}
	raw, err := f.root.ReadFile(name, limit.MaxFileBytes)
	if tooLarge := (*root.SizeError)(nil); errors.As(err, &tooLarge) {
		return nil, limitOf(limit.FileTooLarge(name), 1)
	}
	if err != nil {
		return nil, unreadableArgument(name, err)
	}
	return raw, nil
}

// unreadableArgument returns the error for a file that a function cannot read; its first argument names the file.
func unreadableArgument(name string, err error) error {
	name = strings.ToValidUTF8(name, "?")
	var leaves *root.LeavesError
	if errors.As(err, &leaves) && leaves.Link != "" {
		return &functionError{"outside_stack", "Link to outside the stack", root.LinkOutside(filepath.ToSlash(leaves.Link)) + ".", 1}
	}
	return &functionError{"unreadable_file", "File cannot be read", "ddmon cannot read the file " + name + ": " + root.Reason(err) +
		". Paths must be relative to the stack's folder and stay inside it.", 1}
}

func (f folder) readText(name string) (string, error) {
	raw, err := f.read(name)
	if err == nil && !utf8.Valid(raw) {
		err = &functionError{"unreadable_file", "File is not UTF-8", "The file " + name + " does not contain valid UTF-8. Use filebase64 for other content.", 1}
	}
	return string(raw), err
}

// fileFunc returns a function whose argument is a file name.
func fileFunc(result cty.Type, f func(name string) (cty.Value, error)) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "path", Type: cty.String}},
		Type:   function.StaticReturnType(result),
		Impl:   func(args []cty.Value, _ cty.Type) (cty.Value, error) { return f(args[0].AsString()) },
	})
}

func (f folder) file() function.Function {
	return fileFunc(cty.String, func(name string) (cty.Value, error) {
		text, err := f.readText(name)
		return cty.StringVal(text), err
	})
}

func (f folder) fileBase64() function.Function {
	return fileFunc(cty.String, func(name string) (cty.Value, error) {
		raw, err := f.read(name)
		return cty.StringVal(base64.StdEncoding.EncodeToString(raw)), err
	})
}

func (f folder) fileExists() function.Function {
	return fileFunc(cty.Bool, func(name string) (cty.Value, error) {
		info, err := f.root.Stat(name)
		if leaves := (*root.LeavesError)(nil); errors.As(err, &leaves) && leaves.Link != "" {
			return cty.NilVal, unreadableArgument(name, err)
		}
		return cty.BoolVal(err == nil && info.Mode().IsRegular()), nil
	})
}

// fileSet lists the files below a folder that match a pattern, relative to that folder.
func (f folder) fileSet() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "path", Type: cty.String}, {Name: "pattern", Type: cty.String}},
		Type:   function.StaticReturnType(cty.Set(cty.String)),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			names, err := f.glob(path.Clean(args[0].AsString()), path.Clean(args[1].AsString()))
			if err != nil {
				return cty.NilVal, err
			}
			values := make([]cty.Value, len(names))
			for i, n := range names {
				values[i] = cty.StringVal(n)
			}
			if len(values) == 0 {
				return cty.SetValEmpty(cty.String), nil
			}
			return cty.SetVal(values), nil
		},
	})
}

// glob lists the files below a folder that match a pattern. A link that leads out of the stack is an error if the
// pattern names it or a folder on the way; other such links are ignored.
func (f folder) glob(below, pattern string) ([]string, error) {
	if fault := alternatives(pattern); fault != nil {
		return nil, limitOf(fault, 2)
	}
	if !fs.ValidPath(below) {
		return nil, function.NewArgErrorf(0, "must be relative to the stack's folder and stay inside it")
	}
	begins, _ := doublestar.SplitPattern(pattern)
	named := []string{path.Join(below, begins)}
	names, err := doublestar.Glob(counted{f.root.FS(below), f.meter}, pattern, doublestar.WithFilesOnly())
	if fault := f.meter.Err(); fault != nil {
		return nil, limitOf(fault, 0)
	}
	if err != nil {
		return nil, function.NewArgErrorf(1, "invalid pattern: %s", err)
	}
	for _, n := range names {
		named = append(named, path.Join(below, n))
	}
	for _, n := range named {
		var leaves *root.LeavesError
		if _, err := f.root.Stat(n); errors.As(err, &leaves) {
			return nil, unreadableArgument(n, err)
		}
	}
	if info, err := f.root.Stat(named[0]); err == nil && info.Mode()&(fs.ModeNamedPipe|fs.ModeSocket|fs.ModeDevice) != 0 {
		return nil, unreadableArgument(named[0], errors.New("it is not a directory"))
	}
	slices.Sort(names)
	return names, nil
}

// counted is a folder whose operations count as steps.
type counted struct {
	fs.FS
	meter *limit.Meter
}

func (c counted) Stat(name string) (fs.FileInfo, error) {
	if fault := c.meter.Spend(limit.FileSteps, 0); fault != nil {
		return nil, fault
	}
	return fs.Stat(c.FS, name)
}

func (c counted) ReadDir(name string) ([]fs.DirEntry, error) {
	if fault := c.meter.Spend(limit.FileSteps, 0); fault != nil {
		return nil, fault
	}
	return fs.ReadDir(c.FS, name)
}

// maxAlternatives limits the patterns that the braces of a pattern expand to: each costs a search.
const maxAlternatives = 1000

func alternatives(pattern string) *limit.Error {
	n, choices := 1, 1
	for _, c := range pattern {
		switch c {
		case '{':
			choices = 1
		case ',':
			choices++
		case '}':
			n *= choices
		}
		if n*choices > maxAlternatives {
			return &limit.Error{Summary: "Pattern too large", Detail: fmt.Sprintf("The braces of the pattern expand to more than %d patterns. List fewer alternatives.", maxAlternatives)}
		}
	}
	return nil
}

// templateFile renders a file as an HCL template. A template cannot render other templates, which could recurse
// forever.
func (f folder) templateFile(functions map[string]function.Function) function.Function {
	inside := make(map[string]function.Function, len(functions))
	for name, function := range functions {
		inside[name] = function
	}
	inside["templatefile"] = unsupported("A template cannot render another template. Render it outside, and pass the result as a variable.")
	render := func(args []cty.Value) (cty.Value, error) {
		name, marks := args[0].Unmark()
		if HasReference(args[0]) {
			return cty.NilVal, errUnknownID(1)
		}
		v, err := f.render(name.AsString(), args[1], inside)
		return v.WithMarks(marks), withoutSecrets(err, args)
	}
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "path", Type: cty.String, AllowMarked: true}, {Name: "vars", Type: cty.DynamicPseudoType, AllowMarked: true}},
		Type: func(args []cty.Value) (cty.Type, error) {
			if !args[0].IsKnown() || !args[1].IsKnown() {
				return cty.DynamicPseudoType, nil
			}
			v, err := render(args)
			return v.Type(), err
		},
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) { return render(args) },
	})
}

func (f folder) render(name string, vars cty.Value, functions map[string]function.Function) (cty.Value, error) {
	text, err := f.readText(name)
	if err != nil {
		return cty.DynamicVal, err
	}
	vars, marks := vars.Unmark()
	if t := vars.Type(); !t.IsObjectType() && !t.IsMapType() {
		return cty.DynamicVal, function.NewArgErrorf(1, "must be an object or a map")
	}
	context := &hcl.EvalContext{Variables: map[string]cty.Value{}, Functions: functions}
	for it := vars.ElementIterator(); it.Next(); {
		key, value := it.Element()
		context.Variables[key.AsString()] = value
	}
	if fault := f.meter.Template([]byte(text), name); fault != nil { // every call parses the template again
		return cty.DynamicVal, limitOf(fault, 1)
	}
	expr, diags := hclsyntax.ParseTemplate([]byte(text), name, hcl.InitialPos)
	if diags.HasErrors() {
		return cty.DynamicVal, templateError(diags)
	}
	if fault := f.meter.WrapExpr(expr); fault != nil {
		return cty.DynamicVal, limitOf(fault, 1)
	}
	v, diags, fault := f.meter.Value(expr, context)
	if fault != nil {
		return cty.DynamicVal, limitOf(fault, 0)
	}
	if diags.HasErrors() {
		return cty.DynamicVal, templateError(diags)
	}
	v = withIndexMarks(expr, indexesIn(expr), v, context, func(part hclsyntax.Expression, context *hcl.EvalContext) (cty.Value, bool) {
		v, diags, fault := f.meter.Value(part, context)
		return v, fault == nil && !diags.HasErrors()
	})
	return v.WithMarks(marks), nil
}

// templateError returns the first error in a template, with its position there.
func templateError(diags hcl.Diagnostics) error {
	for _, d := range diags {
		if d.Severity != hcl.DiagError {
			continue
		}
		if call, ok := hcl.DiagnosticExtra[hclsyntax.FunctionCallDiagExtra](d); ok {
			var known *functionError
			if errors.As(call.FunctionCallError(), &known) {
				return known
			}
		}
		return &functionError{"invalid_template", "Template cannot be rendered", Position(*d.Subject) + ": " + d.Summary + ": " + d.Detail, 1}
	}
	return nil
}

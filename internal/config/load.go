package config

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/diag"
	"ddmon/internal/lang"
	"ddmon/internal/limit"
	"ddmon/internal/root"
)

// Load reads the stack in o.Dir. It continues after an error to report as many as possible. If there are errors, the
// stack is incomplete; use only its Files.
func Load(o Options) (*Stack, hcl.Diagnostics) { return LoadWith(o, nil) }

// LoadWith is Load with a callback that reads the test files: it gets the evaluated stack and the bodies of those files
// before the diagnostics are sorted. If it is nil, test files are not read.
func LoadWith(o Options, tests func(e *Evaluation, files []*hclsyntax.Body)) (*Stack, hcl.Diagnostics) {
	report := lang.NewReporter(limit.NewMeter(o.Context))
	files := map[string]*hcl.File{}
	// All files are read through this handle, so that no path or link can lead out of the folder.
	folder, err := root.Open(o.Dir)
	if err != nil {
		report.Error("unreadable_directory", "Directory cannot be read", "ddmon cannot open the stack's folder: "+
			err.Error()+". Run ddmon in the folder that contains your *.hcl files, or set it with -C DIR.", hcl.Range{})
		return newStack(files), report.Diagnostics()
	}
	defer func() { _ = folder.Close() }() // it was only read

	r := &reader{report: report, root: folder, files: files}
	found := r.read(o.Dir, tests != nil)
	e := newEvaluation(report, folder, found.config, files)
	in := &inputs{reader: r, variables: e.variables, options: o, concealed: map[string]*hcl.File{}, given: map[string]cty.Value{}}
	e.variables.setAll(in.read(found.variables))
	e.evaluate()
	e.Stack.Metrics = e.metrics.evaluate()
	if tests != nil {
		tests(e, found.tests)
	}
	mergeTexts(e.Stack.Derived, e.Scope.Secrets.Derived())
	if r.broken {
		report.Drop(isFollowUp)
	}
	diag.Sort(report.Diagnostics())
	return e.Stack, report.Diagnostics()
}

// isFollowUp reports whether a problem can be a consequence of an unreadable part of a file.
func isFollowUp(d *hcl.Diagnostic) bool {
	switch diag.Code(d) {
	case "missing_field", "missing_variable", "undeclared_variable", "unknown_name", "no_stack":
		return true
	}
	return false
}

package config

import (
	"context"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/diag"
	"ddmon/internal/lang"
	"ddmon/internal/limit"
	"ddmon/internal/object"
	"ddmon/internal/root"
)

// Options says what to load.
type Options struct {
	// Dir is the stack's folder, as a person would write it; diagnostics name files below it.
	Dir string
	// Inputs are the --var and --var-file flags in the order in which they were given.
	Inputs []Input
	// Environ is the environment as os.Environ has it; only DDMON_VAR_name matters.
	Environ []string
	// PassUndeclared passes over values for variables that are not declared: what is given to a newer configuration
	// may mean nothing to an older one.
	PassUndeclared bool
	// Context ends the evaluation early; nil never does.
	Context context.Context
}

// Input is one --var or --var-file; one of its fields is set.
type Input struct {
	Var  string // "name=value"
	File string // path of a file of variables: HCL, or JSON if it ends in .json
}

// Stack is what the files want.
type Stack struct {
	Name  string
	Tags  []string
	Range hcl.Range // of the stack block
	// Objects are sorted by address. A monitor has the stack's tags and the threshold that its query implies.
	Objects []*object.Object
	// Metrics are what the stack says of metrics, sorted by name.
	Metrics []Metric
	// Files holds every file that was read, by the name that ranges use.
	Files map[string]*hcl.File
	// Sensitive holds, by the name of a sensitive variable, the texts that make up its value, so that output can
	// hide them wherever they turn up.
	Sensitive map[string][]string
	// Derived holds, by the names of the variables, texts that were computed from sensitive values, to the same end.
	Derived map[string][]string
}

// Load reads the stack in o.Dir. It carries on after an error so as to report as many as it can; with errors, the
// stack is incomplete and good for nothing but its Files.
func Load(o Options) (*Stack, hcl.Diagnostics) { return LoadWith(o, nil) }

// LoadWith is Load for a package that reads the test files: it gets the evaluated stack and what is in those files,
// before the diagnostics are sorted. If it is nil, they are not read.
func LoadWith(o Options, tests func(e *Evaluation, files []*hclsyntax.Body)) (*Stack, hcl.Diagnostics) {
	report := lang.NewReporter(limit.NewMeter(o.Context))
	files := map[string]*hcl.File{}
	// The folder is opened once, and all of its files are read through it: nothing, not even a link, leads out of it.
	folder, err := root.Open(o.Dir)
	if err != nil {
		report.Error("unreadable_directory", "Directory cannot be read", "The stack's folder cannot be opened: "+
			err.Error()+". Run ddmon in the folder that holds your *.hcl files, or name it with -C DIR.", hcl.Range{})
		return newStack(files), report.Diagnostics()
	}
	defer func() { _ = folder.Close() }() // it was only read

	r := &reader{report: report, root: folder, files: files}
	found := r.read(o.Dir, tests != nil)
	e := newEvaluation(report, folder, found.config, files)
	in := &inputs{reader: r, variables: e.variables, options: o, outside: map[string]*hcl.File{}, given: map[string]cty.Value{}}
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

func newStack(files map[string]*hcl.File) *Stack {
	return &Stack{Files: files, Sensitive: map[string][]string{}, Derived: map[string][]string{}}
}

// isFollowUp reports whether a problem may only follow from part of a file being unreadable.
func isFollowUp(d *hcl.Diagnostic) bool {
	switch diag.Code(d) {
	case "missing_field", "missing_variable", "undeclared_variable", "unknown_name", "no_stack":
		return true
	}
	return false
}

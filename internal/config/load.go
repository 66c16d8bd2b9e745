package config

import (
	"context"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"ddmon/internal/diag"
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
	// Tests says to read the *.test.hcl as well, which stand beside the other files.
	Tests bool
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
	// Tests are those of the test files, in the order of the files and of what is written in them; a test with
	// for_each is there once for each key. Without Options.Tests there are none.
	Tests []Test
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
func Load(o Options) (*Stack, hcl.Diagnostics) {
	l := newLoader(o, map[string]*hcl.File{}, limit.NewMeter(o.Context))
	// The folder is opened once, and all of its files are read through it: nothing, not even a link, leads out of it.
	folder, err := root.Open(o.Dir)
	if err != nil {
		l.error("unreadable_directory", "Directory cannot be read", "The stack's folder cannot be opened: "+
			err.Error()+". Run ddmon in the folder that holds your *.hcl files, or name it with -C DIR.", hcl.Range{})
		return l.stack, l.diags
	}
	defer func() { _ = folder.Close() }() // it was only read
	l.root = folder

	sources := l.readSources()
	l.declareAll(folder, sources.config)
	l.readVariables(sources.variables)
	l.evaluate()
	l.evaluateMetrics()
	l.evaluateTests(sources.tests)
	merge(l.stack.Derived, l.derived())
	l.dropFollowUps()
	diag.Sort(l.diags)
	return l.stack, l.diags
}

// evaluate makes the stack's objects, once the variables have their values.
func (l *loader) evaluate() {
	l.evaluateStack()
	for _, name := range object.SortedKeys(l.locals) {
		l.local(name, hcl.Range{})
	}
	blocks := l.sortedBlocks()
	for _, b := range blocks {
		l.instancesOf(b, b.source.DefRange())
	}
	for _, b := range blocks {
		l.stack.Objects = append(l.stack.Objects, l.evaluateBlock(b)...)
	}
	slices.SortFunc(l.stack.Objects, func(a, b *object.Object) int { return a.Address.Compare(b.Address) })
	l.reportCycles()
}

// loader is one evaluation of the stack: that of Load or, with other values of variables, of a test.
type loader struct {
	options   Options
	root      *root.Root
	config    []*hclsyntax.Body
	given     map[string]cty.Value // the variables' values that are not defaults
	stack     *Stack
	stackDecl *hclsyntax.Block
	metrics   map[string]*hclsyntax.Block
	outside   map[string]*hcl.File // the files of variables that do not belong to the stack: no line of them is shown
	diags     hcl.Diagnostics
	variables map[string]*variable
	locals    map[string]*local
	blocks    map[blockName]*block
	refs      *references
	functions map[string]function.Function
	meter     *limit.Meter // shared by all evaluations of the stack
	limited   bool         // the limit that ended evaluation is reported
	broken    bool         // a file has a syntax error, so what it declares may be missing
	// resolving is the chain of locals and for_each being evaluated, to name a cycle in full.
	resolving []step
	variants  []variant
	learned   learned
}

func newLoader(o Options, files map[string]*hcl.File, meter *limit.Meter) *loader {
	l := &loader{
		options:   o,
		meter:     meter,
		stack:     &Stack{Files: files, Sensitive: map[string][]string{}, Derived: map[string][]string{}},
		outside:   map[string]*hcl.File{},
		metrics:   map[string]*hclsyntax.Block{},
		variables: map[string]*variable{},
		locals:    map[string]*local{},
		blocks:    map[blockName]*block{},
		refs:      newReferences(),
		learned:   learned{from: map[string]string{}},
	}
	l.refs.learn = l.learn
	return l
}

func (l *loader) error(code, summary, detail string, at hcl.Range) {
	l.add(diag.Error(code, summary, detail, at))
}

func (l *loader) warn(code, summary, detail string, at hcl.Range) {
	l.add(diag.Warning(code, summary, detail, at))
}

// dropFollowUps drops what may only follow from part of a file being unreadable.
func (l *loader) dropFollowUps() {
	if !l.broken {
		return
	}
	l.diags = slices.DeleteFunc(l.diags, func(d *hcl.Diagnostic) bool {
		switch diag.Code(d) {
		case "missing_field", "missing_variable", "undeclared_variable", "unknown_name", "no_stack":
			return true
		}
		return false
	})
}

// report takes over diagnostics of the HCL library. The expression and its context are dropped: they hold values,
// some of them secret, and every file in memory.
func (l *loader) report(diags hcl.Diagnostics) {
	for _, d := range diags {
		d.Expression, d.EvalContext = nil, nil
		l.add(d)
	}
}

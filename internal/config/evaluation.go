package config

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/guidefile"
	"ddmon/internal/kind"
	"ddmon/internal/lang"
	"ddmon/internal/object"
	"ddmon/internal/root"
)

// Evaluation is one evaluation of the stack: by Load or, for a test, with other values of some variables.
type Evaluation struct {
	Stack *Stack
	Scope *lang.Scope

	folder    *root.Root
	files     []*hclsyntax.Body
	stack     *stackBlock
	variables *variables
	locals    *lang.Locals
	metrics   *metricBlocks
	objects   *objectBlocks
	guides    *guidefile.Guides
}

// newEvaluation registers the blocks of the files without evaluating them.
func newEvaluation(report *lang.Reporter, folder *root.Root, files []*hclsyntax.Body, read map[string]*hcl.File) *Evaluation {
	scope := lang.NewSession(report).NewScope(folder)
	e := &Evaluation{Stack: newStack(read), Scope: scope, folder: folder, files: files}
	e.stack = &stackBlock{scope: scope}
	e.variables = newVariables(scope, e.Stack.Sensitive)
	e.locals = lang.NewLocals(scope)
	e.metrics = &metricBlocks{scope, map[string]*hclsyntax.Block{}}
	e.objects = newObjectBlocks(scope)
	e.guides = guidefile.New(scope, e)
	scope.Define("var", e.variables.root())
	scope.Define("local", e.locals.Root())
	scope.Define("path", pathRoot(report))
	scope.Define(guidefile.BlockType, e.guides.Root())
	for _, name := range kind.Names() {
		scope.Define(name, e.objects.root(name))
	}
	scope.Advise(terraformReferences())
	for _, f := range files {
		e.declare(f)
	}
	return e
}

// evaluate evaluates the stack's objects. The variables must have their values.
func (e *Evaluation) evaluate() {
	e.stack.evaluate(e.Stack, len(e.files) > 0)
	e.locals.EvaluateAll()
	blocks := e.objects.sorted()
	for _, b := range blocks {
		e.objects.instances(b, b.source.DefRange())
	}
	for _, b := range blocks {
		e.Stack.Objects = append(e.Stack.Objects, evaluateBlock(e.Scope, b, e.Stack.Tags)...)
	}
	slices.SortFunc(e.Stack.Objects, func(a, b *object.Object) int { return a.Address.Compare(b.Address) })
	e.Stack.Guides = e.guides.Evaluate()
	if e.Scope.Refs.Any() {
		reportCycles(e.Stack.Objects, e.Scope.Report)
	}
}

// Names returns the names of the blocks of a kind, sorted.
func (e *Evaluation) Names(kindName string) []string {
	var names []string
	for _, b := range e.objects.sorted() {
		if b.kindName == kindName {
			names = append(names, b.name)
		}
	}
	return names
}

// Instances returns the instances of a block; nil if its for_each is invalid. It is false if the block does not exist.
func (e *Evaluation) Instances(kindName, name string) (*lang.Instances, bool) {
	b := e.objects.byName[blockName{kindName, name}]
	if b == nil {
		return nil, false
	}
	return e.objects.instances(b, b.source.DefRange()), true
}

// Variable converts a value to the type of a variable; what names the value in messages. If the variable does not
// exist, it returns false and a detail that says so.
func (e *Evaluation) Variable(name string, value cty.Value, at hcl.Range, what string) (converted cty.Value, detail string, ok bool) {
	v := e.variables.byName[name]
	if v == nil {
		return cty.NilVal, e.variables.undeclared(name), false
	}
	return e.variables.converted(v, value, at, what), "", true
}

// With evaluates the stack with other values of some variables; diagnostics name who needs them. If that fails, it
// reports why and returns nil.
func (e *Evaluation) With(values map[string]cty.Value, who string) *Evaluation {
	report := e.Scope.Report
	v := newEvaluation(lang.NewReporter(report.Meter), e.folder, e.files, e.Stack.Files)
	given := maps.Clone(e.variables.given)
	maps.Copy(given, values)
	v.variables.setAll(given)
	v.evaluate()
	mergeTexts(e.Stack.Sensitive, v.Stack.Sensitive)
	mergeTexts(e.Stack.Derived, v.Scope.Secrets.Derived())
	failed := v.Scope.Report.HasErrors()
	for _, d := range v.Scope.Report.Diagnostics() {
		if !slices.ContainsFunc(report.Diagnostics(), func(known *hcl.Diagnostic) bool { return sameProblem(known, d) }) {
			d.Detail += " (With the variables set in " + who + ".)"
			report.Add(d)
		}
	}
	v.Scope.Report.Drop(func(*hcl.Diagnostic) bool { return true })
	if failed {
		return nil
	}
	return v
}

// mergeTexts adds the strings that another evaluation of the same files found.
func mergeTexts(into, from map[string][]string) {
	for name, texts := range from {
		all := append(slices.Clone(into[name]), texts...)
		slices.Sort(all)
		into[name] = slices.Compact(all)
	}
}

// sameProblem reports whether diagnostics of two evaluations of the same files describe the same problem.
func sameProblem(a, b *hcl.Diagnostic) bool {
	if (a.Subject == nil) != (b.Subject == nil) || a.Subject != nil && *a.Subject != *b.Subject {
		return false
	}
	return a.Summary == b.Summary && a.Detail == b.Detail
}

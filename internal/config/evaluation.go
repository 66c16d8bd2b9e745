package config

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/kind"
	"ddmon/internal/lang"
	"ddmon/internal/object"
	"ddmon/internal/root"
)

// Evaluation is the stack evaluated once: by Load or, for a test, with other values of some variables.
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
}

// newEvaluation declares what is in the files. Nothing is evaluated yet.
func newEvaluation(report *lang.Reporter, folder *root.Root, files []*hclsyntax.Body, read map[string]*hcl.File) *Evaluation {
	scope := lang.NewSession(report).NewScope(folder)
	e := &Evaluation{Stack: newStack(read), Scope: scope, folder: folder, files: files}
	e.stack = &stackBlock{scope: scope}
	e.variables = newVariables(scope, e.Stack.Sensitive)
	e.locals = lang.NewLocals(scope)
	e.metrics = &metricBlocks{scope, map[string]*hclsyntax.Block{}}
	e.objects = newObjectBlocks(scope)
	scope.Define("var", e.variables.root())
	scope.Define("local", e.locals.Root())
	for _, name := range kind.Names() {
		scope.Define(name, e.objects.root(name))
	}
	scope.Instead(otherLanguages)
	for _, f := range files {
		e.declare(f)
	}
	return e
}

// otherLanguages says what to write instead of names that other languages of this family have.
var otherLanguages = map[string]string{
	"each":      "each exists only in a block with for_each. Add for_each, or write the value itself.",
	"count":     "There is no count. Use for_each with a map or a set of keys, and each.key.",
	"self":      "There is no self. Put what is used twice into locals.",
	"path":      "There is no path. file() and templatefile() start at the stack's folder already.",
	"data":      "There are no data sources. Write the value, or pass it in as a variable.",
	"module":    "This version of ddmon does not support modules yet.",
	"terraform": "There is no terraform. Pass what depends on the environment in as a variable.",
}

// evaluate makes the stack's objects, once the variables have their values.
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

// Instances returns the instances of a block; nil if its for_each is wrong. It is false if there is no such block.
func (e *Evaluation) Instances(kindName, name string) (*lang.Instances, bool) {
	b := e.objects.byName[blockName{kindName, name}]
	if b == nil {
		return nil, false
	}
	return e.objects.instances(b, b.source.DefRange()), true
}

// Variable brings a value into the type of a variable; what names the value in a message. It is false if there is no
// such variable, which detail says.
func (e *Evaluation) Variable(name string, value cty.Value, at hcl.Range, what string) (converted cty.Value, detail string, ok bool) {
	v := e.variables.byName[name]
	if v == nil {
		return cty.NilVal, e.variables.undeclared(name), false
	}
	return e.variables.converted(v, value, at, what), "", true
}

// With evaluates the stack with other values of some variables; who wants them is part of what is reported. It is nil,
// with the reasons reported, if that has errors.
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
			d.Detail += " (With the variables of " + who + ".)"
			report.Add(d)
		}
	}
	v.Scope.Report.Drop(func(*hcl.Diagnostic) bool { return true })
	if failed {
		return nil
	}
	return v
}

// mergeTexts takes over what another evaluation of the same files found.
func mergeTexts(into, from map[string][]string) {
	for name, texts := range from {
		all := append(slices.Clone(into[name]), texts...)
		slices.Sort(all)
		into[name] = slices.Compact(all)
	}
}

// sameProblem reports whether two diagnostics, of two evaluations of the same files, are about the same.
func sameProblem(a, b *hcl.Diagnostic) bool {
	if (a.Subject == nil) != (b.Subject == nil) || a.Subject != nil && *a.Subject != *b.Subject {
		return false
	}
	return a.Summary == b.Summary && a.Detail == b.Detail
}

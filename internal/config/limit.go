package config

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/diag"
	"ddmon/internal/limit"
)

// codeLimit is the code of every limit that is passed.
const codeLimit = "limit"

// maxProblems bounds what is reported of one stack. Nobody corrects a thousand problems before looking again.
const maxProblems = 1000

// What evaluation keeps of an object, of a block that a dynamic block makes and of a value that differs between objects,
// besides the texts and lists in it.
const (
	objectBytes = 2048
	blockBytes  = 512
	valueBytes  = 64
)

// checkedBytes is how much of a text a step checks.
const checkedBytes = 64

// problemSteps is what a problem costs that is found in an object.
const problemSteps = 100

// add takes up a diagnostic.
func (l *loader) add(d *hcl.Diagnostic) {
	switch {
	case len(l.diags) < maxProblems:
		l.diags = append(l.diags, d)
	case len(l.diags) == maxProblems:
		l.diags = append(l.diags, diag.Error(codeLimit, "Too many problems", "There are more than a thousand problems; the rest is not shown. Correct these first.", hcl.Range{}))
		l.limited = true
		l.meter.End()
	}
}

// passed reports a limit that was passed. The one that ended evaluation is reported once.
func (l *loader) passed(f *limit.Fault) {
	if f == l.meter.Fault() {
		if l.limited {
			return
		}
		l.limited = true
	}
	l.add(limitError(f))
}

func limitError(f *limit.Fault) *hcl.Diagnostic {
	var at hcl.Range
	if f.Range != nil {
		at = *f.Range
	}
	return diag.Error(codeLimit, f.Summary, f.Detail, at)
}

// spend counts what is made and done besides the values of expressions; false if that is too much.
func (l *loader) spend(steps, bytes int, at hcl.Range) bool {
	f := l.meter.Spend(steps, bytes)
	if f != nil {
		l.passed(f.Place(at))
	}
	return f == nil
}

// constant evaluates an expression without variables and functions. It is false, with the reason reported, if that fails.
func (l *loader) constant(e hcl.Expression) (cty.Value, bool) {
	value, diags, fault := evaluate(l.meter, e)
	l.report(diags)
	if fault != nil {
		l.passed(fault)
	}
	return value, fault == nil && !diags.HasErrors()
}

// evaluate evaluates an expression without variables and functions, of HCL or of JSON.
func evaluate(m *limit.Meter, e hcl.Expression) (cty.Value, hcl.Diagnostics, *limit.Fault) {
	if native, ok := e.(hclsyntax.Expression); ok {
		return m.Value(native, nil)
	}
	value, diags := e.Value(nil)
	if fault := m.Judge(value); fault != nil {
		at := e.Range()
		fault.Range = &at
		return cty.DynamicVal, nil, fault
	}
	return value, diags, nil
}

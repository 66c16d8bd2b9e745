package lang

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/limit"
)

// CodeLimit is the code of every limit that is passed.
const CodeLimit = "limit"

// maxProblems bounds what is reported of one evaluation. A reader corrects a few and looks again.
const maxProblems = 1000

// Reporter collects the diagnostics of one evaluation, and counts its work. Too many problems end it.
type Reporter struct {
	// Meter may be shared: it counts the work of several evaluations.
	Meter   *limit.Meter
	diags   hcl.Diagnostics
	limited bool // the limit that ended evaluation is reported
}

// NewReporter returns a reporter without diagnostics.
func NewReporter(m *limit.Meter) *Reporter { return &Reporter{Meter: m} }

// Error reports an error.
func (r *Reporter) Error(code, summary, detail string, at hcl.Range) {
	r.Add(diag.Error(code, summary, detail, at))
}

// Warn reports a warning.
func (r *Reporter) Warn(code, summary, detail string, at hcl.Range) {
	r.Add(diag.Warning(code, summary, detail, at))
}

// Add reports a diagnostic. The first one too many ends the evaluation.
func (r *Reporter) Add(d *hcl.Diagnostic) {
	switch {
	case len(r.diags) < maxProblems:
		r.diags = append(r.diags, d)
	case len(r.diags) == maxProblems:
		r.diags = append(r.diags, diag.Error(CodeLimit, "Too many problems", "There are more than a thousand problems; the rest is not shown. Correct these first.", hcl.Range{}))
		r.limited = true
		r.Meter.End()
	}
}

// AddHCL reports diagnostics of the HCL library. The expression and its context are dropped: they hold values,
// some of them secret, and every file in memory.
func (r *Reporter) AddHCL(diags hcl.Diagnostics) {
	for _, d := range diags {
		d.Expression, d.EvalContext = nil, nil
		r.Add(d)
	}
}

// Limit reports a limit that was passed. The one that ended evaluation is reported once.
func (r *Reporter) Limit(f *limit.Fault) {
	if f == r.Meter.Fault() {
		if r.limited {
			return
		}
		r.limited = true
	}
	r.Add(LimitError(f))
}

// LimitError makes a diagnostic of a limit that was passed.
func LimitError(f *limit.Fault) *hcl.Diagnostic {
	var at hcl.Range
	if f.Range != nil {
		at = *f.Range
	}
	return diag.Error(CodeLimit, f.Summary, f.Detail, at)
}

// Spend counts work other than evaluating expressions. It is false, and the limit reported, if that is too much.
func (r *Reporter) Spend(steps, bytes int, at hcl.Range) bool {
	f := r.Meter.Spend(steps, bytes)
	if f != nil {
		r.Limit(f.Place(at))
	}
	return f == nil
}

// Diagnostics returns all that was reported so far, in that order.
func (r *Reporter) Diagnostics() hcl.Diagnostics { return r.diags }

// Len returns how many diagnostics there are, for Since.
func (r *Reporter) Len() int { return len(r.diags) }

// Since returns the diagnostics after the first n.
func (r *Reporter) Since(n int) hcl.Diagnostics { return r.diags[n:] }

// HasErrors reports whether there is an error.
func (r *Reporter) HasErrors() bool { return r.diags.HasErrors() }

// HasErrorsSince reports whether there is an error after the first n diagnostics.
func (r *Reporter) HasErrorsSince(n int) bool { return r.diags[n:].HasErrors() }

// Drop removes the diagnostics that drop reports true for.
func (r *Reporter) Drop(drop func(*hcl.Diagnostic) bool) { r.diags = slices.DeleteFunc(r.diags, drop) }

// Move takes over the diagnostics of another reporter after its first n, which then no longer has them.
func (r *Reporter) Move(from *Reporter, n int) {
	r.diags = append(r.diags, from.diags[n:]...)
	from.diags = from.diags[:n]
}

// Seen are the problems that an instance of a block had, whichever it was.
type Seen map[problem]bool

type problem struct {
	at      hcl.Range
	summary string
}

// KeepNew drops those of the diagnostics after the first n that an earlier instance of the block had as well, and adds
// to the others the name of the instance. The name is empty if the block has only one.
func (r *Reporter) KeepNew(n int, name string, seen Seen) {
	kept := r.diags[:n]
	for _, d := range r.diags[n:] {
		key := problem{summary: d.Summary}
		if d.Subject != nil {
			key.at = *d.Subject
		} else {
			key.summary += d.Detail
		}
		if name != "" && seen[key] {
			continue
		}
		seen[key] = true
		if name != "" {
			d.Detail += " (First seen in " + name + ".)"
		}
		kept = append(kept, d)
	}
	r.diags = kept
}

// Position writes where something is as file:line, for use inside a sentence.
func Position(r hcl.Range) string { return fmt.Sprintf("%s:%d", r.Filename, r.Start.Line) }

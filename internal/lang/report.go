package lang

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/limit"
)

// CodeLimit is the code of every exceeded limit.
const CodeLimit = "limit"

// maxProblems limits the diagnostics of one evaluation.
const maxProblems = 1000

// Reporter collects the diagnostics of one evaluation and counts its work. Too many diagnostics end the evaluation.
type Reporter struct {
	// Meter can be shared: it counts the work of several evaluations.
	Meter   *limit.Meter
	diags   hcl.Diagnostics
	limited bool // the limit that ended the evaluation is reported
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
		r.diags = append(r.diags, diag.Error(CodeLimit, "Too many problems", "ddmon found more than 1,000 problems and does not show the rest. Fix these first.", hcl.Range{}))
		r.limited = true
		r.Meter.End()
	}
}

// AddHCL reports diagnostics of the HCL library. It drops the expression and its context: they contain values, some of
// them sensitive, and keep files in memory.
func (r *Reporter) AddHCL(diags hcl.Diagnostics) {
	for _, d := range diags {
		d.Expression, d.EvalContext = nil, nil
		if before, _, panicked := strings.Cut(d.Detail, ctyPanic); panicked {
			d.Detail = strings.TrimSpace(before) + " It does not support these values."
		}
		r.Add(d)
	}
}

// ctyPanic begins the message of an error that package cty makes of a panic in a function or an operator. What follows
// are values, which can be sensitive, and a Go stack.
const ctyPanic = "panic in function implementation"

// Limit reports an exceeded limit. The limit that ended the evaluation is reported once.
func (r *Reporter) Limit(f *limit.Error) {
	if f == r.Meter.Err() {
		if r.limited {
			return
		}
		r.limited = true
	}
	r.Add(LimitError(f))
}

// LimitError returns a diagnostic for an exceeded limit.
func LimitError(f *limit.Error) *hcl.Diagnostic {
	var at hcl.Range
	if f.Range != nil {
		at = *f.Range
	}
	return diag.Error(CodeLimit, f.Summary, f.Detail, at)
}

// Spend counts work other than evaluating expressions. If that exceeds a limit, it reports the limit and returns false.
func (r *Reporter) Spend(steps, bytes int, at hcl.Range) bool {
	f := r.Meter.Spend(steps, bytes)
	if f != nil {
		r.Limit(f.WithRange(at))
	}
	return f == nil
}

// Diagnostics returns all diagnostics in the order in which they were reported.
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

// Move moves the diagnostics of another reporter, except for its first n, to r.
func (r *Reporter) Move(from *Reporter, n int) {
	r.diags = append(r.diags, from.diags[n:]...)
	from.diags = from.diags[:n]
}

// Seen are the problems that any instance of a block had, with the diagnostic of the first one.
type Seen map[problem]*hcl.Diagnostic

type problem struct {
	at                                hcl.Range
	code, summary, detail, path, file string
}

// KeepNew drops the diagnostics after the first n that an earlier instance of the block had too, and adds the name of
// the instance to the others. The name is empty if the block has only one instance. Warnings that differ only in their
// path are counted as one.
func (r *Reporter) KeepNew(n int, name string, seen Seen) {
	kept := r.diags[:n]
	for _, d := range r.diags[n:] {
		extra, _ := d.Extra.(diag.Extra)
		key := problem{code: diag.Code(d), summary: d.Summary, detail: d.Detail}
		if d.Subject != nil {
			key.at = *d.Subject
		}
		if d.Severity == hcl.DiagError {
			key.path, key.file = extra.Path, extra.File
		}
		if before := seen[key]; name != "" && before != nil {
			addCount(before, extra.Count)
			continue
		}
		seen[key] = d
		if name != "" {
			d.Detail += " (First seen in " + name + ".)"
		}
		kept = append(kept, d)
	}
	r.diags = kept
}

// addCount adds to the number of places of a problem.
func addCount(d *hcl.Diagnostic, count int) {
	if extra, ok := d.Extra.(diag.Extra); ok && extra.Path != "" {
		extra.Count += count
		d.Extra = extra
	}
}

// Position formats a position as file:line, for use in a sentence.
func Position(r hcl.Range) string { return fmt.Sprintf("%s:%d", r.Filename, r.Start.Line) }

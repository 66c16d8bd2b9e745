package diag

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
)

// Apply splits diagnostics into kept and ignored ones. A snooze comment applies through its last day; only the date of
// today matters, in its own time zone. After that, its findings are kept, with a note. For each comment with unused
// codes, except for ended snooze comments, a warning "unused_ignore" follows the kept diagnostics. The given
// diagnostics do not change.
func (w *Ignores) Apply(diags hcl.Diagnostics, today time.Time) (kept, ignored hcl.Diagnostics) {
	if w == nil {
		return diags, nil
	}
	kept, ignored, used := w.split(diags, today)
	return append(kept, w.unused(used, today.Format(time.DateOnly))...), ignored
}

// Kept returns the diagnostics that Apply keeps, without warnings of unused comments.
func (w *Ignores) Kept(diags hcl.Diagnostics, today time.Time) hcl.Diagnostics {
	if w == nil {
		return diags
	}
	kept, _, _ := w.split(diags, today)
	return kept
}

// split splits diagnostics into kept and ignored ones. used has the codes that each comment suppressed.
func (w *Ignores) split(diags hcl.Diagnostics, today time.Time) (kept, ignored hcl.Diagnostics, used []map[string]bool) {
	date := today.Format(time.DateOnly)
	used = make([]map[string]bool, len(w.list))
	for _, d := range diags {
		matched := false
		var notes []string
		for i, v := range w.list {
			switch {
			case !v.matches(d):
			case v.ended(date):
				notes = append(notes, fmt.Sprintf("The snooze comment at %s:%d ended on %s.", v.at.Filename, v.at.Start.Line, v.until))
			default:
				matched = true
				if used[i] == nil {
					used[i] = map[string]bool{}
				}
				used[i][Code(d)] = true
			}
		}
		if matched {
			ignored = append(ignored, d)
			continue
		}
		kept = append(kept, withNotes(d, notes))
	}
	return kept, ignored, used
}

// matches reports whether the comment applies to a diagnostic. It never applies to one without a position.
func (v ignore) matches(d *hcl.Diagnostic) bool {
	return d.Subject != nil && d.Subject.Filename == v.at.Filename &&
		d.Subject.Start.Line >= v.first && d.Subject.Start.Line <= v.end &&
		slices.Contains(v.codes, Code(d))
}

// ended reports whether it is a snooze comment whose last day is before date. Dates in this format sort as strings.
func (v ignore) ended(date string) bool { return v.until != "" && v.until < date }

func withNotes(d *hcl.Diagnostic, notes []string) *hcl.Diagnostic {
	if len(notes) == 0 {
		return d
	}
	out := *d
	out.Detail = strings.TrimLeft(d.Detail+" "+strings.Join(notes, " "), " ")
	return &out
}

// unused reports the codes of each comment that are not used.
func (w *Ignores) unused(used []map[string]bool, date string) hcl.Diagnostics {
	var out hcl.Diagnostics
	for i, v := range w.list {
		if v.ended(date) {
			continue
		}
		var codes []string
		for _, code := range v.codes {
			if !used[i][code] {
				codes = append(codes, code)
			}
		}
		if len(codes) == 0 {
			continue
		}
		out = append(out, Warning("unused_ignore", "Unused ignore comment", fmt.Sprintf("%s Remove %s from the comment, or "+
			"the whole comment.", v.where(), strings.Join(codes, ", ")), v.at))
	}
	return out
}

// where says which lines have no matching findings.
func (v ignore) where() string {
	switch v.first {
	case 0:
		return "The comment is neither at the end of a line of code nor above one, so it has no effect."
	case v.end:
		return fmt.Sprintf("Line %d has no such finding.", v.first)
	default:
		return fmt.Sprintf("Lines %d to %d have no such finding.", v.first, v.end)
	}
}

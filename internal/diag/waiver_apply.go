package diag

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
)

// Apply divides diagnostics into those that count and those that are waived. Of today only the date in its own zone
// matters: a snooze holds through its last day. What an ended snooze was for counts again and says so. For each
// comment with a code that nothing matched, except ended snoozes, a warning "unused_ignore" follows the kept ones.
// The diagnostics given are not changed.
func (w *Waivers) Apply(diags hcl.Diagnostics, today time.Time) (kept, waived hcl.Diagnostics) {
	if w == nil {
		return diags, nil
	}
	date := today.Format(time.DateOnly)
	used := make([]map[string]bool, len(w.list))
	for _, d := range diags {
		holds := false
		var notes []string
		for i, v := range w.list {
			switch {
			case !v.matches(d):
			case v.ended(date):
				notes = append(notes, fmt.Sprintf("The snooze at %s:%d ended on %s.", v.at.Filename, v.at.Start.Line, v.until))
			default:
				holds = true
				if used[i] == nil {
					used[i] = map[string]bool{}
				}
				used[i][Code(d)] = true
			}
		}
		if holds {
			waived = append(waived, d)
			continue
		}
		kept = append(kept, withNotes(d, notes))
	}
	return append(kept, w.unused(used, date)...), waived
}

// matches tells whether the waiver is for this diagnostic, which it is never for one without a position.
func (v waiver) matches(d *hcl.Diagnostic) bool {
	return d.Subject != nil && d.Subject.Filename == v.at.Filename &&
		d.Subject.Start.Line >= v.first && d.Subject.Start.Line <= v.end &&
		slices.Contains(v.codes, Code(d))
}

// ended tells whether it is a snooze whose last day is before date; dates in this form sort as text.
func (v waiver) ended(date string) bool { return v.until != "" && v.until < date }

func withNotes(d *hcl.Diagnostic, notes []string) *hcl.Diagnostic {
	if len(notes) == 0 {
		return d
	}
	out := *d
	out.Detail = strings.TrimLeft(d.Detail+" "+strings.Join(notes, " "), " ")
	return &out
}

// unused reports the codes of each waiver that are not among the used ones.
func (w *Waivers) unused(used []map[string]bool, date string) hcl.Diagnostics {
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
		out = append(out, Warning("unused_ignore", "Comment that waives nothing", fmt.Sprintf("%s Remove %s from the comment, or "+
			"the comment if nothing is left.", v.where(), strings.Join(codes, ", ")), v.at))
	}
	return out
}

// where says what was looked at in vain.
func (v waiver) where() string {
	switch v.first {
	case 0:
		return "It stands neither behind code nor on the line above any, so it is for nothing."
	case v.end:
		return fmt.Sprintf("Nothing of this kind was found on line %d.", v.first)
	default:
		return fmt.Sprintf("Nothing of this kind was found on lines %d to %d.", v.first, v.end)
	}
}

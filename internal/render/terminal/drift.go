package terminal

import (
	"io"
	"time"

	"ddmon/internal/plan"
	"ddmon/internal/planfile"
	"ddmon/internal/render"
	"ddmon/internal/render/change"
	"ddmon/internal/render/safe"
)

// Drift writes a drift report.
func Drift(w io.Writer, shown planfile.RedactedDrift, s safe.Style, now time.Time) error {
	out, r := newOutput(w, s), shown.Report()
	for i := range r.Drifted {
		out.drifted(&r.Drifted[i], now)
	}
	if len(r.Drifted) == 0 {
		out.Printf("%s Datadog matches stack %s.\n", out.Paint(safe.BoldGreen, "No drift."), safe.Quote(r.Stack))
	} else {
		out.Printf("%s Run `ddmon plan` to see what apply would change.\n", out.Paint(safe.Bold, differing(r)+": "+safe.Line(render.DriftCounts(r))+"."))
	}
	if len(r.Silenced) > 0 {
		out.Printf("\n%s\n", out.Paint(safe.Bold, "Muted (not drift):"))
	}
	for i := range r.Silenced {
		m := &r.Silenced[i]
		out.Printf("%s  %s  (%s)\n", out.Paint(safe.Cyan, safe.Line(m.By).Pad(classWidth)), out.shown(safe.Bold, m.Address.String()), safe.Line(m.ID))
		out.below(safe.Line(render.MutedScope(m)) + ", " + mutedUntil(m))
	}
	return out.Flush()
}

// differing counts the objects that differ.
func differing(r *plan.DriftReport) safe.Text {
	if n := len(r.Drifted); n != 1 {
		return safe.Int(n) + " objects differ"
	}
	return "1 object differs"
}

// classWidth is the width of the first column, the drift class.
const classWidth = 9

func (o output) drifted(d *plan.Drifted, now time.Time) {
	o.Printf("%s  %s", o.Paint(safe.Yellow, safe.Line(string(d.Class)).Pad(classWidth)), o.shown(safe.Bold, d.Address.String()))
	var facts []safe.Text
	if d.ID != "" && d.Class != plan.DriftDuplicate {
		facts = append(facts, safe.Line(d.ID))
	}
	if at, err := time.Parse(time.RFC3339Nano, d.ModifiedAt); err == nil && d.Class == plan.DriftEdited {
		facts = append(facts, age(now.Sub(at)))
	}
	if len(facts) > 0 {
		o.Printf("  (%s)", safe.Join(facts, ", "))
	}
	o.Println()
	if len(d.Values) == 0 || d.Reason != "" {
		o.below(safe.Line(render.DriftText(d)))
	}
	for _, v := range d.Values {
		from, to := v.Configured, v.Live // as an edit in Datadog
		if d.Class == plan.DriftUnapplied {
			from, to = to, from
		}
		o.below(safe.Line(v.At) + ": " + change.Inline(from).Clip(maxDrifted) + " -> " + change.Inline(to).Clip(maxDrifted))
	}
}

// maxDrifted is the length of a value that is shown; --json has the whole value.
const maxDrifted = 200

// below writes the details of an object, aligned with its address.
func (o output) below(text safe.Text) {
	const indent safe.Text = "           "
	for _, line := range text.Wrap(o.Columns() - len(indent)) {
		o.Printf("%s%s\n", indent, line)
	}
}

// mutedUntil says when a mute or downtime ends.
func mutedUntil(m *plan.Silenced) safe.Text {
	if m.Until == 0 {
		return "indefinitely"
	}
	return "until " + safe.Time(time.Unix(m.Until, 0).UTC(), "2006-01-02 15:04") + " UTC"
}

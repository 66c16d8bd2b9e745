package terminal

import (
	"io"
	"time"

	"ddmon/internal/behaviour"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

// View is a plan and what is shown with it.
type View struct {
	Plan planfile.RedactedPlan
	// ValidatedLater are the addresses that Datadog can validate only during apply.
	ValidatedLater []object.Address
	// Effects is the behaviour of the changed monitors on recorded data; nil if unknown.
	Effects *behaviour.Report
	// Base separates the changes of the configuration from drift; the zero RedactedBase shows them together.
	Base planfile.RedactedBase
	// Now is the current time, for the ages of edits.
	Now time.Time
}

// Plan writes a plan.
func Plan(w io.Writer, v View, s safe.Style) error {
	pr := &printer{output: newOutput(w, s), now: v.Now}
	if base := v.Base.Base(); base == nil {
		pr.changes(v.Plan.Plan())
	} else {
		pr.withBase(base, v.Plan.Plan())
	}
	if len(v.ValidatedLater) > 0 {
		pr.Printf("%s: validated during apply, when the referenced ids are known.\n\n", addresses(v.ValidatedLater))
	}
	if v.Effects != nil {
		pr.behaviour(v.Effects)
	}
	pr.Println(v.lastLine(s))
	return pr.Flush()
}

// lastLine sums up the plan.
func (v *View) lastLine(s safe.Style) safe.Painted {
	p := v.Plan.Plan()
	nothing, count := s.Paint(safe.BoldGreen, "No changes."), safe.Count(len(p.Changes), "object")
	switch {
	case render.HasNoChanges(p) && v.isOffline():
		return safe.Concat(nothing, " The configurations are identical: "+count+".")
	case render.HasNoChanges(p):
		return safe.Concat(nothing, " Datadog matches the configuration: "+count+", nothing to do.")
	case v.isOffline():
		return summaryLine("Difference:", p, s)
	}
	return summaryLine("Plan:", p, s)
}

// isOffline reports whether the plan compares two configurations, without Datadog.
func (v *View) isOffline() bool { return v.Base.Base() != nil && v.Base.Base().Offline }

// summaryLine counts the changes: "Plan: 1 to add, 0 to change, 0 to destroy."
func summaryLine(title safe.Text, p *plan.Plan, s safe.Style) safe.Painted {
	sum := p.Summary()
	counts := safe.Sprintf(" %s to add, %s to change, %s to destroy.", safe.Int(sum.Add), safe.Int(sum.Change), safe.Int(sum.Destroy))
	line := safe.Concat(s.Paint(safe.Bold, title), counts)
	if sum.Blocked > 0 {
		line = safe.Concat(line, s.Paint(safe.Red, " "+safe.Count(sum.Blocked, "object")+" blocked, see the errors."))
	}
	return line
}

// addresses lists the first few addresses, and counts the rest.
func addresses(list []object.Address) safe.Text {
	const named = 5
	names := make([]safe.Text, 0, named+1)
	for i, a := range list {
		if i == named {
			names = append(names, "and "+safe.Int(len(list)-named)+" more")
			break
		}
		names = append(names, safe.Line(a.String()))
	}
	return safe.Join(names, ", ")
}

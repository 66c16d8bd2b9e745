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

// View is a plan and what else is shown with it.
type View struct {
	Plan planfile.ShownPlan
	// Later are the addresses that Datadog can validate only during apply.
	Later []object.Address
	// Effects are what the plan would have meant in recorded time; nil if that is not known.
	Effects *behaviour.Report
	// Base separates the changes of the configuration from those of the live objects; the zero ShownBase shows both as one.
	Base planfile.ShownBase
	// Now is the time that ages are counted to.
	Now time.Time
}

// Plan writes a plan for a person.
func Plan(w io.Writer, v View, s safe.Style) error {
	pr := &printer{output: newOutput(w, s), now: v.Now}
	if base := v.Base.Base(); base == nil {
		pr.changes(v.Plan.Plan())
	} else {
		pr.sides(base, v.Plan.Plan())
	}
	if len(v.Later) > 0 {
		pr.Printf("%s: validated during apply, once the ids in it are known.\n\n", addresses(v.Later))
	}
	if v.Effects != nil {
		pr.behaviour(v.Effects)
	}
	pr.Println(v.lastLine(s))
	return pr.Flush()
}

// lastLine says in a line what the plan is.
func (v *View) lastLine(s safe.Style) safe.Painted {
	p := v.Plan.Plan()
	nothing, count := s.Paint(safe.BoldGreen, "No changes."), safe.Count(len(p.Changes), "object")
	switch {
	case render.IsSame(p) && v.isOffline():
		return safe.Concat(nothing, " The two configurations are the same: "+count+".")
	case render.IsSame(p):
		return safe.Concat(nothing, " Datadog matches the configuration: "+count+", nothing to do.")
	case v.isOffline():
		return summaryLine("Difference:", p, s)
	}
	return summaryLine("Plan:", p, s)
}

// isOffline reports whether the plan leads from one configuration to another, and not from Datadog to one.
func (v *View) isOffline() bool { return v.Base.Base() != nil && v.Base.Base().Offline }

// summaryLine is the last line of a plan: Plan: 1 to add, 0 to change, 0 to destroy.
func summaryLine(title safe.Text, p *plan.Plan, s safe.Style) safe.Painted {
	sum := p.Summary()
	counts := safe.Sprintf(" %s to add, %s to change, %s to destroy.", safe.Int(sum.Add), safe.Int(sum.Change), safe.Int(sum.Destroy))
	line := safe.Concat(s.Paint(safe.Bold, title), counts)
	if sum.Blocked > 0 {
		line = safe.Concat(line, s.Paint(safe.Red, " "+safe.Count(sum.Blocked, "object")+" blocked, see the errors."))
	}
	return line
}

// addresses lists addresses, the first few by name.
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

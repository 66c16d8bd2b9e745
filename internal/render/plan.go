package render

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"ddmon/internal/behaviour"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// View is a plan and what else is told of it.
type View struct {
	Plan *plan.Plan
	// Later are the addresses that Datadog can validate only during apply.
	Later []object.Address
	// Effects are what the plan would have meant in recorded time; nil if that is not known.
	Effects *behaviour.Report
	// Base tells the changes of the configuration from those of the live objects; nil to show both as one.
	Base *plan.Base
	// Now is the time that ages are told by.
	Now time.Time
}

// Plan writes a plan for a person.
func Plan(w io.Writer, v View, s Style) error {
	v.Plan, v.Base = shown(v.Plan), shownBase(v.Base)
	out := bufio.NewWriter(w)
	pr := &printer{out: out, style: s, now: v.Now}
	if v.Base == nil {
		pr.changes(v.Plan)
	} else {
		pr.sides(v.Base, v.Plan)
	}
	if len(v.Later) > 0 {
		fmt.Fprintf(out, "%s: validated during apply, once the ids in it are known.\n\n", addresses(v.Later))
	}
	if v.Effects != nil {
		if err := Behaviour(out, v.Effects, s); err != nil {
			return err
		}
	}
	fmt.Fprintln(out, v.lastLine(s))
	return out.Flush()
}

// lastLine says in a line what the plan is.
func (v *View) lastLine(s Style) string {
	nothing, count := s.paint(bold+";"+green, "No changes."), Count(len(v.Plan.Changes), "object")
	switch {
	case isSame(v.Plan) && v.isOffline():
		return nothing + " The two configurations are the same: " + count + "."
	case isSame(v.Plan):
		return nothing + " Datadog matches the configuration: " + count + ", nothing to do."
	case v.isOffline():
		return summaryLine("Difference:", v.Plan, s)
	}
	return SummaryLine(v.Plan, s)
}

// isOffline reports whether the plan leads from one configuration to another, and not from Datadog to one.
func (v *View) isOffline() bool { return v.Base != nil && v.Base.Offline }

// isSame reports whether a plan has nothing to show but notes.
func isSame(p *plan.Plan) bool { return p.Empty() && p.Summary().Blocked == 0 }

// SummaryLine is the last line of a plan: Plan: 1 to add, 0 to change, 0 to destroy.
func SummaryLine(p *plan.Plan, s Style) string { return summaryLine("Plan:", p, s) }

func summaryLine(title string, p *plan.Plan, s Style) string {
	sum := p.Summary()
	line := fmt.Sprintf("%s %d to add, %d to change, %d to destroy.", s.paint(bold, title), sum.Add, sum.Change, sum.Destroy)
	if sum.Blocked > 0 {
		line += s.paint(red, " "+Count(sum.Blocked, "object")+" blocked, see the errors.")
	}
	return line
}

// addresses lists addresses, the first few by name.
func addresses(list []object.Address) string {
	const named = 5
	names := make([]string, 0, named+1)
	for i, a := range list {
		if i == named {
			names = append(names, "and "+strconv.Itoa(len(list)-named)+" more")
			break
		}
		names = append(names, Clean(a.String()))
	}
	return strings.Join(names, ", ")
}

// Count writes a number of things: 1 object, 2 objects.
func Count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return strconv.Itoa(n) + " " + thing
}

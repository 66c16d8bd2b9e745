package expect

import (
	"fmt"
	"time"

	"ddmon/internal/replay"
)

// checkRecovery checks that all groups are OK or gone at the deadline.
func (a *assertion) checkRecovery() {
	if a.RecoversWithin == nil {
		return
	}
	from, _ := a.phase(a.RecoveredAfter) // timeErrors has checked it
	deadline := from.Add(*a.RecoversWithin)
	expected := fmt.Sprintf("recovers within %s of %s (by %s)", Brief(*a.RecoversWithin), a.RecoveredAfter, a.show(deadline))
	var wrong []groupHistory
	hadProblem := false
	for _, g := range a.groups {
		hadProblem = hadProblem || g.notOKBy(deadline)
		if !g.certain(deadline, isOK) {
			wrong = append(wrong, g)
		}
	}
	switch {
	case len(wrong) > 0:
		actual, margins := a.lateRecovery(wrong[0], from, deadline)
		a.fail("recovers_within", wrong[:1], expected, actual+otherGroups(len(wrong)-1), margins...)
	case !hadProblem && !a.All && len(a.Monitors) == 1:
		a.fail("recovers_within", nil, expected, "nothing to recover from by then"+a.soleHistory())
	default:
		a.passRecovery(from, deadline, expected)
	}
}

// passRecovery adds a recovery in time, described by the last group that recovers.
func (a *assertion) passRecovery(from, deadline time.Time, expected string) {
	var last replay.Transition
	var by []groupHistory
	for _, g := range a.groups {
		for _, t := range g.all() {
			if isOK(t.To) && !isOK(t.From) && !t.Earliest.After(deadline) && (by == nil || t.Latest.After(last.Latest)) {
				last, by = t, []groupHistory{g}
			}
		}
	}
	if by == nil {
		a.pass("recovers_within", nil, expected, "nothing to recover from")
		return
	}
	actual := a.describeTransition(last) + ", "
	switch {
	case !last.Latest.After(from):
		actual += "before " + a.RecoveredAfter
	case last.Earliest.Before(from):
		actual += "up to " + Brief(last.Latest.Sub(from)) + " after " + a.RecoveredAfter
	default:
		actual += after(from, last.Earliest, last.Latest, a.RecoveredAfter)
	}
	left := min(deadline.Sub(last.Latest), *a.RecoversWithin)
	a.pass("recovers_within", by, expected, actual, Margin{"recovers_within", left, *a.RecoversWithin})
}

func (a *assertion) soleHistory() string {
	if len(a.groups) == 1 {
		return ": " + a.describeHistory(a.groups[0])
	}
	return ""
}

// notOKBy reports whether the group had a status other than OK up to a time.
func (h groupHistory) notOKBy(at time.Time) bool {
	if !isOK(h.Initial) {
		return true
	}
	for _, t := range h.all() {
		if !isOK(t.To) && !t.Earliest.After(at) {
			return true
		}
	}
	return false
}

// lateRecovery describes when a group that is not OK at the deadline recovers.
func (a *assertion) lateRecovery(g groupHistory, from, deadline time.Time) (string, []Margin) {
	if deadline.After(a.end()) {
		return fmt.Sprintf("still %s at the end of the recording (%s): %s", g.status(a.end()), a.show(a.end()), a.describeHistory(g)), nil
	}
	for _, t := range g.all() {
		if t.To == replay.OK && t.Latest.After(deadline) {
			actual := fmt.Sprintf("OK only at %s, ", a.span(t.Earliest, t.Latest)) + after(from, t.Earliest, t.Latest, a.RecoveredAfter)
			return actual, []Margin{{"recovers_within", deadline.Sub(t.Latest), *a.RecoversWithin}}
		}
	}
	return fmt.Sprintf("still not OK at the end of the recording (%s): %s", a.show(a.end()), a.describeHistory(g)), nil
}

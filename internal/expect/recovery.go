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
	from, err := a.phase(a.RecoveredAfter)
	if err != nil {
		a.fail(a.writtenAttribute("recovered_after", "recovers_within"), nil, fmt.Sprintf("phase %q", a.RecoveredAfter), err.Error())
		return
	}
	deadline := from.Add(*a.RecoversWithin)
	expected := fmt.Sprintf("recovers within %s of %s (by %s)", brief(*a.RecoversWithin), a.RecoveredAfter, a.show(deadline))
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
		a.fail("recovers_within", wrong[:1], expected, a.recovery(wrong[0], from, deadline)+otherGroups(len(wrong)-1))
	case !hadProblem && !a.All && len(a.Monitors) == 1:
		a.fail("recovers_within", nil, expected, "nothing to recover from by then"+a.soleHistory())
	}
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

// recovery describes when a group that is not OK at the deadline recovers.
func (a *assertion) recovery(g groupHistory, from, deadline time.Time) string {
	if deadline.After(a.end()) {
		return fmt.Sprintf("still %s at the end of the recording (%s): %s", g.status(a.end()), a.show(a.end()), a.describeHistory(g))
	}
	for _, t := range g.all() {
		if t.To == replay.OK && t.Latest.After(deadline) {
			text := fmt.Sprintf("OK only at %s, ", a.span(t.Earliest, t.Latest))
			if least, most := brief(t.Earliest.Sub(from)), brief(t.Latest.Sub(from)); least != most {
				text += least + " to "
			}
			return text + brief(t.Latest.Sub(from)) + " after " + a.RecoveredAfter
		}
	}
	return fmt.Sprintf("still not OK at the end of the recording (%s): %s", a.show(a.end()), a.describeHistory(g))
}

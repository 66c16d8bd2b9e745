package expect

import (
	"fmt"
	"time"

	"ddmon/internal/replay"
)

// recovered asks that all groups are OK, or gone, when the time for it is over.
func (j *judge) recovered() {
	if j.RecoversWithin == nil {
		return
	}
	from, err := j.phase(j.RecoveredAfter)
	if err != nil {
		j.fail(j.written("recovered_after", "recovers_within"), nil, fmt.Sprintf("a phase %q", j.RecoveredAfter), err.Error())
		return
	}
	deadline := from.Add(*j.RecoversWithin)
	expected := fmt.Sprintf("OK again within %s of %s (until %s)", brief(*j.RecoversWithin), j.RecoveredAfter, j.show(deadline))
	var wrong []course
	disturbed := false
	for _, g := range j.groups {
		disturbed = disturbed || g.disturbedBy(deadline)
		if !g.certain(deadline, calm) {
			wrong = append(wrong, g)
		}
	}
	switch {
	case len(wrong) > 0:
		j.fail("recovers_within", wrong[:1], expected, j.recovery(wrong[0], from, deadline)+others(len(wrong)-1))
	case !disturbed && !j.All && len(j.Monitors) == 1:
		j.fail("recovers_within", nil, expected, "there is nothing to recover from until then"+j.quietly())
	}
}

func (j *judge) quietly() string {
	if len(j.groups) == 1 {
		return ": " + j.story(j.groups[0])
	}
	return ""
}

// disturbedBy reports whether the group was anything but OK up to a moment.
func (c course) disturbedBy(at time.Time) bool {
	if !calm(c.Initial) {
		return true
	}
	for _, t := range c.all() {
		if !calm(t.To) && !t.Earliest.After(at) {
			return true
		}
	}
	return false
}

// recovery tells when a group that is not OK at the deadline is.
func (j *judge) recovery(g course, from, deadline time.Time) string {
	if deadline.After(j.end()) {
		return fmt.Sprintf("still %s when the recording ends at %s: %s", g.status(j.end()), j.show(j.end()), j.story(g))
	}
	for _, t := range g.all() {
		if t.To == replay.OK && t.Latest.After(deadline) {
			text := fmt.Sprintf("OK only at %s, ", j.span(t.Earliest, t.Latest))
			if least, most := brief(t.Earliest.Sub(from)), brief(t.Latest.Sub(from)); least != most {
				text += least + " to "
			}
			return text + brief(t.Latest.Sub(from)) + " after " + j.RecoveredAfter
		}
	}
	return fmt.Sprintf("not OK until the recording ends at %s: %s", j.show(j.end()), j.story(g))
}

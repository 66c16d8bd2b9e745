package expect

import (
	"fmt"
	"time"

	"ddmon/internal/replay"
	"ddmon/internal/testfile"
)

// statusOf converts a status of the configuration.
func statusOf(name string) replay.Status {
	switch name {
	case testfile.StatusAlert:
		return replay.Alert
	case testfile.StatusWarn:
		return replay.Warn
	case testfile.StatusNoData:
		return replay.NoData
	}
	return replay.OK
}

// checkReached checks the first time at which the status is reached against the bounds. It returns false if it fails.
func (a *assertion) checkReached(from time.Time) bool {
	status := statusOf(a.Status)
	having := status == replay.OK || a.After == ""
	if status != replay.OK {
		return a.reachedByAny(status, from, having)
	}
	ok := true
	var last reachTime
	for _, g := range a.groups {
		r := g.firstReached(status, from, having)
		ok = a.checkWithin(r, []groupHistory{g}, from) && ok
		last.best, last.worst = latestOf(last.best, r.best), latestOf(last.worst, r.worst)
	}
	if len(a.groups) == 0 {
		a.fail("status", nil, a.expectedStatus(from), "never: no group appears in the recording")
		return false
	}
	if ok {
		a.passReached(last, nil, from)
	}
	return ok
}

// reachedByAny checks the group that reaches the status first.
func (a *assertion) reachedByAny(status replay.Status, from time.Time, having bool) bool {
	var first reachTime
	var by []groupHistory
	for _, g := range a.groups {
		r := g.firstReached(status, from, having)
		if r.possible() && (by == nil || r.best.Before(first.best)) {
			by = []groupHistory{g}
		}
		first.add(r.best, r.worst)
		first.share = max(first.share, r.share)
	}
	ok := a.checkWithin(first, by, from)
	if ok {
		a.passReached(first, by, from)
	}
	return ok
}

// passReached adds a status that is reached in time.
func (a *assertion) passReached(r reachTime, by []groupHistory, from time.Time) {
	a.pass("status", by, a.expectedStatus(from), a.formatReached(r, from), a.margins(r, from)...)
}

// margins returns the distances of a reach time from the bounds.
func (a *assertion) margins(r reachTime, from time.Time) []Margin {
	var list []Margin
	if a.Within != nil {
		list = append(list, Margin{"within", from.Add(*a.Within).Sub(r.worst), *a.Within})
	}
	if a.NotBefore != nil {
		list = append(list, Margin{"not_before", r.best.Sub(from.Add(*a.NotBefore)), *a.NotBefore})
	}
	return list
}

// checkWithin checks a reach time against the bounds.
func (a *assertion) checkWithin(r reachTime, by []groupHistory, from time.Time) bool {
	late := a.Within != nil && r.worst.After(from.Add(*a.Within))
	early := a.NotBefore != nil && r.possible() && r.best.Before(from.Add(*a.NotBefore))
	switch {
	case !r.possible():
		actual, of := a.neverReached(from, by)
		a.fail("status", of, a.expectedStatus(from), actual)
	case !r.certain():
		a.fail("status", by, a.expectedStatus(from), fmt.Sprintf("%s at %s, but only %s", a.Status, a.show(r.best), someSeconds(r.share)))
	case late:
		a.fail("within", by, a.expectedStatus(from), a.formatReached(r, from), a.margins(r, from)...)
	case early:
		a.fail("not_before", by, a.expectedStatus(from), a.formatReached(r, from), a.margins(r, from)...)
	default:
		return true
	}
	return false
}

// expectedStatus describes the status with its bounds.
func (a *assertion) expectedStatus(from time.Time) string {
	switch {
	case a.Within != nil && a.NotBefore != nil:
		return fmt.Sprintf("%s between %s and %s after %s (%s to %s)", a.Status, Brief(*a.NotBefore), Brief(*a.Within), a.After,
			a.show(from.Add(*a.NotBefore)), a.show(from.Add(*a.Within)))
	case a.Within != nil:
		return fmt.Sprintf("%s within %s of %s (by %s)", a.Status, Brief(*a.Within), a.After, a.show(from.Add(*a.Within)))
	case a.NotBefore != nil:
		return fmt.Sprintf("%s not before %s after %s (%s)", a.Status, Brief(*a.NotBefore), a.After, a.show(from.Add(*a.NotBefore)))
	case a.After != "":
		return fmt.Sprintf("%s after %s (%s)", a.Status, a.After, a.show(from))
	}
	return a.Status
}

// formatReached describes when the status is reached, and how long after the phase.
func (a *assertion) formatReached(r reachTime, from time.Time) string {
	text := a.Status + " at " + a.span(r.best, r.worst)
	if a.After != "" {
		text += ", " + after(from, r.best, r.worst, a.After)
	}
	return text
}

// neverReached describes what happened instead, and to which groups; nil means all.
func (a *assertion) neverReached(from time.Time, by []groupHistory) (string, []groupHistory) {
	groups := a.groups
	if by != nil {
		groups = by
	}
	for _, g := range groups {
		if a.After != "" && g.possible(from, is(statusOf(a.Status))) {
			return fmt.Sprintf("%s since before %s: %s", a.Status, a.After, a.describeHistory(g)), []groupHistory{g}
		}
	}
	switch len(groups) {
	case 0:
		return "never: no group appears in the recording", nil
	case 1:
		return "never: " + a.describeHistory(groups[0]) + a.closest(a.Status, groups, from), groups
	}
	return fmt.Sprintf("never in any of %d groups%s", len(groups), a.closest(a.Status, groups, from)), nil
}

// checkStatusAt checks the status at a time. It returns the time, and false if the check fails.
func (a *assertion) checkStatusAt() (time.Time, bool) {
	expected := a.Status + " at " + a.At.Text
	at, _ := a.resolve(*a.At) // timeErrors has checked it
	if a.show(at) != a.At.Text {
		expected += " (" + a.show(at) + ")"
	}
	status := statusOf(a.Status)
	var wrong []groupHistory
	for _, g := range a.groups {
		switch has := !at.Before(g.Start) && g.certain(at, is(status)); {
		case has && status != replay.OK:
			a.pass("at", []groupHistory{g}, expected, a.Status+a.valueAt(g, at))
			return at, true
		case !has && (status != replay.OK || g.status(at) != replay.Gone):
			wrong = append(wrong, g)
		}
	}
	if len(wrong) == 0 && len(a.groups) > 0 {
		a.pass("at", nil, expected, a.Status+inAllOf(len(a.groups)))
		return at, true
	}
	if len(wrong) == 0 {
		a.fail("at", nil, expected, "no group appears in the recording")
		return at, false
	}
	g := a.nearest(at, wrong)
	a.fail("at", []groupHistory{g}, expected, a.actualStatus(at, g)+otherGroups(len(wrong)-1))
	return at, false
}

// nearest returns a group that can have the status at a time, or else the first one.
func (a *assertion) nearest(at time.Time, groups []groupHistory) groupHistory {
	for _, g := range groups {
		if g.possible(at, is(statusOf(a.Status))) {
			return g
		}
	}
	return groups[0]
}

// actualStatus describes the status of a group at a time for which another status is expected.
func (a *assertion) actualStatus(at time.Time, g groupHistory) string {
	status := g.status(at).String()
	switch {
	case at.Before(g.Start) && g.Initial == replay.Gone:
		return "the group first appears at " + a.show(g.Start)
	case at.Before(g.Start):
		return "the first evaluation is at " + a.show(g.Start)
	case g.possible(at, is(statusOf(a.Status))):
		return fmt.Sprintf("%s or not, depending on the second at which Datadog evaluates; full history: %s", a.Status, a.describeHistory(g))
	case g.status(at) == replay.Gone:
		status = "the group is gone"
	}
	return status + a.valueAt(g, at) + "; full history: " + a.describeHistory(g)
}

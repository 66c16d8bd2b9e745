package expect

import (
	"fmt"
	"time"

	"ddmon/internal/replay"
	"ddmon/internal/testfile"
)

// statusOf reads a status as config writes it.
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

// reached holds the first time at which the status is reached against the bounds. It returns false if it is not.
func (j *judge) reached(from time.Time) bool {
	status := statusOf(j.Status)
	having := status == replay.OK || j.After == ""
	if status != replay.OK {
		return j.reachedByAny(status, from, having)
	}
	ok := true
	for _, g := range j.groups {
		ok = j.within(g.reaches(status, from, having), []course{g}, from) && ok
	}
	if len(j.groups) == 0 {
		j.fail("status", nil, j.wanted(from), "never: no group appears in the whole run")
	}
	return ok && len(j.groups) > 0
}

// reachedByAny asks for the group that is first.
func (j *judge) reachedByAny(status replay.Status, from time.Time, having bool) bool {
	var first reach
	var by []course
	for _, g := range j.groups {
		r := g.reaches(status, from, having)
		if r.possible() && (by == nil || r.best.Before(first.best)) {
			by = []course{g}
		}
		first.add(r.best, r.worst)
		first.share = max(first.share, r.share)
	}
	return j.within(first, by, from)
}

// within holds one reach against the bounds.
func (j *judge) within(r reach, by []course, from time.Time) bool {
	late := j.Within != nil && r.worst.After(from.Add(*j.Within))
	early := j.NotBefore != nil && r.possible() && r.best.Before(from.Add(*j.NotBefore))
	switch {
	case !r.possible():
		actual, of := j.neverReached(from, by)
		j.fail("status", of, j.wanted(from), actual)
	case !r.certain():
		j.fail("status", by, j.wanted(from), fmt.Sprintf("%s at %s, but only %s", j.Status, j.show(r.best), chance(r.share)))
	case late:
		j.fail("within", by, j.wanted(from), j.when(r, from))
	case early:
		j.fail("not_before", by, j.wanted(from), j.when(r, from))
	default:
		return true
	}
	return false
}

// wanted writes the status with its bounds.
func (j *judge) wanted(from time.Time) string {
	switch {
	case j.Within != nil && j.NotBefore != nil:
		return fmt.Sprintf("%s within %s of %s, and not before %s (%s to %s)", j.Status, brief(*j.Within), j.After, brief(*j.NotBefore),
			j.show(from.Add(*j.NotBefore)), j.show(from.Add(*j.Within)))
	case j.Within != nil:
		return fmt.Sprintf("%s within %s of %s (until %s)", j.Status, brief(*j.Within), j.After, j.show(from.Add(*j.Within)))
	case j.NotBefore != nil:
		return fmt.Sprintf("%s, and not before %s after %s (%s)", j.Status, brief(*j.NotBefore), j.After, j.show(from.Add(*j.NotBefore)))
	case j.After != "":
		return fmt.Sprintf("%s after %s (%s)", j.Status, j.After, j.show(from))
	}
	return j.Status
}

// when writes a reach, and how far from the phase it is.
func (j *judge) when(r reach, from time.Time) string {
	best, worst := brief(r.best.Sub(from)), brief(r.worst.Sub(from))
	apart := best
	if best != worst {
		apart += " to " + worst
	}
	return fmt.Sprintf("%s at %s, %s after %s", j.Status, j.span(r.best, r.worst), apart, j.After)
}

// neverReached says what happened instead, and to which groups; nil if that is to all.
func (j *judge) neverReached(from time.Time, by []course) (string, []course) {
	groups := j.groups
	if by != nil {
		groups = by
	}
	for _, g := range groups {
		if j.After != "" && g.possible(from, is(statusOf(j.Status))) {
			return fmt.Sprintf("%s already before %s: %s", j.Status, j.After, j.story(g)), []course{g}
		}
	}
	switch len(groups) {
	case 0:
		return "never: no group appears in the whole run", nil
	case 1:
		return "never: " + j.story(groups[0]) + j.closest(groups, from), groups
	}
	return fmt.Sprintf("never, in none of %d groups%s", len(groups), j.closest(groups, from)), nil
}

// holds asks for the status at the moment. It returns the moment, and false if the status is another one.
func (j *judge) holds() (time.Time, bool) {
	expected := j.Status + " at " + j.At.Text
	at, err := j.moment(*j.At)
	if err != nil {
		j.fail("at", nil, expected, err.Error())
		return at, false
	}
	if j.show(at) != j.At.Text {
		expected += " (" + j.show(at) + ")"
	}
	status := statusOf(j.Status)
	var wrong []course
	for _, g := range j.groups {
		switch has := !at.Before(g.Start) && g.certain(at, is(status)); {
		case has && status != replay.OK:
			return at, true
		case !has && (status != replay.OK || g.status(at) != replay.Gone):
			wrong = append(wrong, g)
		}
	}
	if len(wrong) == 0 && len(j.groups) > 0 {
		return at, true
	}
	if len(wrong) == 0 {
		j.fail("at", nil, expected, "no group appears in the whole run")
		return at, false
	}
	g := j.nearest(at, wrong)
	j.fail("at", []course{g}, expected, j.instead(at, g)+others(len(wrong)-1))
	return at, false
}

// nearest is a group that may have the status at a moment; any if none may.
func (j *judge) nearest(at time.Time, groups []course) course {
	for _, g := range groups {
		if g.possible(at, is(statusOf(j.Status))) {
			return g
		}
	}
	return groups[0]
}

// instead says what status a group has at a moment for which another one is expected.
func (j *judge) instead(at time.Time, g course) string {
	status := g.status(at).String()
	switch {
	case at.Before(g.Start) && g.Initial == replay.Gone:
		return "the group appears only at " + j.show(g.Start)
	case at.Before(g.Start):
		return "the first evaluation is only at " + j.show(g.Start)
	case g.possible(at, is(statusOf(j.Status))):
		return fmt.Sprintf("%s or not, depending on the second at which Datadog evaluates; in the whole run: %s", j.Status, j.story(g))
	case g.status(at) == replay.Gone:
		status = "the group is gone"
	}
	return status + j.valueAt(g, at) + "; in the whole run: " + j.story(g)
}

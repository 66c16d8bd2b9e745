package expect

import (
	"slices"
	"time"

	"ddmon/internal/replay"
)

// course is what a group went through, whatever the second at which the monitor is evaluated.
type course struct{ *replay.GroupResult }

// name is the group's; that of a simple alert is "*".
func (c course) name() string { return c.Group }

// all returns the transitions that any second sees, in the order of time.
func (c course) all() []replay.Transition {
	list := slices.Concat(c.Transitions, c.Elsewhere)
	slices.SortStableFunc(list, func(a, b replay.Transition) int { return a.Earliest.Compare(b.Earliest) })
	return list
}

// appeared reports whether the group was ever known.
func (c course) appeared() bool { return c.Initial != replay.Gone || len(c.all()) > 0 }

// status is what the primary second sees at a time.
func (c course) status(at time.Time) replay.Status {
	s := c.Initial
	for _, t := range c.Transitions {
		if t.At.After(at) {
			break
		}
		s = t.To
	}
	return s
}

// rounding is how far shares may be off for having been added up.
const rounding = 1e-6

// share bounds the part of all seconds that see one of some statuses at a time: those that had it at first, and came
// to have it since, without those that left it. A transition that is seen between Earliest and Latest may have happened
// to some of them only, which makes the bounds.
func (c course) share(at time.Time, in func(replay.Status) bool) (least, most float64) {
	if in(c.Initial) {
		least, most = 1, 1
	}
	for _, t := range c.all() {
		begun, over := !t.Earliest.After(at), !t.Latest.After(at)
		switch from, to := in(t.From), in(t.To); {
		case to && !from:
			least += part(over, t.Share)
			most += part(begun, t.Share)
		case from && !to:
			least -= part(begun, t.Share)
			most -= part(over, t.Share)
		}
	}
	return max(least, 0), min(most, 1)
}

func part(counts bool, share float64) float64 {
	if counts {
		return share
	}
	return 0
}

// certain reports whether every second sees one of some statuses at a time. The primary one is asked too: of a
// composite it need not be among those that stand for all.
func (c course) certain(at time.Time, in func(replay.Status) bool) bool {
	least, _ := c.share(at, in)
	return least >= 1-rounding && in(c.status(at))
}

func (c course) possible(at time.Time, in func(replay.Status) bool) bool {
	_, most := c.share(at, in)
	return most > rounding || in(c.status(at))
}

func is(s replay.Status) func(replay.Status) bool {
	return func(other replay.Status) bool { return other == s }
}

// calm are the statuses in which nothing is wrong with a group.
func calm(s replay.Status) bool { return s == replay.OK || s == replay.Gone }

// reach is when a status is reached for the first time.
type reach struct {
	// best is the earliest moment at which any second sees it, worst the one from which all do; zero if there is none.
	best, worst time.Time
	// share is the largest part of all seconds that sees one and the same transition into the status.
	share float64
}

func (r reach) possible() bool { return !r.best.IsZero() }
func (r reach) certain() bool  { return !r.worst.IsZero() }

func (r *reach) add(best, worst time.Time) {
	r.best, r.worst = earlier(r.best, best), earlier(r.worst, worst)
}

// earlier is the earlier of two moments of which either may be none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// reaches finds when the group comes to have a status at or after a moment. If having counts, it need not come to have
// it then.
func (c course) reaches(s replay.Status, from time.Time, having bool) reach {
	var r reach
	if having && c.possible(from, is(s)) {
		r.best, r.share = from, 1
		if c.certain(from, is(s)) {
			r.worst = from
		}
	}
	for _, t := range c.all() {
		if t.To != s || t.Latest.Before(from) {
			continue
		}
		r.add(t.Earliest, time.Time{})
		r.share = max(r.share, t.Share)
		if t.Share >= 1-rounding || c.certain(t.Latest, is(s)) {
			r.add(t.Earliest, t.Latest)
		}
	}
	return r
}

package expect

import (
	"slices"
	"time"

	"ddmon/internal/replay"
)

// groupHistory is the history of a group over all seconds of evaluation.
type groupHistory struct{ *replay.GroupResult }

// name returns the name of the group; "*" for a simple alert.
func (h groupHistory) name() string { return h.Group }

// all returns the transitions seen by any second, ordered by time.
func (h groupHistory) all() []replay.Transition {
	list := slices.Concat(h.Transitions, h.Elsewhere)
	slices.SortStableFunc(list, func(a, b replay.Transition) int { return a.Earliest.Compare(b.Earliest) })
	return list
}

// appeared reports whether the group ever existed.
func (h groupHistory) appeared() bool { return h.Initial != replay.Gone || len(h.all()) > 0 }

// status returns the status at a time as seen by the primary second.
func (h groupHistory) status(at time.Time) replay.Status {
	s := h.Initial
	for _, t := range h.Transitions {
		if t.At.After(at) {
			break
		}
		s = t.To
	}
	return s
}

// rounding is the tolerance for sums of shares.
const rounding = 1e-6

// share bounds the share of seconds that see one of the statuses at a time. It starts with the initial status, adds the
// transitions into the statuses and subtracts those out of them. Between Earliest and Latest, only some of the seconds
// may have seen a transition, hence the bounds.
func (h groupHistory) share(at time.Time, in func(replay.Status) bool) (least, most float64) {
	if in(h.Initial) {
		least, most = 1, 1
	}
	for _, t := range h.all() {
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

// certain reports whether every second sees one of the statuses at a time. The primary second is checked separately,
// because for a composite it can differ from all the others.
func (h groupHistory) certain(at time.Time, in func(replay.Status) bool) bool {
	least, _ := h.share(at, in)
	return least >= 1-rounding && in(h.status(at))
}

func (h groupHistory) possible(at time.Time, in func(replay.Status) bool) bool {
	_, most := h.share(at, in)
	return most > rounding || in(h.status(at))
}

func is(s replay.Status) func(replay.Status) bool {
	return func(other replay.Status) bool { return other == s }
}

// isOK reports whether a status is healthy: OK, or the group no longer exists.
func isOK(s replay.Status) bool { return s == replay.OK || s == replay.Gone }

// reachTime is when a status is reached for the first time.
type reachTime struct {
	// best is the earliest time at which any second sees the status, worst the time from which all do; zero if no second
	// does.
	best, worst time.Time
	// share is the largest share of seconds that see the same transition into the status.
	share float64
}

func (r reachTime) possible() bool { return !r.best.IsZero() }
func (r reachTime) certain() bool  { return !r.worst.IsZero() }

func (r *reachTime) add(best, worst time.Time) {
	r.best, r.worst = earliestOf(r.best, best), earliestOf(r.worst, worst)
}

// earliestOf returns the earlier of two times. Zero times are ignored.
func earliestOf(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// latestOf returns the later of two times.
func latestOf(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// firstReached returns when the group first changes to a status at or after a time. With having, a group that already
// has the status then counts too.
func (h groupHistory) firstReached(s replay.Status, from time.Time, having bool) reachTime {
	var r reachTime
	if having && h.possible(from, is(s)) {
		r.best, r.share = from, 1
		if h.certain(from, is(s)) {
			r.worst = from
		}
	}
	for _, t := range h.all() {
		if t.To != s || t.Latest.Before(from) {
			continue
		}
		r.add(t.Earliest, time.Time{})
		r.share = max(r.share, t.Share)
		if t.Share >= 1-rounding || h.certain(t.Latest, is(s)) {
			r.add(t.Earliest, t.Latest)
		}
	}
	return r
}

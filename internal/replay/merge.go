package replay

import (
	"math"
	"slices"
	"time"

	"ddmon/internal/evaluate"
)

// phaseRun is a run at one phase. It represents all phases from early before it to late after it (milliseconds).
type phaseRun struct {
	phase       int64
	early, late int64
	share       float64
	tracks      tracks
}

// merger merges the runs of all phases.
type merger struct {
	zone *time.Location
	// near is the maximum difference in time of the same transition in two runs with different transitions, in
	// milliseconds.
	near    int64
	account *evaluate.Account
}

// transitions returns the transitions of a group in the primary run, with bounds from the other runs, and the
// transitions that are only in other runs.
func (m merger) transitions(primary *phaseRun, others []phaseRun, group int) (seen, elsewhere []Transition) {
	m.account.Keep(len(primary.tracks[group].changes), transitionBytes)
	for _, c := range primary.tracks[group].changes {
		seen = append(seen, m.transition(c, primary))
	}
	for i := range others {
		r := &others[i]
		changes := r.tracks[group].changes
		m.account.Spend(4 * len(changes))
		if sameChanges(primary.tracks[group].changes, changes) {
			for k, c := range changes {
				widen(&seen[k], m.transition(c, r))
			}
			continue
		}
		// New transitions are added after the loop: they must not match each other, and the pointers in used must stay valid.
		var added []Transition
		used := make(map[*Transition]bool)
		for _, c := range changes {
			t := m.transition(c, r)
			m.account.Spend(len(seen) + len(elsewhere))
			if known := m.find(t, used, seen, elsewhere); known != nil {
				used[known] = true
				widen(known, t)
			} else {
				m.account.Keep(1, transitionBytes)
				added = append(added, t)
			}
		}
		elsewhere = append(elsewhere, added...)
	}
	for _, list := range [][]Transition{seen, elsewhere} {
		for i := range list {
			list[i].Share = math.Round(list[i].Share*1e9) / 1e9 // the share of all phases is 1, not 0.9999
		}
	}
	for i := range elsewhere {
		elsewhere[i].At = elsewhere[i].Earliest
	}
	slices.SortStableFunc(elsewhere, func(a, b Transition) int { return a.At.Compare(b.At) })
	return seen, elsewhere
}

// find returns the nearest matching transition that is not used yet.
func (m merger) find(t Transition, used map[*Transition]bool, lists ...[]Transition) (best *Transition) {
	for _, list := range lists {
		for i := range list {
			known := &list[i]
			apart := known.At.Sub(t.At).Abs()
			if known.From == t.From && known.To == t.To && !used[known] && apart.Milliseconds() <= m.near &&
				(best == nil || apart < best.At.Sub(t.At).Abs()) {
				best = known
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

func sameChanges(a, b []statusChange) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].from != b[i].from || a[i].to != b[i].to {
			return false
		}
	}
	return true
}

func (m merger) transition(c statusChange, r *phaseRun) Transition {
	t := Transition{From: c.from, To: c.to, At: m.time(c.at), Earliest: m.time(c.at - r.early), Latest: m.time(c.at + r.late), Share: r.share}
	if !evaluate.Missing(c.value) && !math.IsInf(c.value, 0) {
		t.Value, t.HasValue = c.value, true
	}
	return t
}

func (m merger) time(at int64) time.Time { return time.UnixMilli(at).In(m.zone) }

func widen(t *Transition, with Transition) {
	if with.Earliest.Before(t.Earliest) {
		t.Earliest = with.Earliest
	}
	if with.Latest.After(t.Latest) {
		t.Latest = with.Latest
	}
	t.Share += with.Share
}

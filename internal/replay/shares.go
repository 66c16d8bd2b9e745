package replay

import (
	"math"

	"ddmon/internal/evaluate"
)

// shares judges by the percentages of checks that are critical or warn (pct_by_status). Each combination of tags is one
// check. Its last check run counts until the check is dropped.
type shares struct {
	silence
	limits  limits
	members [][]*evaluate.Samples
	of      []share
	account *evaluate.Account
}

// share is the state of one group.
type share struct {
	next        []int // for each check, the first sample not processed yet
	noDataSince int64 // 0 if there is data
}

func newShares(m *checks, quiet silence, l limits) *shares {
	return &shares{silence: quiet, limits: l, members: m.members, account: m.account}
}

func (s *shares) reset() {
	s.of = make([]share, len(s.members))
	for i, checks := range s.members {
		s.account.Keep(len(checks), 8)
		s.of[i].next = make([]int, len(checks))
	}
}

func (s *shares) next(group int, before Status, now int64) (Status, float64) {
	state := &s.of[group]
	checks, critical, warning := 0, 0, 0
	last, reported := int64(0), false
	s.account.Spend(len(state.next))
	for i, runs := range s.members[group] {
		next := state.next[i]
		for ; next < len(runs.At) && runs.At[next] < now; next++ {
			reported = true
			s.account.Spend(1)
		}
		if state.next[i] = next; next == 0 {
			continue
		}
		last = max(last, runs.At[next-1])
		if now-runs.At[next-1] > s.retention {
			continue
		}
		checks++
		switch runs.Values[next-1] {
		case 2:
			critical++
		case 1:
			warning++
		}
	}
	if last == 0 {
		return before, math.NaN()
	}
	status, value := s.judge(percent(critical, checks), percent(warning, checks))
	if reported {
		state.noDataSince = 0
		return status, value
	}
	if status = s.without(status, last, &state.noDataSince, now); status == Gone || status == NoData {
		value = math.NaN()
	}
	return status, value
}

// judge returns the status for the percentages, and the percentage that decides it.
func (s *shares) judge(critical, warning float64) (Status, float64) {
	switch {
	case s.limits.past(critical, s.limits.Critical):
		return Alert, critical
	case s.limits.past(warning, s.limits.Warning):
		return Warn, warning
	case s.limits.Critical == nil:
		return OK, warning
	}
	return OK, critical
}

func percent(some, all int) float64 { return float64(some) / float64(all) * 100 }

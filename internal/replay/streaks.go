package replay

import (
	"math"
	"slices"

	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
)

// streaks judges by the number of consecutive equal statuses (count_by_status).
type streaks struct {
	silence
	critical, warning, ok int
	// streams are the check runs of each group, merged.
	streams []*evaluate.Samples
	of      []streak
	account *evaluate.Account
}

// streak counts consecutive occurrences of a status.
type streak struct {
	next        int // the first sample not processed yet
	status      float64
	length      int
	noDataSince int64 // 0 if there is data
}

// statuses returns the number of consecutive statuses that reach a threshold.
func statuses(threshold *float64) int { return int(or(threshold, monitor.DefaultStatuses)) }

func newStreaks(m *checks, quiet silence, t *monitor.Thresholds) *streaks {
	k := &streaks{silence: quiet, critical: statuses(t.Critical), warning: statuses(t.Warning), ok: statuses(t.OK), account: m.account}
	for _, list := range m.members {
		for _, s := range list {
			if len(list) > 1 { // a single one is not copied
				m.account.Keep(len(s.At), 2*evaluate.SampleBytes)
			}
		}
		k.streams = append(k.streams, mergeByTime(list))
	}
	return k
}

// mergeByTime merges samples in order of time.
func mergeByTime(list []*evaluate.Samples) *evaluate.Samples {
	if len(list) == 1 {
		return list[0]
	}
	type sample struct {
		at    int64
		value float64
	}
	var all []sample
	for _, s := range list {
		for i, at := range s.At {
			all = append(all, sample{at, s.Values[i]})
		}
	}
	slices.SortStableFunc(all, func(a, b sample) int { return int(a.at - b.at) })
	out := &evaluate.Samples{}
	for _, s := range all {
		out.At, out.Values = append(out.At, s.at), append(out.Values, s.value)
	}
	return out
}

func (k *streaks) reset() { k.of = make([]streak, len(k.streams)) }

func (k *streaks) next(group int, before Status, now int64) (Status, float64) {
	s, streak := k.streams[group], &k.of[group]
	from := streak.next
	status := k.status(streak, s, before, now)
	if streak.next > from {
		return status, s.Values[streak.next-1]
	}
	return status, math.NaN()
}

// status returns the status after processing the samples before now.
func (k *streaks) status(run *streak, s *evaluate.Samples, status Status, now int64) Status {
	from := run.next
	for ; run.next < len(s.At) && s.At[run.next] < now; run.next++ {
		v := s.Values[run.next]
		if v != run.status || run.length == 0 {
			run.status, run.length = v, 0
		}
		run.length++
		k.account.Spend(1)
		if decided, ok := k.decide(run); ok {
			status = decided
		} else if status == Gone || status == NoData {
			status = OK
		}
	}
	switch {
	case run.next > from:
		run.noDataSince = 0
		return status
	case run.next == 0:
		return status
	}
	return k.without(status, s.At[run.next-1], &run.noDataSince, now)
}

// decide returns the status if there are enough consecutive results.
func (k *streaks) decide(run *streak) (Status, bool) {
	switch {
	case run.status == 2 && run.length >= k.critical:
		return Alert, true
	case run.status == 1 && run.length >= k.warning:
		return Warn, true
	case run.status == 0 && run.length >= k.ok:
		return OK, true
	}
	return Gone, false
}

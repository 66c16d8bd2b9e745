package replay

import (
	"fmt"
	"iter"
	"time"

	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
	"ddmon/internal/series"
)

// schedule has the times at which a monitor with a custom schedule is evaluated. Each evaluation is independent of the
// previous one.
type schedule struct{ times []int64 }

// stepsPerDay is the cost of looking for the time of a schedule on a day.
const stepsPerDay = 50

// newSchedule returns the schedule of a monitor; nil if it is evaluated regularly.
func newSchedule(o *monitor.Options, rec *series.Recording, a *evaluate.Account) (*schedule, error) {
	if !o.CustomSchedule {
		return nil, nil
	}
	if len(o.Schedules) != 1 {
		return nil, evaluate.NotEvaluated(fmt.Sprintf("custom schedules with %d recurrences are not supported", len(o.Schedules)))
	}
	r, err := o.Schedules[0].Recurrence()
	if err != nil {
		return nil, evaluate.NotEvaluated(err.Error())
	}
	delay := evaluate.Milliseconds(or(o.EvaluationDelay, 0), evaluate.Second)
	from, to := time.UnixMilli(rec.Start), time.UnixMilli(rec.End+delay+1)
	a.Spend(stepsPerDay * int(max(0, to.Sub(r.Start()).Hours())/24))
	s := &schedule{}
	for _, at := range r.Between(from, to) {
		s.times = append(s.times, at.UnixMilli())
	}
	return s, nil
}

// within returns the first and last time from one time to another.
func (s *schedule) within(from, to int64) (first, last int64, ok bool) {
	for _, at := range s.times {
		if at < from || at > to {
			continue
		}
		if !ok {
			first = at
		}
		last, ok = at, true
	}
	return first, last, ok
}

// times returns the evaluations from first to last.
func (m *machine) times(first, last int64) iter.Seq[int64] {
	return func(yield func(int64) bool) {
		if m.schedule == nil {
			for at := first; at <= last && yield(at); at += m.cycle() {
			}
			return
		}
		for _, at := range m.schedule.times {
			if at >= first && at <= last && !yield(at) {
				return
			}
		}
	}
}

// count returns the number of evaluations from first to last.
func (m *machine) count(first, last int64) (n int) {
	if m.schedule == nil {
		return int(max(0, last-first+m.cycle()) / m.cycle())
	}
	for range m.times(first, last) {
		n++
	}
	return n
}

// before returns the status that an evaluation starts from, which matters for recovery thresholds.
func (m *machine) before(status Status) Status {
	if m.schedule != nil {
		return OK
	}
	return status
}

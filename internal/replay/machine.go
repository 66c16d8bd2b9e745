package replay

import (
	"math"

	"ddmon/internal/evaluate"
	"ddmon/internal/series"
)

// machine evaluates a monitor with a threshold again and again, and keeps the status of each group.
type machine struct {
	query   evaluate.Scalar
	span    span
	delay   int64 // evaluation_delay
	limits  limits
	absence absence
	// full is require_full_window.
	full  bool
	multi bool
	// newGroup is how long a new group is left alone, retention how long a silent one is remembered, timeout how long
	// without data until it is resolved (0: never).
	newGroup, retention, timeout int64
	rec                          *series.Recording
	step                         int64
	whole                        bool
	account                      *evaluate.Account
}

func (m *machine) cycle() int64 { return every(m.span.length) }

// phases are those that differ.
func (m *machine) phases() []stretch {
	p, b := newPhases(m.cycle(), m.account), m.query.Info()
	from, to := m.between()
	p.mark(from)
	p.mark(to + 1)
	for _, back := range b.Lookbacks {
		end := m.delay + back
		begin := end + m.span.length
		shifts := []int64{end, begin}
		if m.span.calendar != nil {
			p.every(end+1, evaluate.Minute)
			shifts = shifts[:1]
		}
		if m.whole || b.Filled {
			p.every(begin, m.step)
			p.every(begin+1, m.step)
			p.every(end+1, m.step)
		}
		for _, members := range b.Members {
			for _, s := range members {
				p.samples(s.At, shifts)
			}
		}
	}
	return p.stretches()
}

// ticks returns the first and last evaluation of a phase: those whose windows lie within the recording. ok is false if
// there is none.
func (m *machine) ticks(phase int64) (first, last int64, ok bool) {
	cycle, b := m.cycle(), m.query.Info()
	from, last := m.between()
	first = evaluate.FloorDiv(from-phase+cycle-1, cycle)*cycle + phase
	for m.span.calendar != nil && first <= last && m.span.at(first-m.delay)-b.Lookback() < m.rec.Start {
		first += cycle
	}
	return first, last, first <= last
}

// between is when evaluations may take place; of a cumulative window the start is only a bound.
func (m *machine) between() (from, to int64) {
	from = m.rec.Start + m.delay
	if m.span.calendar == nil {
		from += m.span.length + m.query.Info().Lookback()
	}
	return from, m.rec.End + m.delay
}

// memory is what is remembered of a group between evaluations.
type memory struct {
	status Status
	seen   bool
	// since is when it was first seen, until when it last had data, silent since when it has none (0: it has).
	since, until, silent int64
	timedOut             bool
}

// What an evaluation costs: by itself, and for each group.
const (
	tickSteps  = 20
	groupSteps = 5
)

// run evaluates at one phase. Values are kept only of the primary run.
func (m *machine) run(phase int64, keep bool) tracks {
	first, end, ok := m.ticks(phase)
	groups := m.query.Info().Groups
	m.account.Keep(len(groups), trackBytes)
	result, memories := make(tracks, len(groups)), make([]memory, len(groups))
	for i, g := range groups {
		result[i].tags = g
		if keep && ok {
			m.account.Keep(int((end-first)/m.cycle()+1), pointBytes)
			result[i].points = make([]point, 0, (end-first)/m.cycle()+1)
		}
	}
	if !ok {
		return result
	}
	for now := first; now <= end; now += m.cycle() {
		to := now - m.delay
		from := m.span.at(to)
		values := m.query.At(from, to)
		m.account.Spend(tickSteps + groupSteps*len(values))
		allSilent := m.absence.whenAll && noneOf(values)
		for i, v := range values {
			t, mem := &result[i], &memories[i]
			if now == first {
				m.begin(t, mem, now, v)
			}
			next, v := m.next(mem, i, v, now, from, to, allSilent)
			if next != mem.status {
				if t.start == 0 {
					t.start = now
				}
				m.account.Keep(1, turnBytes)
				t.changes = append(t.changes, turn{now, mem.status, next, v})
				mem.status = next
			}
			if keep && t.start > 0 {
				t.points = append(t.points, point{now, v, next})
			}
		}
	}
	return result
}

// noneOf reports whether no value is there.
func noneOf(values []float64) bool {
	return evaluate.Missing(evaluate.Minimum(values))
}

// begin gives a group its status before the first evaluation. What is there then was there before.
func (m *machine) begin(t *track, mem *memory, now int64, v float64) {
	switch {
	case !evaluate.Missing(v) || !m.multi && m.absence.when == evaluateAsZero:
		mem.status = OK
		mem.since = -evaluate.Never
	case !m.multi:
		mem.status = NoData
	default:
		return
	}
	t.initial, t.start = mem.status, now
}

// next is a group's status after an evaluation, and the value that decided it.
func (m *machine) next(mem *memory, group int, v float64, now, from, to int64, allSilent bool) (Status, float64) {
	if evaluate.Missing(v) {
		return m.silent(mem, group, now, to, allSilent)
	}
	if !mem.seen {
		mem.seen = true
		if mem.since != -evaluate.Never {
			mem.since = now
		}
	}
	mem.until, mem.silent, mem.timedOut = now, 0, false
	if m.full {
		m.account.Spend(int((to-from)/m.span.completeness()+1) * len(m.query.Info().Members[group]) * evaluate.SearchSteps)
	}
	if m.multi && now-m.newGroup < mem.since || m.full && !m.span.complete(m.query.Info(), group, from, to) {
		return mem.status, v
	}
	return m.limits.next(mem.status, v), v
}

// silent is next for a group without data.
func (m *machine) silent(mem *memory, group int, now, to int64, allSilent bool) (Status, float64) {
	none := math.NaN()
	zero := m.absence.when == evaluateAsZero
	switch {
	case !mem.seen && (!zero || m.multi):
		return mem.status, none
	case m.multi && now-mem.until > m.retention:
		mem.seen, mem.since = false, 0
		return Gone, none
	case mem.timedOut:
		return mem.status, none
	case mem.silent == 0:
		mem.silent = now
	}
	if m.timeout > 0 && now-mem.silent >= m.timeout && mem.status != OK {
		mem.timedOut = true
		return OK, none
	}
	if mem.status == Gone {
		return Gone, none // still within the delay for new groups
	}
	switch m.absence.when {
	case evaluateAsZero:
		if m.absence.whenAll && !allSilent {
			return mem.status, none
		}
		return m.limits.next(mem.status, 0), 0
	case resolve:
		return OK, none
	case showNoData:
		m.account.Spend(len(m.query.Info().Members[group]) * evaluate.SearchSteps)
		if at, ok := m.query.Info().LastBefore(group, to); !ok || to-at > m.absence.after {
			return NoData, none
		}
	case keepStatus:
	}
	return mem.status, none
}

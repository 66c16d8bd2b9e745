package replay

import (
	"math"

	"ddmon/internal/evaluate"
	"ddmon/internal/series"
)

// machine evaluates a monitor with thresholds repeatedly and tracks the status of each group.
type machine struct {
	query       evaluate.Scalar
	span        span
	delay       int64 // evaluation_delay
	limits      limits
	missingData missingData
	// full is require_full_window.
	full  bool
	multi bool
	// newGroup is how long new groups are ignored, retention how long a group without data is kept, timeout how long until
	// a group without data is resolved (0: never).
	newGroup, retention, timeout int64
	rec                          *series.Recording
	step                         int64
	whole                        bool
	account                      *evaluate.Account
	// schedule is nil unless the monitor has a custom schedule.
	schedule *schedule
}

func (m *machine) cycle() int64 { return every(m.span.length) }

// phases returns the ranges of phases that differ.
func (m *machine) phases() []phaseRange {
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
	return p.ranges()
}

// ticks returns the first and last evaluation of a phase whose windows are within the recording. ok is false if no
// window is.
func (m *machine) ticks(phase int64) (first, last int64, ok bool) {
	cycle, b := m.cycle(), m.query.Info()
	from, last := m.between()
	if m.schedule != nil {
		return m.scheduled(from, last)
	}
	first = evaluate.FloorDiv(from-phase+cycle-1, cycle)*cycle + phase
	for m.span.calendar != nil && first <= last && m.span.at(first-m.delay)-b.Lookback() < m.rec.Start {
		first += cycle
	}
	return first, last, first <= last
}

// scheduled is ticks for a custom schedule. A cumulative window can begin before the recording, too.
func (m *machine) scheduled(from, to int64) (first, last int64, ok bool) {
	for at := range m.times(from, to) {
		if m.span.at(at-m.delay)-m.query.Info().Lookback() >= m.rec.Start {
			_, last, ok = m.schedule.within(at, to)
			return at, last, ok
		}
	}
	return 0, 0, false
}

// between returns the first and last possible time of an evaluation. For a cumulative window, the first is only a
// bound.
func (m *machine) between() (from, to int64) {
	from = m.rec.Start + m.delay
	if m.span.calendar == nil {
		from += m.span.length + m.query.Info().Lookback()
	}
	return from, m.rec.End + m.delay
}

// groupState is the state of a group between evaluations.
type groupState struct {
	status Status
	seen   bool
	// since is when the group was first seen, until when it last had data, noDataSince when it stopped having data (0 if
	// it has data).
	since, until, noDataSince int64
	timedOut                  bool
}

// Costs of an evaluation, and of each group in it.
const (
	tickSteps  = 20
	groupSteps = 5
)

// run evaluates at one phase. Values are kept only for the primary run.
func (m *machine) run(phase int64, keep bool) tracks {
	first, end, ok := m.ticks(phase)
	groups := m.query.Info().Groups
	result, states := newTracks(groups, m.count(first, end), keep, m.account), make([]groupState, len(groups))
	if !ok {
		return result
	}
	for now := range m.times(first, end) {
		to := now - m.delay
		from := m.span.at(to)
		values := m.query.At(from, to)
		m.account.Spend(tickSteps + groupSteps*len(values))
		noData := m.missingData.whenAll && allMissing(values)
		for i, v := range values {
			t, state := &result[i], &states[i]
			if now == first {
				m.begin(t, state, now, v)
			}
			next, v := m.next(state, i, v, now, from, to, noData)
			t.record(m.account, now, state.status, next, v, keep)
			state.status = next
		}
	}
	return result
}

// allMissing reports whether all values are missing.
func allMissing(values []float64) bool {
	return evaluate.Missing(evaluate.Minimum(values))
}

// begin sets the status of a group before the first evaluation. Groups in the first evaluation are not new.
func (m *machine) begin(t *track, g *groupState, now int64, v float64) {
	switch {
	case !evaluate.Missing(v) || !m.multi && m.missingData.when == evaluateAsZero:
		g.status = OK
		g.since = -evaluate.Never
	case !m.multi:
		g.status = NoData
	default:
		return
	}
	t.initial, t.start = g.status, now
}

// next returns a group's status after an evaluation, and the value that decided it. noData means that no group has
// data.
func (m *machine) next(g *groupState, group int, v float64, now, from, to int64, noData bool) (Status, float64) {
	if evaluate.Missing(v) {
		return m.nextWithoutData(g, group, now, to, noData)
	}
	if !g.seen {
		g.seen = true
		if g.since != -evaluate.Never {
			g.since = now
		}
		if m.schedule != nil { // the first evaluation can be days later
			g.since = m.query.Info().First(group)
		}
	}
	g.until, g.noDataSince, g.timedOut = now, 0, false
	if m.full {
		m.account.Spend(int((to-from)/m.span.completeness()+1) * len(m.query.Info().Members[group]) * evaluate.SearchSteps)
	}
	if m.multi && now-m.newGroup < g.since || m.full && !m.span.complete(m.query.Info(), group, from, to) {
		return g.status, v
	}
	return m.limits.next(m.before(g.status), v), v
}

// nextWithoutData is next for a group without data.
func (m *machine) nextWithoutData(g *groupState, group int, now, to int64, noData bool) (Status, float64) {
	none := math.NaN()
	zero := m.missingData.when == evaluateAsZero
	switch {
	case !g.seen && (!zero || m.multi):
		return g.status, none
	case m.multi && now-g.until > m.retention:
		g.seen, g.since = false, 0
		return Gone, none
	case g.timedOut:
		return g.status, none
	case g.noDataSince == 0:
		g.noDataSince = now
	}
	if m.timeout > 0 && now-g.noDataSince >= m.timeout && g.status != OK {
		g.timedOut = true
		return OK, none
	}
	if g.status == Gone {
		return Gone, none // within new_group_delay
	}
	switch m.missingData.when {
	case evaluateAsZero:
		if m.missingData.whenAll && !noData {
			return g.status, none
		}
		return m.limits.next(m.before(g.status), 0), 0
	case resolve:
		return OK, none
	case showNoData:
		m.account.Spend(len(m.query.Info().Members[group]) * evaluate.SearchSteps)
		if at, ok := m.query.Info().LastBefore(group, to); !ok || to-at > m.missingData.after {
			return NoData, none
		}
	case keepStatus:
	}
	return g.status, none
}

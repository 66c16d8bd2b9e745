package replay

import (
	"math"
	"slices"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
	"ddmon/internal/series"
	"ddmon/internal/suggest"
	"ddmon/internal/wildcard"
)

// check compiles a service check: "rabbitmq.aliveness".over("*").by("vhost").last(3).count_by_status().
func (c *compiled) check(q *ddquery.CheckQuery, rec *series.Recording) error {
	o := c.options()
	t := &o.Thresholds
	if t.Unknown != nil {
		return evaluate.NotEvaluated("thresholds for unknown are not supported")
	}
	if q.Chain[len(q.Chain)-1].Name.Name == "pct_by_status" {
		return evaluate.NotEvaluated("cluster alerts (pct_by_status) are not supported")
	}
	all := rec.Metric(q.Check.Value)
	if len(all) == 0 {
		return evaluate.NotEvaluated("the recording has no service check " + q.Check.Value + similarCheck(q.Check.Value, rec))
	}
	for _, id := range q.By() {
		c.keys = append(c.keys, id.Name)
	}
	m := &checks{
		rec: rec, critical: statuses(t.Critical), warning: statuses(t.Warning), ok: statuses(t.OK),
		retention: c.retention(2 * evaluate.Day), timeout: evaluate.Milliseconds(or(o.TimeoutH, 0), evaluate.Hour),
	}
	m.missingData = missingData{when: keepStatus}
	if isTrue(o.NotifyNoData) {
		m.missingData = missingData{when: showNoData, notify: true, after: evaluate.Milliseconds(or(o.NoDataTimeframe, monitor.DefaultCheckTimeframe.Minutes()), evaluate.Minute)}
	}
	c.missingData = m.missingData
	m.account = c.account
	m.gather(all, q, c.keys)
	c.runner = m
	return nil
}

// similarCheck returns the name of a similar service check in the recording.
func similarCheck(name string, rec *series.Recording) string {
	var names []string
	for _, s := range rec.Series {
		if s.Type == series.ServiceCheck && (len(names) == 0 || names[len(names)-1] != s.Metric) {
			names = append(names, s.Metric)
		}
	}
	if similar := suggest.Closest(name, names); similar != "" {
		return " (similar: " + similar + ")"
	}
	return ""
}

// statuses returns the number of consecutive statuses that reach a threshold.
func statuses(threshold *float64) int { return int(or(threshold, monitor.DefaultStatuses)) }

// checks evaluates a service check by counting consecutive statuses.
type checks struct {
	rec                   *series.Recording
	critical, warning, ok int
	missingData           missingData
	retention, timeout    int64
	groups                []evaluate.Tags
	streams               []*evaluate.Samples
	account               *evaluate.Account
}

// gather finds the checks in the scope and merges the checks of each group.
func (m *checks) gather(all []*series.Series, q *ddquery.CheckQuery, keys []string) {
	var members [][]*evaluate.Samples
	at := map[string]int{}
	size := evaluate.SizeOf(q)
	for _, s := range all {
		m.account.Spend(size * (1 + len(s.Tags)))
		if !inScope(s.Tags, q.Over(), true) || len(q.Exclude()) > 0 && inScope(s.Tags, q.Exclude(), false) {
			continue
		}
		stream := evaluate.Read(s, nil, m.account)
		for _, g := range evaluate.GroupsOf(s.Tags, keys, m.account) {
			name := g.String()
			i, ok := at[name]
			if !ok {
				i = len(m.groups)
				at[name] = i
				m.groups, members = append(m.groups, g), append(members, nil)
			}
			members[i] = append(members[i], stream)
		}
	}
	m.account.Spend(evaluate.SortSteps * len(m.groups))
	evaluate.SortGroups(m.groups, members)
	for _, list := range members {
		for _, s := range list {
			if len(list) > 1 { // a single one is not copied
				m.account.Keep(len(s.At), 2*evaluate.SampleBytes)
			}
		}
		m.streams = append(m.streams, mergeByTime(list))
	}
}

// inScope reports whether tags contain all (or any) of the tags of a scope.
func inScope(tags []string, scope []*ddquery.Ident, all bool) bool {
	for _, want := range scope {
		has := want.Name == "*" || slices.ContainsFunc(tags, wildcard.Tag(strings.ToLower(want.Name)))
		if has != all {
			return has
		}
	}
	return all
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

func (m *checks) cycle() int64 { return evaluate.Minute }

func (m *checks) phases() []phaseRange {
	p := newPhases(evaluate.Minute, m.account)
	p.mark(m.rec.Start + evaluate.Minute)
	p.mark(m.rec.End + 1)
	for _, s := range m.streams {
		p.samples(s.At, []int64{0})
	}
	return p.ranges()
}

func (m *checks) ticks(phase int64) (first, last int64, ok bool) {
	first = evaluate.FloorDiv(m.rec.Start+evaluate.Minute-phase+evaluate.Minute-1, evaluate.Minute)*evaluate.Minute + phase
	return first, m.rec.End, first <= m.rec.End
}

// streak counts consecutive occurrences of a status.
type streak struct {
	next        int // the first sample not processed yet
	status      float64
	length      int
	noDataSince int64 // 0 if there is data
}

func (m *checks) run(phase int64, keep bool) tracks {
	first, end, ok := m.ticks(phase)
	m.account.Keep(len(m.groups), trackBytes)
	result := make(tracks, len(m.groups))
	for i, g := range m.groups {
		result[i].tags = g
	}
	if !ok {
		return result
	}
	streaks := make([]streak, len(m.groups))
	statuses := make([]Status, len(m.groups))
	for now := first; now <= end; now += evaluate.Minute {
		m.account.Spend(2 * len(result))
		for i := range result {
			t, s := &result[i], m.streams[i]
			from := streaks[i].next
			if now == first && s.First() < now {
				statuses[i], t.initial, t.start = OK, OK, now
			}
			next := m.next(&streaks[i], s, statuses[i], now)
			value := math.NaN()
			if streaks[i].next > from {
				value = s.Values[streaks[i].next-1]
				t.hasData = true
			}
			if next != statuses[i] {
				if t.start == 0 {
					t.start = now
				}
				m.account.Keep(1, changeBytes)
				t.changes = append(t.changes, statusChange{now, statuses[i], next, value})
				statuses[i] = next
			}
			if keep && t.start > 0 {
				m.account.Keep(1, pointBytes)
				t.points = append(t.points, point{now, value, next})
			}
		}
	}
	return result
}

// next returns the status after processing the samples before now.
func (m *checks) next(k *streak, s *evaluate.Samples, status Status, now int64) Status {
	from := k.next
	for ; k.next < len(s.At) && s.At[k.next] < now; k.next++ {
		v := s.Values[k.next]
		if v != k.status || k.length == 0 {
			k.status, k.length = v, 0
		}
		k.length++
		m.account.Spend(1)
		if decided, ok := m.decide(k); ok {
			status = decided
		} else if status == Gone || status == NoData {
			status = OK
		}
	}
	switch {
	case k.next > from:
		k.noDataSince = 0
		return status
	case k.next == 0:
		return status
	case now-s.At[k.next-1] > m.retention:
		return Gone
	case m.missingData.when == showNoData && now-s.At[k.next-1] > m.missingData.after:
		status = NoData
	}
	if k.noDataSince == 0 {
		k.noDataSince = now
	}
	if m.timeout > 0 && now-k.noDataSince >= m.timeout && status != Gone {
		return OK
	}
	return status
}

// decide returns the status if there are enough consecutive results.
func (m *checks) decide(k *streak) (Status, bool) {
	switch {
	case k.status == 2 && k.length >= m.critical:
		return Alert, true
	case k.status == 1 && k.length >= m.warning:
		return Warn, true
	case k.status == 0 && k.length >= m.ok:
		return OK, true
	}
	return Gone, false
}

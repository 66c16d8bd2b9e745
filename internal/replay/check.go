package replay

import (
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
	all := rec.Metric(q.Check.Value)
	if len(all) == 0 {
		return evaluate.NotEvaluated("the recording has no service check " + q.Check.Value + similarCheck(q.Check.Value, rec))
	}
	c.missingData = missingData{when: keepStatus}
	if o.NotifiesNoData() {
		c.missingData = missingData{when: showNoData, notify: true, after: evaluate.Milliseconds(or(o.NoDataTimeframe, monitor.DefaultCheckTimeframe.Minutes()), evaluate.Minute)}
	}
	quiet := silence{c.missingData, c.retention(2 * evaluate.Day), evaluate.Milliseconds(or(o.TimeoutH, 0), evaluate.Hour)}
	m := &checks{rec: rec, account: c.account}
	c.keys = q.GroupKeys()
	m.gather(all, q, c.keys)
	if q.Percentages() {
		c.limits = limits{op: ">", Thresholds: Thresholds{Critical: t.Critical, Warning: t.Warning}}
		m.judge = newShares(m, quiet, c.limits)
	} else {
		if t.Unknown != nil {
			return evaluate.NotEvaluated("thresholds for unknown are not supported")
		}
		m.judge = newStreaks(m, quiet, t)
	}
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

// checks evaluates a service check once a minute.
type checks struct {
	judge
	rec    *series.Recording
	groups []evaluate.Tags
	// members are the check runs of each group: one for each combination of tags.
	members [][]*evaluate.Samples
	account *evaluate.Account
}

// judge decides the status of a group from its check runs.
type judge interface {
	// reset starts a run.
	reset()
	// next returns the status after the check runs before now, and the value to show. before is the previous status.
	next(group int, before Status, now int64) (Status, float64)
}

// gather finds the checks in the scope.
func (m *checks) gather(all []*series.Series, q *ddquery.CheckQuery, keys []string) {
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
				m.groups, m.members = append(m.groups, g), append(m.members, nil)
			}
			m.members[i] = append(m.members[i], stream)
		}
	}
	m.account.Spend(evaluate.SortSteps * len(m.groups))
	evaluate.SortGroups(m.groups, m.members)
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

func (m *checks) cycle() int64 { return evaluate.Minute }

func (m *checks) phases() []phaseRange {
	p := newPhases(evaluate.Minute, m.account)
	p.mark(m.rec.Start + evaluate.Minute)
	p.mark(m.rec.End + 1)
	for _, group := range m.members {
		for _, s := range group {
			p.samples(s.At, []int64{0})
		}
	}
	return p.ranges()
}

func (m *checks) ticks(phase int64) (first, last int64, ok bool) {
	first = evaluate.FloorDiv(m.rec.Start+evaluate.Minute-phase+evaluate.Minute-1, evaluate.Minute)*evaluate.Minute + phase
	return first, m.rec.End, first <= m.rec.End
}

func (m *checks) run(phase int64, keep bool) tracks {
	first, end, ok := m.ticks(phase)
	result := newTracks(m.groups, int(max(0, end-first+evaluate.Minute)/evaluate.Minute), keep, m.account)
	if !ok {
		return result
	}
	m.reset()
	statuses := make([]Status, len(m.groups))
	for now := first; now <= end; now += evaluate.Minute {
		m.account.Spend(2 * len(result))
		for i := range result {
			t := &result[i]
			if now == first && m.known(i, now) {
				statuses[i], t.initial, t.start = OK, OK, now
			}
			next, value := m.next(i, statuses[i], now)
			t.record(m.account, now, statuses[i], next, value, keep)
			statuses[i] = next
		}
	}
	return result
}

// known reports whether a group has a check run before a time.
func (m *checks) known(group int, now int64) bool {
	return slices.ContainsFunc(m.members[group], func(s *evaluate.Samples) bool { return s.First() < now })
}

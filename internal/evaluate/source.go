package evaluate

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/series"
)

// source is one metric of a query: time aggregation, interpolation, then space aggregation per group.
type source struct {
	Base
	rows
	fill filler
	// always means that the query uses .fill(). Otherwise series are interpolated only to combine them.
	always bool
	space  aggregator
	// perSeries are functions that Datadog applies before space aggregation, such as diff.
	perSeries []sequence
	// rolled has the series of each group in buckets.
	rolled [][]*rolled
	parts  rows
	column []float64
}

func (s *source) eval(g grid) [][]float64 {
	out := s.of(len(s.Groups), g)
	for i, members := range s.rolled {
		if len(members) == 1 {
			s.one(members[0], g, out[i], s.always)
			continue
		}
		parts := s.parts.of(len(members), g)
		for k, m := range members {
			s.one(m, g, parts[k], true)
		}
		s.combine(parts, out[i])
	}
	return out
}

// one writes the buckets of one series.
func (s *source) one(m *rolled, g grid, out []float64, interpolate bool) {
	m.fill(g, out)
	if interpolate {
		s.fill.close(m, g, out)
	}
	for _, f := range s.perSeries {
		f(out, float64(g.step)/1000)
	}
}

func (s *source) combine(parts [][]float64, out []float64) {
	if cap(s.column) < len(parts) {
		s.column = make([]float64, len(parts))
	}
	column := s.column[:len(parts)]
	for i := range out {
		for k := range parts {
			column[k] = parts[k][i]
		}
		out[i] = s.space(column)
	}
}

// source compiles one metric. outer has the modifiers of the enclosing expressions.
func (c *compiler) source(q *ddquery.Source, outer []*ddquery.Method, perSeries []sequence) (node, error) {
	m, err := (modifiers{}).with(q.Modifiers)
	if err == nil {
		m, err = m.with(outer)
	}
	if err != nil {
		return nil, err
	}
	s := &source{Base: Base{Lookbacks: []int64{0}}, perSeries: perSeries}
	if s.space, err = spaceAggregator(q.Agg); err != nil {
		return nil, err
	}
	match, err := CompileFilter(q.Scope.Filter)
	if err != nil {
		return nil, err
	}
	all, typ := c.rec.Metric(q.Metric.Name), series.Gauge
	if len(all) > 0 {
		typ = all[0].Type
	}
	if typ == series.ServiceCheck {
		return nil, NotEvaluated(q.Metric.Name + " is a service check in the recording, not a metric")
	}
	agg, ok := aggregatorOf(m.rollup(typ))
	if !ok {
		return nil, NotEvaluated("the rollup method " + m.agg + " is not supported")
	}
	s.Counts = m.asCount && typ != series.Gauge
	s.fill, s.always = m.filler(s.Counts || m.asRate && typ != series.Gauge), m.fill != ""
	s.gather(c.account, all, match, SizeOf(q.Scope), names(q.By), m.scale(typ, c.step))
	for _, members := range s.Members {
		var group []*rolled
		for _, member := range members {
			group = append(group, roll(member, c.step, agg, c.account))
		}
		s.rolled = append(s.rolled, group)
		s.Filled = s.Filled || s.fill.method != "null" && (s.always || len(group) > 1)
	}
	return shift(s, Milliseconds(-m.shift, Second)), nil
}

// SortSteps is the cost of sorting a group.
const SortSteps = 50

// SizeOf returns the number of parts of a filter or search.
func SizeOf(n ddquery.Node) int {
	parts := 0
	ddquery.Walk(n, func(part ddquery.Node) bool {
		parts++
		if word, ok := part.(*ddquery.Term); ok && word.Glob {
			parts += len(word.Raw) // tried at each position
		}
		return true
	})
	return parts
}

// gather finds the series in the scope and groups them.
func (s *source) gather(a *Account, all []*series.Series, match Filter, size int, keys []string, scale func(float64, int64) float64) {
	at := map[string]int{}
	if len(keys) == 0 {
		at["*"], s.Groups, s.Members = 0, []Tags{{}}, make([][]*Samples, 1)
	}
	for _, one := range all {
		a.Spend(size * (1 + len(one.Tags)))
		if !match(one.Tags) {
			continue
		}
		groups := GroupsOf(one.Tags, keys, a)
		if len(groups) == 0 {
			continue
		}
		stream := Read(one, scale, a)
		for _, g := range groups {
			name := g.String()
			i, ok := at[name]
			if !ok {
				i = len(s.Groups)
				at[name] = i
				s.Groups, s.Members = append(s.Groups, g), append(s.Members, nil)
			}
			s.Members[i] = append(s.Members[i], stream)
		}
	}
	a.Spend(SortSteps * len(s.Groups))
	SortGroups(s.Groups, s.Members)
}

func names(by *ddquery.GroupBy) []string {
	var keys []string
	if by != nil {
		for _, k := range by.Keys {
			keys = append(keys, k.Name)
		}
	}
	return keys
}

// spaceAggregator returns the space aggregation, which defaults to avg.
func spaceAggregator(agg *ddquery.SpaceAgg) (aggregator, error) {
	if agg == nil {
		return average, nil
	}
	if f, ok := aggregatorOf(agg.Name); ok && agg.Compare == nil && agg.Name != "count" {
		return f, nil
	}
	return nil, NotEvaluated("the aggregation " + agg.Name + " needs distributions, which recordings do not include")
}

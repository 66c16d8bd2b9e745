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
	known  []*rolled
	column []float64
}

func (s *source) eval(g grid) [][]float64 {
	out := s.of(len(s.Groups), g)
	for i, members := range s.rolled {
		if members = s.reporting(members, g); len(members) == 1 {
			s.one(members[0], g, out[i], s.always)
		} else {
			parts := s.parts.of(len(members), g)
			for k, m := range members {
				s.one(m, g, parts[k], true)
			}
			s.combine(parts, out[i])
		}
		if s.Sparse && len(s.perSeries) == 0 {
			zeroFill(out[i])
		}
	}
	return out
}

// reporting returns the series that have reported before the end of the window: later ones are not known yet.
func (s *source) reporting(members []*rolled, g grid) []*rolled {
	g.Spend(len(members))
	s.known = s.known[:0]
	for _, m := range members {
		if m.First() < g.to {
			s.known = append(s.known, m)
		}
	}
	return s.known
}

// one writes the buckets of one series.
func (s *source) one(m *rolled, g grid, out []float64, interpolate bool) {
	m.fill(g, out)
	if interpolate {
		s.fill.close(m, g, out)
	}
	if s.Sparse && len(s.perSeries) > 0 {
		zeroFill(out)
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
	all, typ := c.rec.Metric(q.Metric.Name), c.rec.TypeOf(q.Metric.Name)
	if typ == "" && (m.asCount || m.asRate) {
		typ = series.Count // what is not recorded cannot say that it is a gauge
	}
	if typ == series.ServiceCheck {
		return nil, NotEvaluated(q.Metric.Name + " is a service check in the recording, not a metric")
	}
	agg, ok := aggregatorOf(m.rollup(typ))
	if !ok {
		return nil, NotEvaluated("the rollup method " + m.agg + " is not supported")
	}
	counted := typ == series.Count || typ == series.Rate
	s.Keys, s.Counts, s.Sparse = names(q.By), m.asCount && counted, (m.asCount || m.asRate) && counted
	s.fill, s.always = m.filler(s.Sparse), m.fill != ""
	s.gather(c, all, match, SizeOf(q.Scope), m.scale(typ, c.step))
	c.all.add(&s.Base)
	s.Filled = s.Sparse // the number of empty buckets matters
	if s.always {
		s.stale = s.fill.limit
	}
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
func (s *source) gather(c *compiler, all []*series.Series, match Filter, size int, scale func(float64, int64) float64) {
	a, at := c.account, map[string]int{}
	add := func(g Tags) int {
		name := g.sorted()
		i, ok := at[name]
		if !ok {
			i = len(s.Groups)
			at[name] = i
			s.Groups, s.Members = append(s.Groups, g), append(s.Members, nil)
		}
		return i
	}
	if len(s.Keys) == 0 {
		add(Tags{})
	}
	for _, one := range all {
		a.Spend(size * (1 + len(one.Tags)))
		if !match(one.Tags) {
			continue
		}
		groups := GroupsOf(one.Tags, s.Keys, a)
		if len(groups) == 0 {
			continue
		}
		stream := Read(one, scale, a)
		for _, g := range groups {
			i := add(g)
			s.Members[i] = append(s.Members[i], stream)
		}
	}
	if s.Sparse {
		others := c.all.of(s.Keys)
		a.Keep(len(others), groupBytes)
		for _, g := range others {
			add(g)
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

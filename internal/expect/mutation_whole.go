package expect

import (
	"math"
	"slices"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// maxParts is the largest number of samples of one point for which whole numbers are recognised.
const maxParts = 4

// wholeParts returns the smallest n such that a monitor's values over a recording are multiples of 1/n: 1 for whole
// numbers, 2 if a point can be the average of two of them. ok is false if there is no small n.
func wholeParts(m replay.Monitor, rec *series.Recording, o replay.Options) (n int, ok bool) {
	changed, ok := newMutable(m.Body)
	if !ok {
		return 0, false
	}
	switch q := changed.query.Root.(type) {
	case *ddquery.LogQuery:
		agg, _ := q.Rollup()
		return 1, agg == "count" || agg == "cardinality"
	case *ddquery.MetricQuery:
		in, err := m.Inputs(rec)
		if err != nil || !slices.Contains([]string{"min", "max", "sum"}, q.Agg.Name) || q.Change != nil || !wholeExpr(q.Expr) {
			return 0, false
		}
		keys, _ := monitor.FromBody(m.Body).Groups(changed.query)
		return wholeSeries(in.Series, keys, combination{asCount(q.Expr), unfilled(q.Expr)}, o.Interval(q.Window.Duration()))
	}
	return 0, false
}

// asCount reports whether all metrics of an expression have as_count.
func asCount(x ddquery.Expr) bool {
	counts := true
	ddquery.Walk(x, func(n ddquery.Node) bool {
		if s, ok := n.(*ddquery.Source); ok {
			counts = counts && s.Modifier("as_count") != nil
		}
		return true
	})
	return counts
}

// unfilled reports whether all metrics of an expression have fill(null), so that no gap is interpolated.
func unfilled(x ddquery.Expr) bool {
	all := true
	ddquery.Walk(x, func(n ddquery.Node) bool {
		if s, ok := n.(*ddquery.Source); ok {
			all = all && fillsNothing(s.Modifier("fill"))
		}
		return true
	})
	return all
}

// fillsNothing reports whether a modifier is fill(null).
func fillsNothing(m *ddquery.Method) bool {
	if m == nil || m.Name.Name != "fill" || len(m.Args) == 0 {
		return false
	}
	method, ok := m.Args[0].(*ddquery.Ref)
	return ok && method.Name == "null"
}

// groupOf returns the tags of a series that are in its group.
func groupOf(tags, keys []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(tags), func(tag string) bool {
		key, _, _ := strings.Cut(tag, ":")
		return !slices.Contains(keys, key)
	}), ",")
}

// wholeExpr reports whether an expression makes whole numbers of whole numbers.
func wholeExpr(x ddquery.Node) bool {
	whole := true
	ddquery.Walk(x, func(n ddquery.Node) bool {
		switch n := n.(type) {
		case *ddquery.Number:
			whole = whole && n.Value == math.Trunc(n.Value)
		case *ddquery.Binary:
			whole = whole && n.Op != '/'
		case *ddquery.Call:
			whole = whole && n.Name.Name == "default_zero"
		case *ddquery.Source:
			whole = whole && n.Agg != nil && slices.Contains([]string{"sum", "min", "max"}, n.Agg.Name)
			for _, m := range n.Modifiers {
				whole = whole && (m.Name.Name == "as_count" || fillsNothing(m))
			}
			return false
		case *ddquery.Modified, *ddquery.Named:
			whole = false
		}
		return whole
	})
	return whole
}

// combination says how the samples of a query's series are combined.
type combination struct {
	counts   bool // added, without interpolation
	unfilled bool // without interpolation
}

// wholeSeries returns n as wholeParts does, for series that are all whole numbers. A point of a gauge is the average of
// its samples, and a group of several gauges is interpolated unless the query says otherwise.
func wholeSeries(list []*series.Series, keys []string, c combination, interval int64) (n int, ok bool) {
	most := 1
	groups := map[string]bool{}
	for _, s := range list {
		group := s.Metric + " " + groupOf(s.Tags, keys)
		if groups[group] && !c.counts && !c.unfilled || c.counts && s.Type != series.Count {
			return 0, false
		}
		groups[group] = true
		last, samples := int64(0), 0
		for i := range s.Segments {
			for k := range s.Segments[i].Count {
				at, v := s.Segments[i].At(k)
				if v != math.Trunc(v) {
					return 0, false
				}
				if point := at / interval; point != last {
					last, samples = point, 0
				}
				samples++
				most = max(most, samples)
			}
		}
	}
	if c.counts {
		most = 1
	}
	n = 1
	for i := 2; i <= min(most, maxParts); i++ {
		n *= i
	}
	return n, most <= maxParts
}

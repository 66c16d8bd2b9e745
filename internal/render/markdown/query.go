package markdown

import (
	"slices"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/render/safe"
)

// measure is what of a query decides how easily it alerts. Two of them can be compared if their rest is the same.
type measure struct {
	// rest is the query without time aggregation, window and comparison.
	rest string
	// agg is the time aggregation, or how a log query counts; empty where a window means something else.
	agg    string
	window *ddquery.Window // nil where it is part of rest
	// above says that high values alert; otherwise low ones do.
	above bool
	cmp   *ddquery.Comparison // nil in a service check, which counts statuses
}

// measureOf reads a monitor's query; false for one that does not hold a value against a number.
func measureOf(monitorType, query string) (m measure, ok bool) {
	q, err := ddquery.ParseMonitor(monitorType, query)
	if err != nil {
		return m, false
	}
	switch root := q.Root.(type) {
	case *ddquery.MetricQuery:
		m.cmp = root.Cmp
		if root.Change == nil {
			m.agg, m.window = root.Agg.Name, root.Window
			m.rest = query[root.Window.To:root.Cmp.From]
		} else {
			m.rest = query[:root.Cmp.From]
		}
	case *ddquery.LogQuery:
		m.cmp, m.window = root.Cmp, root.Last()
		m.rest = query[:root.Cmp.From]
		if m.window != nil {
			m.agg, _ = root.Rollup()
			m.rest = query[:m.window.From] + query[m.window.To:root.Cmp.From]
		}
	case *ddquery.FormulaQuery:
		m.cmp, m.rest = root.Cmp, query[:root.Cmp.From]
	case *ddquery.SLOQuery:
		m.cmp, m.rest = root.Cmp, query[:root.Cmp.From]
	case *ddquery.CheckQuery:
		m.rest, m.above = query, true
		return m, true
	default:
		return m, false
	}
	m.rest = strings.TrimSpace(m.rest)
	m.above = strings.HasPrefix(m.cmp.Op, ">")
	return m, m.above || strings.HasPrefix(m.cmp.Op, "<")
}

// comparable reports whether two measures are of the same thing.
func (m *measure) comparable(other *measure) bool {
	return m.rest == other.rest && m.above == other.above && (m.window == nil) == (other.window == nil)
}

// byThreshold compares where the query's number stands.
func byThreshold(before, after *measure) []shift {
	if before.cmp == nil || after.cmp == nil {
		return nil
	}
	from, ok1 := before.cmp.Value()
	to, ok2 := after.cmp.Value()
	if !ok1 || !ok2 || from == to && before.cmp.Op == after.cmp.Op {
		return nil
	}
	looser := (to > from) == after.above
	if from == to {
		looser = len(after.cmp.Op) < len(before.cmp.Op) // > is looser than >=
	}
	return []shift{{looser, "threshold " + safe.Line(before.cmp.Op) + " " + decimal(from) + " → " + safe.Line(after.cmp.Op) + " " + decimal(to)}}
}

// byWindow compares how long the query looks back, where that decides. The lowest value of a longer time is lower and
// the highest higher, and counts grow; of an average nothing is known.
func byWindow(before, after *measure) []shift {
	if before.window == nil || before.agg != after.agg || before.window.Kind != ddquery.WindowLast ||
		after.window.Kind != ddquery.WindowLast {
		return nil
	}
	grows := slices.Contains([]string{"max", "count", "cardinality"}, after.agg)
	from, to := before.window.Duration(), after.window.Duration()
	if !grows && after.agg != "min" || from == to {
		return nil
	}
	looser := (to > from) == (grows != after.above)
	return []shift{{looser, "window " + windowText(before.window) + " → " + windowText(after.window)}}
}

// byAggregation compares time aggregations that are never above one another.
func byAggregation(before, after *measure) []shift {
	order := []string{"min", "avg", "max"}
	from, to := slices.Index(order, before.agg), slices.Index(order, after.agg)
	if from < 0 || to < 0 || from == to || before.window.Text != after.window.Text {
		return nil
	}
	return []shift{{(to < from) == after.above, safe.Line(before.agg) + " → " + safe.Line(after.agg) + " over the window"}}
}

func decimal(f float64) safe.Text { return safe.Float(f, 'g', -1) }

func windowText(w *ddquery.Window) safe.Text { return safe.Int(w.Count) + safe.Line(w.Unit) }

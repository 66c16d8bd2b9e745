package markdown

import (
	"slices"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/render/safe"
)

// condition is the part of a query that decides how easily it alerts. Two conditions are comparable if the rest of
// their queries is the same.
type condition struct {
	// rest is the query without time aggregation, window and comparison.
	rest string
	// agg is the time aggregation, or the rollup of a log query; empty where a window means something else.
	agg    string
	window *ddquery.Window // nil where it is part of rest
	// above says that high values alert; otherwise low values do.
	above bool
	cmp   *ddquery.Comparison // nil in a service check, which counts statuses
}

// conditionOf parses a monitor's query; false for a query that does not compare a value with a number.
func conditionOf(monitorType, query string) (c condition, ok bool) {
	q, err := ddquery.ParseMonitor(monitorType, query)
	if err != nil {
		return c, false
	}
	switch root := q.Root.(type) {
	case *ddquery.MetricQuery:
		c.cmp = root.Cmp
		if root.Change == nil {
			c.agg, c.window = root.Agg.Name, root.Window
			c.rest = query[root.Window.To:root.Cmp.From]
		} else {
			c.rest = query[:root.Cmp.From]
		}
	case *ddquery.LogQuery:
		c.cmp, c.window = root.Cmp, root.Last()
		c.rest = query[:root.Cmp.From]
		if c.window != nil {
			c.agg, _ = root.Rollup()
			c.rest = query[:c.window.From] + query[c.window.To:root.Cmp.From]
		}
	case *ddquery.FormulaQuery:
		c.cmp, c.rest = root.Cmp, query[:root.Cmp.From]
	case *ddquery.SLOQuery:
		c.cmp, c.rest = root.Cmp, query[:root.Cmp.From]
	case *ddquery.CheckQuery:
		c.rest, c.above = query, true
		return c, true
	default:
		return c, false
	}
	c.rest = strings.TrimSpace(c.rest)
	c.above = strings.HasPrefix(c.cmp.Op, ">")
	return c, c.above || strings.HasPrefix(c.cmp.Op, "<")
}

// comparable reports whether two conditions apply to the same value.
func (c *condition) comparable(other *condition) bool {
	return c.rest == other.rest && c.above == other.above && (c.window == nil) == (other.window == nil)
}

// compareThreshold compares the number in the query.
func compareThreshold(before, after *condition) []impact {
	if before.cmp == nil || after.cmp == nil {
		return nil
	}
	from, ok1 := before.cmp.Value()
	to, ok2 := after.cmp.Value()
	if !ok1 || !ok2 || from == to && before.cmp.Op == after.cmp.Op {
		return nil
	}
	loosens := (to > from) == after.above
	if from == to {
		loosens = len(after.cmp.Op) < len(before.cmp.Op) // > is loosens than >=
	}
	return []impact{{loosens, "threshold " + safe.Line(before.cmp.Op) + " " + decimal(from) + " → " + safe.Line(after.cmp.Op) + " " + decimal(to)}}
}

// compareWindow compares the evaluation windows where their length decides. In a longer window the minimum is lower,
// the maximum is higher, and counts grow. An average can do either, so it is not compared.
func compareWindow(before, after *condition) []impact {
	if before.window == nil || before.agg != after.agg || before.window.Kind != ddquery.WindowLast ||
		after.window.Kind != ddquery.WindowLast {
		return nil
	}
	grows := slices.Contains([]string{"max", "count", "cardinality"}, after.agg)
	from, to := before.window.Duration(), after.window.Duration()
	if !grows && after.agg != "min" || from == to {
		return nil
	}
	loosens := (to > from) == (grows != after.above)
	return []impact{{loosens, "evaluation window " + windowText(before.window) + " → " + windowText(after.window)}}
}

// compareAggregation compares time aggregations, whose values are always in the order min, avg, max.
func compareAggregation(before, after *condition) []impact {
	order := []string{"min", "avg", "max"}
	from, to := slices.Index(order, before.agg), slices.Index(order, after.agg)
	if from < 0 || to < 0 || from == to || before.window.Text != after.window.Text {
		return nil
	}
	return []impact{{(to < from) == after.above, safe.Line(before.agg) + " → " + safe.Line(after.agg) + " over the evaluation window"}}
}

func decimal(f float64) safe.Text { return safe.Float(f, 'g', -1) }

func windowText(w *ddquery.Window) safe.Text { return safe.Int(w.Count) + safe.Line(w.Unit) }

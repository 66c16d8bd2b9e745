package explain

import (
	"time"

	"ddmon/internal/ddquery"
	"ddmon/internal/function"
	"ddmon/internal/monitor"
)

// noData says what happens when data is missing.
func (m *explainer) noData() []string {
	var lines []string
	switch m.query.Root.(type) {
	case *ddquery.SLOQuery, *ddquery.NoQuery:
		return nil
	case *ddquery.CompositeQuery:
		return m.compositeNoData()
	case *ddquery.CheckQuery:
		lines = m.checkNoData()
	}
	zeros, divides := m.view.CalculatesZeros(m.query)
	switch {
	case m.filledWith() != nil:
		lines = append(lines, m.filled(m.filledWith()))
	case m.hidesAny("on_missing_data", "notify_no_data", "no_data_timeframe"):
		lines = append(lines, "Its handling of missing data depends on a sensitive value, which is not shown.")
	case zeros && !divides:
		lines = append(lines, "Each part of the calculation is 0 where there is no data, so the result always has a value.")
	case lines == nil:
		if zeros {
			lines = []string{"Each part of the calculation is 0 where there is no data, so the following applies only where it divides by 0."}
		} else if ddquery.Calls(m.query.Root, function.MissingFillers()...) {
			lines = []string{"The query replaces missing data in a part of it, so the following applies only when its result has no value."}
		}
		lines = append(lines, m.missingData(m.view.Options.MissingDataPolicy(m.view.Querying(m.query)))...)
	}
	if hours, ok := nonZero(m.view.Options.TimeoutH); ok {
		lines = append(lines, "It resolves automatically after "+quantity(hours, "hour")+" without data.")
	}
	if keep := m.view.Options.GroupRetentionDuration; m.view.CanRetainGroups() && windowLength("last_"+keep) != "" {
		lines = append(lines, "A group without data is dropped after "+windowLength("last_"+keep)+" without a notification.")
	}
	return lines
}

// filledWith returns the call of default_zero or default around the whole query; or nil. The query then
// always has a value, whatever the options are.
func (m *explainer) filledWith() *ddquery.Call {
	var x ddquery.Expr
	switch q := m.query.Root.(type) {
	case *ddquery.MetricQuery:
		if q.Change != nil {
			return nil
		}
		x = q.Expr
	case *ddquery.FormulaQuery:
		x = q.Expr
	}
	for inner, ok := x.(*ddquery.Paren); ok; inner, ok = x.(*ddquery.Paren) {
		x = inner.X
	}
	call, ok := x.(*ddquery.Call)
	if f := function.Lookup(calledName(call, ok)); f == nil || !f.FillsMissing {
		return nil
	}
	return call
}

func calledName(call *ddquery.Call, ok bool) string {
	if !ok {
		return ""
	}
	return call.Name.Name
}

// filled explains a query without gaps.
func (m *explainer) filled(call *ddquery.Call) string {
	if len(call.Args) > 1 {
		return "Missing data is evaluated as " + ddquery.Print(call.Args[1]) + " because the query uses " + call.Name.Name + "."
	}
	text := "Missing data is evaluated as 0 because the query uses " + call.Name.Name + ": " + m.atZero() + "."
	if _, inFormula := m.query.Root.(*ddquery.FormulaQuery); inFormula || m.sparse(call.Args[0]) {
		return text
	}
	return text + " A gauge that stops reporting becomes 0 after up to 5 minutes."
}

// sparse reports whether an expression has no gauges, judging by its modifiers: without data, as_count and as_rate are 0.
func (m *explainer) sparse(x ddquery.Expr) bool {
	all := true
	ddquery.Walk(x, func(n ddquery.Node) bool {
		if s, ok := n.(*ddquery.Source); ok {
			all = all && (s.Modifier("as_count") != nil || s.Modifier("as_rate") != nil)
		}
		return true
	})
	return all
}

// comparesCounts reports whether the query is the change of a count, which is 0 in one window while the other one has
// data, unless data must be missing for longer than both windows.
func (m *explainer) comparesCounts(after time.Duration) bool {
	q, ok := m.query.Root.(*ddquery.MetricQuery)
	return ok && q.Change != nil && m.sparse(q.Expr) && after <= q.Window.Duration()+q.Change.Shift.Duration()
}

// missingData explains what happens without data.
func (m *explainer) missingData(d monitor.MissingDataPolicy) []string {
	without, keeping := "Without data for the whole window", "Without data"
	if m.comparesCounts(d.After) {
		without, keeping = "Without data in both windows", "Without data in both windows"
	} else if d.After > 0 {
		without = "Without data for " + formatSeconds(d.After.Seconds())
	} else if m.view.Options.OnMissingData == "" {
		without = "Without data"
	}
	switch d.When {
	case monitor.EvaluateAsZero:
		lines := []string{"Missing data is evaluated as 0: " + m.atZero() + "."}
		if d.WhenAll {
			lines = append(lines, "A single group without data keeps its state; only when all groups have no data, each is evaluated as 0.")
		}
		return lines
	case monitor.KeepStatus:
		return []string{keeping + " it keeps its last state: it neither alerts nor recovers."}
	case monitor.Resolve:
		return []string{without + " it changes to OK, as if it had recovered."}
	case monitor.ShowNoData:
		if d.Notify {
			return []string{without + " it shows NO DATA and sends a notification."}
		}
		return []string{without + " it shows NO DATA and notifies no one."}
	}
	return nil
}

// checkNoData explains what a service check does without check runs. It does not have on_missing_data.
func (m *explainer) checkNoData() []string {
	if m.view.Options.NotifiesNoData() {
		return []string{"Without data" + m.timeframe() + " it shows NO DATA and sends a notification."}
	}
	return []string{"Without data it keeps its last state and notifies no one."}
}

// atZero says what the monitor does at 0. Only a query with a single count is known to be 0 without data, because
// arithmetic can divide by 0.
func (m *explainer) atZero() string {
	cmp := comparisonOf(m.query)
	switch q := m.query.Root.(type) {
	case *ddquery.MetricQuery:
		if hasArithmetic(q.Expr) {
			cmp = nil
		}
	case *ddquery.FormulaQuery:
		cmp = nil
	}
	if cmp == nil {
		return "the thresholds apply to that 0"
	}
	critical, static := cmp.Value()
	warning := m.view.Options.Thresholds.Warning
	switch {
	case !static:
		return "the thresholds apply to that 0"
	case ddquery.Satisfies(0, cmp.Op, critical):
		return "the monitor alerts"
	case warning != nil && ddquery.Satisfies(0, cmp.Op, *warning):
		return "the monitor warns"
	}
	return "the monitor does not alert"
}

func comparisonOf(q *ddquery.MonitorQuery) *ddquery.Comparison {
	switch root := q.Root.(type) {
	case *ddquery.MetricQuery:
		if root.Change == nil {
			return root.Cmp
		}
	case *ddquery.LogQuery:
		return root.Cmp
	}
	return nil
}

// timeframe returns how long data must be missing. Without the option, Datadog's default applies.
func (m *explainer) timeframe() string {
	if minutes, ok := nonZero(m.view.Options.NoDataTimeframe); ok {
		return " for " + formatSeconds(minutes*60)
	}
	switch q := m.query.Root.(type) {
	case *ddquery.MetricQuery:
		if q.Window.Kind == ddquery.WindowLast {
			return " for " + formatSeconds(monitor.DefaultTimeframeWindows*q.Window.Duration().Seconds())
		}
	case *ddquery.CheckQuery:
		return " for " + quantity(monitor.DefaultCheckTimeframe.Hours(), "hour")
	}
	return ""
}

// compositeNoData explains what a composite does when its members result in no data.
func (m *explainer) compositeNoData() []string {
	if m.view.Options.NotifiesNoData() {
		return []string{"When its members result in NO DATA" + m.timeframe() + ", it shows NO DATA and sends a notification."}
	}
	return []string{"When its members result in NO DATA, it keeps its last state and notifies no one."}
}

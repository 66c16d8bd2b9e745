package explain

import (
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
	switch on := m.view.Options.OnMissingData; {
	case m.filledWith() != nil:
		lines = append(lines, m.filled(m.filledWith()))
	case m.hidesAny("on_missing_data", "notify_no_data", "no_data_timeframe"):
		lines = append(lines, "Its handling of missing data depends on a sensitive value, which is not shown.")
	case mentions(m.query.Root, "default_zero") && !m.view.Options.NotifiesNoData() && (on == "" || on == "default"):
		lines = append(lines, "Missing data is evaluated as 0 because the query uses default_zero: a gauge that stops reporting becomes 0 after up to 5 minutes.")
	case lines == nil:
		lines = m.missingData(m.view.Options.MissingDataPolicy(m.querying()))
	}
	if hours, ok := nonZero(m.view.Options.TimeoutH); ok {
		lines = append(lines, "It resolves automatically after "+quantity(hours, "hour")+" without data.")
	}
	if keep := m.view.Options.GroupRetentionDuration; keep != "" && windowLength("last_"+keep) != "" {
		lines = append(lines, "A group without data is dropped after "+windowLength("last_"+keep)+" without a notification.")
	}
	return lines
}

// filledWith returns the call of default_zero or default around the whole query; or nil. The query then
// always has a value, whatever the options are.
func (m *explainer) filledWith() *ddquery.Call {
	q, ok := m.query.Root.(*ddquery.MetricQuery)
	if !ok || q.Change != nil {
		return nil
	}
	x := q.Expr
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
	return "Missing data is evaluated as 0 because the query uses " + call.Name.Name + ": " + m.atZero() +
		". A gauge that stops reporting becomes 0 after up to 5 minutes."
}

// querying describes the query, as a replay does.
func (m *explainer) querying() monitor.Querying {
	keys, known := m.view.Groups(m.query)
	q := monitor.Querying{Counts: m.countsMissingAsZero(), Grouped: len(keys) > 0 || !known}
	if cmp := m.query.Comparison(); cmp != nil {
		q.Comparator = cmp.Op
	}
	var window *ddquery.Window
	switch root := m.query.Root.(type) {
	case *ddquery.MetricQuery:
		window = root.Window
	case *ddquery.LogQuery:
		window, q.Events = root.Last(), true
	case *ddquery.FormulaQuery:
		window, q.Events = root.Last(), m.view.Options.QueriesEvents()
	}
	if window != nil && window.Kind == ddquery.WindowLast {
		q.Window = window.Duration()
	}
	return q
}

// missingData explains what happens without data.
func (m *explainer) missingData(d monitor.MissingDataPolicy) []string {
	without := "Without data for the whole window"
	if d.After > 0 {
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
		return []string{"Without data it keeps its last state: it neither alerts nor recovers."}
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

// countsMissingAsZero reports whether missing data is evaluated as 0, as in queries that count logs, events or
// occurrences.
func (m *explainer) countsMissingAsZero() bool {
	switch q := m.query.Root.(type) {
	case *ddquery.MetricQuery:
		return counts(q.Expr)
	case *ddquery.LogQuery:
		agg, _ := q.Rollup()
		return agg == "count"
	case *ddquery.FormulaQuery:
		return m.countsEvents()
	}
	return false
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

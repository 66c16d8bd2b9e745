package explain

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
)

// noData says what happens when data is missing.
func (m *explainer) noData() []string {
	var lines []string
	switch q := m.query.Root.(type) {
	case *ddquery.SLOQuery, *ddquery.NoQuery:
		return nil
	case *ddquery.CompositeQuery:
		return m.compositeNoData()
	case *ddquery.LogQuery:
		if len(q.By()) > 0 && below(q.Cmp.Op) {
			lines = append(lines, "A single group without data does not alert; it alerts only when all groups have no data.")
		}
	}
	switch on := m.view.Options.OnMissingData; {
	case m.hidesAny("on_missing_data", "notify_no_data", "no_data_timeframe"):
		lines = append(lines, "Its handling of missing data depends on a sensitive value, which is not shown.")
	case mentions(m.query.Root, "default_zero") && !m.view.Options.NotifiesNoData() && (on == "" || on == "default"):
		lines = append(lines, "Missing data is evaluated as 0 because the query uses default_zero: a gauge that stops reporting becomes 0 after up to 5 minutes.")
	case on != "":
		lines = append(lines, m.onMissingData()...)
	default:
		lines = append(lines, m.legacyNoData()...)
	}
	if hours, ok := nonZero(m.view.Options.TimeoutH); ok {
		lines = append(lines, "It resolves automatically after "+quantity(hours, "hour")+" without data.")
	}
	if keep := m.view.Options.GroupRetentionDuration; keep != "" && windowLength("last_"+keep) != "" {
		lines = append(lines, "A group without data is dropped after "+windowLength("last_"+keep)+" without a notification.")
	}
	return lines
}

// onMissingData explains the option on_missing_data.
func (m *explainer) onMissingData() []string {
	const withoutData = "Without data for the whole window "
	switch value := m.view.Options.OnMissingData; value {
	case "default":
		if m.countsMissingAsZero() {
			return []string{"Missing data is evaluated as 0: " + m.atZero() + "."}
		}
		return []string{"Without data it keeps its last state: it neither alerts nor recovers."}
	case "show_no_data":
		return []string{withoutData + "it shows NO DATA and notifies no one."}
	case "show_and_notify_no_data":
		return []string{withoutData + "it shows NO DATA and sends a notification."}
	case "resolve":
		return []string{withoutData + "it changes to OK, as if it had recovered."}
	default:
		return []string{"Its handling of missing data is set to " + code(value) + "."}
	}
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

// legacyNoData explains notify_no_data and no_data_timeframe.
func (m *explainer) legacyNoData() []string {
	o := &m.view.Options
	if o.NotifyNoData == nil || !*o.NotifyNoData {
		return []string{"Without data it shows NO DATA and notifies no one."}
	}
	return []string{"Without data" + m.timeframe() + " it shows NO DATA and sends a notification."}
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

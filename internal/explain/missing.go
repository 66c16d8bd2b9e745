package explain

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
)

// missing says what happens without data.
func (m *explainer) missing() []string {
	var lines []string
	switch q := m.query.Root.(type) {
	case *ddquery.SLOQuery, *ddquery.NoQuery:
		return nil
	case *ddquery.CompositeQuery:
		return m.missingMembers()
	case *ddquery.LogQuery:
		if len(q.By()) > 0 && below(q.Cmp.Op) {
			lines = append(lines, "A single group that falls silent does not alert; only when all of them are silent it does.")
		}
	}
	switch on := m.view.Options.OnMissingData; {
	case m.hidesAny("on_missing_data", "notify_no_data", "no_data_timeframe"):
		lines = append(lines, "What it does without data depends on a sensitive value, which is not shown.")
	case mentions(m.query.Root, "default_zero") && !m.view.Options.NotifiesNoData() && (on == "" || on == "default"):
		lines = append(lines, "Missing data counts as 0, because the query says default_zero: a gauge that was there once becomes 0 after up to 5 minutes.")
	case on != "":
		lines = append(lines, m.onMissingData()...)
	default:
		lines = append(lines, m.legacyNoData()...)
	}
	if hours, ok := set(m.view.Options.TimeoutH); ok {
		lines = append(lines, "After "+count(hours, "hour")+" without data it recovers by itself.")
	}
	if keep := m.view.Options.GroupRetentionDuration; keep != "" && span("last_"+keep) != "" {
		lines = append(lines, "A group without data is forgotten after "+span("last_"+keep)+", without a word.")
	}
	return lines
}

// onMissingData explains the option of that name.
func (m *explainer) onMissingData() []string {
	const silence = "Without data for the whole window "
	switch value := m.view.Options.OnMissingData; value {
	case "default":
		if m.countsSilence() {
			return []string{"No data counts as 0: " + m.atZero() + "."}
		}
		return []string{"Without data it keeps its last state: silence neither alerts nor recovers."}
	case "show_no_data":
		return []string{silence + "it shows NO DATA and tells nobody."}
	case "show_and_notify_no_data":
		return []string{silence + "it shows NO DATA and tells so."}
	case "resolve":
		return []string{silence + "it goes to OK, as if all were well."}
	default:
		return []string{"What it does without data is set to " + code(value) + "."}
	}
}

// countsSilence reports whether no data means 0: of queries that count logs, events or occurrences.
func (m *explainer) countsSilence() bool {
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

// atZero says what a 0 means for the monitor. Only a query of one count is known to be 0 without data; arithmetic may
// divide.
func (m *explainer) atZero() string {
	cmp := comparisonOf(m.query)
	switch q := m.query.Root.(type) {
	case *ddquery.MetricQuery:
		if calculates(q.Expr) {
			cmp = nil
		}
	case *ddquery.FormulaQuery:
		cmp = nil
	}
	if cmp == nil {
		return "silence is judged like a quiet time"
	}
	critical, static := cmp.Value()
	warning := m.view.Options.Thresholds.Warning
	switch {
	case !static:
		return "silence is judged like a quiet time"
	case ddquery.Holds(0, cmp.Op, critical):
		return "silence alerts"
	case warning != nil && ddquery.Holds(0, cmp.Op, *warning):
		return "silence warns"
	}
	return "silence does not alert"
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
		return []string{"Without data nobody is told; it shows NO DATA."}
	}
	return []string{"Without data" + m.timeframe() + " it shows NO DATA and tells so."}
}

// timeframe says after which time data counts as missing. Where the options do not say it is Datadog's default.
func (m *explainer) timeframe() string {
	if minutes, ok := set(m.view.Options.NoDataTimeframe); ok {
		return " for " + lapse(minutes*60)
	}
	switch q := m.query.Root.(type) {
	case *ddquery.MetricQuery:
		if q.Window.Kind == ddquery.WindowLast {
			return " for " + lapse(monitor.DefaultTimeframeWindows*q.Window.Duration().Seconds())
		}
	case *ddquery.CheckQuery:
		return " for " + count(monitor.DefaultCheckTimeframe.Hours(), "hour")
	}
	return ""
}

// missingMembers explains what a composite does whose members leave it without data.
func (m *explainer) missingMembers() []string {
	if m.view.Options.NotifiesNoData() {
		return []string{"If the result is no data" + m.timeframe() + ", it shows that and tells so."}
	}
	return []string{"If the result is no data, it keeps its last state and tells nobody."}
}

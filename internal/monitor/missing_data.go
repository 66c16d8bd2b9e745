package monitor

import (
	"slices"
	"time"

	"ddmon/internal/ddquery"
)

// MissingDataAction is how a monitor treats a group without data.
type MissingDataAction uint8

// The actions.
const (
	KeepStatus     MissingDataAction = iota // the last known status stays
	EvaluateAsZero                          // missing data is a count of zero
	ShowNoData                              // the status becomes No Data
	Resolve                                 // the status becomes OK
)

// MissingDataPolicy is how a monitor handles missing data.
type MissingDataPolicy struct {
	When MissingDataAction
	// Notify means that No Data notifies.
	Notify bool
	// After is how long data must be missing; 0 means as soon as the window is empty.
	After time.Duration
	// WhenAll applies EvaluateAsZero only if no group has data: a grouped query over events with a lower threshold does
	// not alert for a single group without events.
	WhenAll bool
}

// Querying describes a query, for MissingDataPolicy.
type Querying struct {
	// Counts means that the query counts and does not use default_zero, Events that it counts logs or events.
	Counts, Events bool
	// Grouped means that the query has groups. Comparator is its comparison.
	Grouped    bool
	Comparator string
	// Window is the length of the window.
	Window time.Duration
}

// maxTimeframe is longer than any timeframe that Datadog accepts, in minutes. It prevents overflows.
const maxTimeframe = 1e7

// MissingDataPolicy reads on_missing_data or the older notify_no_data and no_data_timeframe.
//
// If neither is set, a query that counts events evaluates missing data as zero. Other queries show No Data after twice
// the window, but do not notify.
func (o *Options) MissingDataPolicy(q Querying) MissingDataPolicy {
	zero := MissingDataPolicy{When: EvaluateAsZero, WhenAll: q.Events && q.Grouped && (q.Comparator == "<" || q.Comparator == "<=")}
	switch o.OnMissingData {
	case "default":
		if q.Counts {
			return zero
		}
		return MissingDataPolicy{When: KeepStatus}
	case "show_no_data":
		return MissingDataPolicy{When: ShowNoData}
	case "show_and_notify_no_data":
		return MissingDataPolicy{When: ShowNoData, Notify: true}
	case "resolve":
		return MissingDataPolicy{When: Resolve}
	}
	notify := isTrue(o.NotifyNoData)
	if q.Events && q.Counts && !notify {
		return zero
	}
	after := time.Duration(0)
	if minutes := o.NoDataTimeframe; minutes != nil && notify {
		after = time.Duration(min(*minutes, maxTimeframe) * float64(time.Minute))
	}
	if after <= 0 {
		after = DefaultTimeframeWindows * q.Window
	}
	return MissingDataPolicy{When: ShowNoData, Notify: notify, After: after}
}

// GroupDelay returns how long a new group is ignored, in seconds: new_group_delay or, for groups by host, the older
// new_host_delay. keys are the keys that the query groups by.
func (o *Options) GroupDelay(keys []string) (seconds float64, host bool) {
	if o.NewGroupDelay != nil {
		return *o.NewGroupDelay, false
	}
	for _, key := range keys {
		switch {
		case key != "host":
		case o.NewHostDelay != nil:
			return *o.NewHostDelay, true
		default:
			return DefaultNewHostDelay.Seconds(), true
		}
	}
	return 0, false
}

// queriesEvents reports whether a formula is over logs or events, not only over metrics.
func (m *Monitor) queriesEvents(formula ddquery.Expr) bool {
	found := false
	ddquery.Walk(formula, func(n ddquery.Node) bool {
		ref, ok := n.(*ddquery.Ref)
		found = found || ok && slices.ContainsFunc(m.Options.Variables, func(v Variable) bool { return v.Name == ref.Name && !v.HasQuery() })
		return !found
	})
	return found
}

// Querying describes a parsed query of the monitor as far as the query itself shows it: as_count of a gauge counts
// nothing, but only the data shows that.
func (m *Monitor) Querying(q *ddquery.MonitorQuery) Querying {
	keys, known := m.Groups(q)
	d := Querying{Counts: m.counts(q), Grouped: len(keys) > 0 || !known}
	if cmp := q.Comparison(); cmp != nil {
		d.Comparator = cmp.Op
	}
	var window *ddquery.Window
	switch root := q.Root.(type) {
	case *ddquery.MetricQuery:
		window = root.Window
	case *ddquery.LogQuery:
		window, d.Events = root.Last(), true
	case *ddquery.FormulaQuery:
		window, d.Events = root.Last(), m.queriesEvents(root.Expr)
	}
	if window != nil && window.Kind == ddquery.WindowLast {
		d.Window = window.Duration()
	}
	return d
}

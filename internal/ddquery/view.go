package ddquery

import (
	"encoding/json"
	"fmt"
)

// Monitor is what Check looks at of a monitor. Pointers are nil, strings and slices empty, where a field is not set.
type Monitor struct {
	Type, Query, Message string
	Options              Options
}

// Options is what Check looks at of a monitor's options. Delays are in seconds, NoDataTimeframe and RenotifyInterval in
// minutes, TimeoutH in hours.
type Options struct {
	Thresholds        Thresholds
	ThresholdWindows  *ThresholdWindows
	NotifyNoData      *bool
	NoDataTimeframe   *float64
	OnMissingData     string
	TimeoutH          *float64
	RequireFullWindow *bool
	RenotifyInterval  *float64
	RenotifyStatuses  []string
	// RenotifyOccurrences is how often a notification is repeated.
	RenotifyOccurrences    *float64
	EscalationMessage      string
	EvaluationDelay        *float64
	NewGroupDelay          *float64
	NotifyBy               []string
	GroupRetentionDuration string
	// EvaluationWindow is nil without scheduling_options.evaluation_window.
	EvaluationWindow *EvaluationWindow
	CustomSchedule   bool
	// Variables are the queries of a formula.
	Variables []FormulaVariable
}

// Thresholds are numbers in the unit of the query, of a service check counts of statuses.
type Thresholds struct {
	Critical, CriticalRecovery, Warning, WarningRecovery, OK, Unknown *float64
	// Dynamic says that critical_query or critical_recovery_query is set.
	Dynamic bool
}

// ThresholdWindows are an anomaly monitor's windows as written: last_15m.
type ThresholdWindows struct{ Trigger, Recovery string }

// EvaluationWindow says which parts of a cumulative window's start are set.
type EvaluationWindow struct{ DayStarts, MonthStarts, HourStarts bool }

// FormulaVariable is a query that a formula names, with the facets it groups by.
type FormulaVariable struct {
	Name string
	By   []string
}

// MonitorFromJSON reads the view from a monitor as the API writes it. A field of an unexpected type counts as not set,
// for its type is not Check's business.
func MonitorFromJSON(data []byte) (*Monitor, error) {
	var body fields
	if err := json.Unmarshal(data, &body); err != nil {
		return nil, fmt.Errorf("a monitor is a JSON object: %w", err)
	}
	m := &Monitor{Type: body.text("type"), Query: body.text("query"), Message: body.text("message")}
	m.Options = options(body.object("options"))
	return m, nil
}

func options(o fields) Options {
	t, schedule := o.object("thresholds"), o.object("scheduling_options")
	opts := Options{
		Thresholds: Thresholds{
			Critical: t.number("critical"), CriticalRecovery: t.number("critical_recovery"),
			Warning: t.number("warning"), WarningRecovery: t.number("warning_recovery"),
			OK: t.number("ok"), Unknown: t.number("unknown"),
			Dynamic: t.has("critical_query") || t.has("critical_recovery_query"),
		},
		NotifyNoData: o.boolean("notify_no_data"), NoDataTimeframe: o.number("no_data_timeframe"),
		OnMissingData: o.text("on_missing_data"), TimeoutH: o.number("timeout_h"),
		RequireFullWindow: o.boolean("require_full_window"),
		RenotifyInterval:  o.number("renotify_interval"), RenotifyStatuses: o.texts("renotify_statuses"),
		RenotifyOccurrences: o.number("renotify_occurrences"), EscalationMessage: o.text("escalation_message"),
		EvaluationDelay: o.number("evaluation_delay"), NewGroupDelay: o.number("new_group_delay"),
		NotifyBy:               o.texts("notify_by"),
		GroupRetentionDuration: o.text("group_retention_duration"),
		CustomSchedule:         schedule.has("custom_schedule"), Variables: variables(o["variables"]),
	}
	if w := o.object("threshold_windows"); w != nil {
		opts.ThresholdWindows = &ThresholdWindows{w.text("trigger_window"), w.text("recovery_window")}
	}
	if w := schedule.object("evaluation_window"); w != nil {
		opts.EvaluationWindow = &EvaluationWindow{w.has("day_starts"), w.has("month_starts"), w.has("hour_starts")}
	}
	return opts
}

func variables(v any) []FormulaVariable {
	list, _ := v.([]any)
	var found []FormulaVariable
	for _, item := range list {
		object, _ := item.(map[string]any)
		v := FormulaVariable{Name: fields(object).text("name")}
		groups, _ := object["group_by"].([]any)
		for _, g := range groups {
			group, _ := g.(map[string]any)
			v.By = append(v.By, fields(group).text("facet"))
		}
		found = append(found, v)
	}
	return found
}

// fields reads members of a JSON object; one that is absent, null or of another type is the zero value.
type fields map[string]any

func (f fields) has(key string) bool { return f[key] != nil }

func (f fields) text(key string) string {
	s, _ := f[key].(string)
	return s
}

func (f fields) object(key string) fields {
	o, _ := f[key].(map[string]any)
	return o
}

func (f fields) number(key string) *float64 {
	if v, ok := f[key].(float64); ok {
		return &v
	}
	return nil
}

func (f fields) boolean(key string) *bool {
	if v, ok := f[key].(bool); ok {
		return &v
	}
	return nil
}

func (f fields) texts(key string) []string {
	list, _ := f[key].([]any)
	var texts []string
	for _, item := range list {
		if s, ok := item.(string); ok {
			texts = append(texts, s)
		}
	}
	return texts
}

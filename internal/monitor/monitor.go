package monitor

import (
	"encoding/json"
	"fmt"
	"slices"

	"ddmon/internal/ddquery"
)

// Monitor is a monitor as Datadog reads it. Pointers are nil, strings and slices empty, where a field is not set.
type Monitor struct {
	Type, Name, Query, Message string
	// Priority is 1 (highest) to 5; Datadog stores 0 as none.
	Priority *float64
	// Draft says that the monitor is a draft, which notifies no one.
	Draft   bool
	Options Options
}

// Options are a monitor's options. Their units are Datadog's: delays are in seconds, NoDataTimeframe and
// RenotifyInterval in minutes, TimeoutH in hours. See defaults.go for what holds where one is not set.
type Options struct {
	Thresholds       Thresholds
	ThresholdWindows *ThresholdWindows

	OnMissingData     string
	NotifyNoData      *bool
	NoDataTimeframe   *float64
	TimeoutH          *float64
	RequireFullWindow *bool

	RenotifyInterval *float64
	RenotifyStatuses []string
	// RenotifyOccurrences is how often a notification is repeated.
	RenotifyOccurrences *float64
	EscalationMessage   string
	NotifyBy            []string
	NotifyAudit         bool
	// IncludeTags says whether a notification's title names the group.
	IncludeTags *bool

	EvaluationDelay        *float64
	NewGroupDelay          *float64
	NewHostDelay           *float64
	GroupRetentionDuration string
	// EvaluationWindow is nil without scheduling_options.evaluation_window.
	EvaluationWindow *EvaluationWindow
	CustomSchedule   bool
	// Variables are the queries of a formula.
	Variables []Variable
}

// Thresholds are numbers in the unit of the query, of a service check counts of statuses.
type Thresholds struct {
	Critical, CriticalRecovery, Warning, WarningRecovery, OK, Unknown *float64
	// Dynamic says that critical_query or critical_recovery_query is set, DynamicCritical that the former is.
	Dynamic, DynamicCritical bool
}

// ThresholdWindows are an anomaly monitor's windows as written: last_15m.
type ThresholdWindows struct{ Trigger, Recovery string }

// EvaluationWindow says when a cumulative window starts.
type EvaluationWindow struct {
	// DayStarts is a time of day: 14:00.
	DayStarts *string
	// MonthStarts is a day of the month, HourStarts a minute of the hour.
	MonthStarts, HourStarts *float64
	// Timezone is a name of the IANA database; empty means UTC.
	Timezone string
}

// Of reads a monitor's body in the shape of the API's JSON. A field of an unexpected type counts as not set: the type is
// for package kind to judge. In a text, an id that is not known yet reads ${address.id}.
func Of(body map[string]any) *Monitor {
	f := Fields(body)
	return &Monitor{
		Type: f.Text("type"), Name: f.Text("name"), Query: f.Text("query"), Message: f.Text("message"),
		Priority: f.Number("priority"), Draft: f.Text("draft_status") == "draft", Options: options(f.Object("options")),
	}
}

// FromJSON reads a monitor as the API writes it. The error is that of JSON that is not an object, or that holds a number
// out of range.
func FromJSON(data []byte) (*Monitor, error) {
	var body map[string]any
	if err := json.Unmarshal(data, &body); err != nil {
		return nil, fmt.Errorf("a monitor is a JSON object: %w", err)
	}
	return Of(body), nil
}

func options(o Fields) Options {
	schedule := o.Object("scheduling_options")
	return Options{
		Thresholds: thresholds(o.Object("thresholds")), ThresholdWindows: thresholdWindows(o.Object("threshold_windows")),

		OnMissingData: o.Text("on_missing_data"), NotifyNoData: o.Bool("notify_no_data"),
		NoDataTimeframe: o.Number("no_data_timeframe"), TimeoutH: o.Number("timeout_h"),
		RequireFullWindow: o.Bool("require_full_window"),

		RenotifyInterval: o.Number("renotify_interval"), RenotifyStatuses: o.Texts("renotify_statuses"),
		RenotifyOccurrences: o.Number("renotify_occurrences"), EscalationMessage: o.Text("escalation_message"),
		NotifyBy: o.Texts("notify_by"), NotifyAudit: isTrue(o.Bool("notify_audit")), IncludeTags: o.Bool("include_tags"),

		EvaluationDelay: o.Number("evaluation_delay"), NewGroupDelay: o.Number("new_group_delay"),
		NewHostDelay: o.Number("new_host_delay"), GroupRetentionDuration: o.Text("group_retention_duration"),
		EvaluationWindow: evaluationWindow(schedule.Object("evaluation_window")), CustomSchedule: schedule.Has("custom_schedule"),
		Variables: variables(o["variables"]),
	}
}

func thresholds(t Fields) Thresholds {
	critical := t.Has("critical_query")
	return Thresholds{
		Critical: t.Number("critical"), CriticalRecovery: t.Number("critical_recovery"),
		Warning: t.Number("warning"), WarningRecovery: t.Number("warning_recovery"),
		OK: t.Number("ok"), Unknown: t.Number("unknown"),
		Dynamic: critical || t.Has("critical_recovery_query"), DynamicCritical: critical,
	}
}

func thresholdWindows(w Fields) *ThresholdWindows {
	if w == nil {
		return nil
	}
	return &ThresholdWindows{w.Text("trigger_window"), w.Text("recovery_window")}
}

func evaluationWindow(w Fields) *EvaluationWindow {
	if w == nil {
		return nil
	}
	e := &EvaluationWindow{MonthStarts: w.Number("month_starts"), HourStarts: w.Number("hour_starts"), Timezone: w.Text("timezone")}
	if w.Has("day_starts") {
		start := w.Text("day_starts")
		e.DayStarts = &start
	}
	return e
}

// Groups returns the keys that the monitor alerts by, given its parsed query. known is false where they are not in the
// body: a composite's groups are those of its members, and a service check's by("*") is every tag.
func (m *Monitor) Groups(q *ddquery.MonitorQuery) (keys []string, known bool) {
	keys, known = q.Groups()
	if _, ok := q.Root.(*ddquery.FormulaQuery); ok {
		for i := range m.Options.Variables {
			keys = append(keys, m.Options.Variables[i].By...)
		}
		known = !slices.Contains(keys, "*")
	}
	return keys, known
}

func isTrue(b *bool) bool { return b != nil && *b }

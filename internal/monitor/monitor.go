package monitor

import (
	"encoding/json"
	"fmt"
	"slices"

	"ddmon/internal/ddquery"
)

// Monitor is the typed view of a monitor. Fields that are not set are nil or empty.
type Monitor struct {
	Type, Name, Query, Message string
	// Priority is 1 (highest) to 5 (lowest). Datadog treats 0 as no priority.
	Priority *float64
	// Draft reports that the monitor is a draft, which notifies no one.
	Draft   bool
	Options Options
}

// Options are the options of a monitor, in Datadog's units: delays are in seconds, NoDataTimeframe and RenotifyInterval
// in minutes, TimeoutH in hours. See defaults.go for the defaults.
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
	// RenotifyOccurrences is the number of renotifications.
	RenotifyOccurrences *float64
	EscalationMessage   string
	NotifyBy            []string
	NotifyAudit         bool
	// IncludeTags reports whether the title of a notification contains the group.
	IncludeTags *bool

	EvaluationDelay        *float64
	NewGroupDelay          *float64
	NewHostDelay           *float64
	GroupRetentionDuration string
	// EvaluationWindow is scheduling_options.evaluation_window.
	EvaluationWindow *EvaluationWindow
	// CustomSchedule reports whether the monitor has a custom schedule; Schedules are its recurrences.
	CustomSchedule bool
	Schedules      []Schedule
	// Variables are the queries of a formula.
	Variables []Variable
}

// Thresholds are the thresholds in the unit of the query. Those of a service check are numbers of statuses.
type Thresholds struct {
	Critical, CriticalRecovery, Warning, WarningRecovery, OK, Unknown *float64
	// Dynamic reports whether critical_query or critical_recovery_query is set, DynamicCritical whether critical_query
	// is set.
	Dynamic, DynamicCritical bool
}

// ThresholdWindows are the windows of an anomaly monitor, as written: last_15m.
type ThresholdWindows struct{ Trigger, Recovery string }

// EvaluationWindow is the start of a cumulative window.
type EvaluationWindow struct {
	// DayStarts is a time of day: 14:00.
	DayStarts *string
	// MonthStarts is a day of the month, HourStarts a minute of the hour.
	MonthStarts, HourStarts *float64
	// Timezone is an IANA time zone name. Empty means UTC.
	Timezone string
}

// FromBody returns the typed view of a monitor's body, which has the format of the API's JSON. It ignores fields of an
// unexpected type, because package kind validates the types. An unknown ID in a string is ${address.id}.
func FromBody(body map[string]any) *Monitor {
	f := Fields(body)
	return &Monitor{
		Type: f.Text("type"), Name: f.Text("name"), Query: f.Text("query"), Message: f.Text("message"),
		Priority: f.Number("priority"), Draft: f.Text("draft_status") == "draft", Options: options(f.Object("options")),
	}
}

// FromJSON parses the JSON of a monitor from the API. It returns an error if it is not an object or a number is out of
// range.
func FromJSON(data []byte) (*Monitor, error) {
	var body map[string]any
	if err := json.Unmarshal(data, &body); err != nil {
		return nil, fmt.Errorf("a monitor must be a JSON object: %w", err)
	}
	return FromBody(body), nil
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
		Schedules: schedules(schedule.Object("custom_schedule")),
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

func schedules(custom Fields) []Schedule {
	list, _ := custom["recurrences"].([]any)
	var found []Schedule
	for _, item := range list {
		r, _ := item.(map[string]any)
		f := Fields(r)
		found = append(found, Schedule{Rule: f.Text("rrule"), Start: f.Text("start"), Timezone: f.Text("timezone")})
	}
	return found
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

// Groups returns the keys that the monitor groups by, given its parsed query. known is false if they are not in the
// body: a composite has the groups of its members, and by("*") in a service check means all tags.
func (m *Monitor) Groups(q *ddquery.MonitorQuery) (keys []string, known bool) {
	keys, known = q.Groups()
	if root, ok := q.Root.(*ddquery.FormulaQuery); ok {
		keys = append(keys, m.formulaKeys(root.Expr)...)
		known = !slices.Contains(keys, "*")
	}
	return keys, known
}

// formulaKeys returns the keys of the queries in a formula, without those whose groups are counted.
func (m *Monitor) formulaKeys(x ddquery.Expr) (keys []string) {
	ddquery.Walk(x, func(n ddquery.Node) bool {
		switch n := n.(type) {
		case *ddquery.Call:
			return !n.CountsGroups()
		case *ddquery.Ref:
			for i := range m.Options.Variables {
				if v := &m.Options.Variables[i]; v.Name == n.Name {
					keys = append(keys, v.GroupKeys()...)
				}
			}
		}
		return true
	})
	return keys
}

func isTrue(b *bool) bool { return b != nil && *b }

package monitorcheck

import (
	"fmt"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // time zones must not depend on the machine

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
)

const (
	schedulePath = "options.scheduling_options"
	windowPath   = schedulePath + ".evaluation_window"
	customPath   = schedulePath + ".custom_schedule"
)

// customSchedule checks the custom schedule. Sources: Datadog's guide to custom schedules and its OpenAPI file (one
// evaluation a day at most, no DTSTART, DTEND or DURATION, for metric, log and event monitors), and its Terraform
// provider (one recurrence, with a rule and a time zone). The recordings accept a schedule without on_missing_data,
// which the OpenAPI file calls required.
func (k *checker) customSchedule() {
	o := &k.m.Options
	if !o.CustomSchedule {
		return
	}
	if o.RequireFullWindow != nil && *o.RequireFullWindow {
		k.add("schedule_full_window", SeverityError, "options.require_full_window", "a custom schedule conflicts with require_full_window", "set it to false")
	}
	if !slices.Contains([]string{"query alert", "metric alert", "log alert", "event alert", "event-v2 alert"}, k.m.Type) {
		k.add("schedule_type", SeverityWarning, customPath, "Datadog documents custom schedules only for metric, log and event monitors, not for type \""+k.m.Type+"\"", "remove it")
	}
	if n := len(o.Schedules); n != 1 {
		k.add("schedule_recurrences", SeverityError, customPath, fmt.Sprintf("a custom schedule needs exactly one recurrence, and this one has %d", n),
			`write recurrences = [{ rrule = "FREQ=DAILY;INTERVAL=1", start = "2025-01-31T09:00:00", timezone = "Europe/Berlin" }]`)
		return
	}
	k.recurrence(&o.Schedules[0], customPath+".recurrences[0]")
}

func (k *checker) recurrence(s *monitor.Schedule, path string) {
	k.rule(s.Rule, path+".rrule")
	if s.Start != "" {
		if _, err := time.Parse("2006-01-02T15:04:05", s.Start); err != nil {
			k.add("schedule_time", SeverityError, path+".start", s.Start+" is not a date and time without a time zone", `write "2025-01-31T09:00:00" and set timezone`)
		}
	}
	if s.Timezone == "" {
		k.add("schedule_time", SeverityWarning, path, "the custom schedule has no timezone, which Datadog's Terraform provider requires", `set timezone = "UTC"`)
	}
	k.timezone(s.Timezone, path+".timezone")
}

// timezone checks the name of a time zone.
func (k *checker) timezone(name, field string) {
	if _, err := time.LoadLocation(name); err != nil || name == "Local" {
		k.add("schedule_time", SeverityError, field, name+" is not the name of a time zone", "write a name such as UTC or Europe/Berlin")
	}
}

// cumulative checks that a cumulative window has a start, and that no other window has one.
func (k *checker) cumulative() {
	const server = "Monitors with an evaluation_window scheduling_option must have a current query period and vice versa."
	var w *ddquery.Window
	switch q := k.q.Root.(type) {
	case *ddquery.MetricQuery:
		w = q.Window
	case *ddquery.FormulaQuery:
		w = q.Last()
	default:
		return
	}
	current, start := w.Kind == ddquery.WindowCurrent, k.m.Options.EvaluationWindow
	switch {
	case current && start == nil:
		k.at(w, "evaluation_window", SeverityError, "the cumulative window "+w.Text+" has no start",
			"set options.scheduling_options.evaluation_window").ServerError = server
	case !current && start != nil:
		k.at(w, "evaluation_window", SeverityError, "options.scheduling_options.evaluation_window requires a cumulative window",
			"write current_1h, current_1d or current_1mo here").ServerError = server
	}
	if start != nil {
		k.windowStart(start)
	}
	if current && start != nil {
		k.windowFits(w, start)
	}
}

// windowStart checks the start of a cumulative window.
func (k *checker) windowStart(start *monitor.EvaluationWindow) {
	if start.HourStarts != nil && (start.DayStarts != nil || start.MonthStarts != nil) {
		k.add("evaluation_window_fields", SeverityError, windowPath, "hour_starts conflicts with day_starts and month_starts", "keep one")
	}
	if start.MonthStarts != nil && start.DayStarts == nil {
		k.add("evaluation_window_fields", SeverityError, windowPath, "month_starts requires day_starts", `set day_starts = "00:00"`)
	}
	if start.DayStarts != nil {
		if _, err := time.Parse("15:04", *start.DayStarts); err != nil || len(*start.DayStarts) != len("15:04") {
			k.add("schedule_time", SeverityError, windowPath+".day_starts", *start.DayStarts+" is not a time of day", `write "04:00"`)
		}
	}
	if h := start.HourStarts; h != nil && (*h < 0 || *h > 59) {
		k.add("schedule_time", SeverityError, windowPath+".hour_starts", number(*h)+" is not a minute between 0 and 59", "")
	}
	if d := start.MonthStarts; d != nil && *d != 1 {
		k.add("schedule_time", SeverityError, windowPath+".month_starts", "month_starts is "+number(*d)+", but Datadog starts a cumulative month only on day 1", "write 1")
	}
	k.timezone(start.Timezone, windowPath+".timezone")
}

// windowFits checks that the start has the field that a cumulative window needs. Datadog is recorded to accept
// month_starts with current_1d.
func (k *checker) windowFits(w *ddquery.Window, start *monitor.EvaluationWindow) {
	missing := ""
	switch {
	case strings.HasSuffix(w.Text, "h"):
		if start.HourStarts == nil {
			missing = "hour_starts"
		}
	case start.DayStarts == nil && start.MonthStarts == nil: // month_starts without day_starts is reported above
		missing = "day_starts"
	case strings.HasSuffix(w.Text, "mo") && start.MonthStarts == nil:
		missing = "month_starts"
	}
	if missing != "" {
		k.add("evaluation_window_fields", SeverityWarning, windowPath, "the window "+w.Text+" starts at "+missing+", which is not set", "set "+missing)
	}
}

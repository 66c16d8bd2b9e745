package explain

import (
	"strings"
	"time"

	"ddmon/internal/ddquery"
)

// schedule says what is evaluated and how often. Longer windows are evaluated less often. The frequency is not
// documented for forecasts, and legacy log queries have no window.
func (m *explainer) schedule(w *ddquery.Window, what string) string {
	often := "Every 30 minutes, "
	switch {
	case m.view.Options.CustomSchedule:
		often = "At its scheduled times, "
	case w == nil || w.Kind == ddquery.WindowNext:
		often = ""
	case w.Duration() < 24*time.Hour:
		often = "Every minute, "
	case w.Duration() < 48*time.Hour:
		often = "Every 10 minutes, "
	}
	return often + "Datadog evaluates " + what + "."
}

// timing explains the options that affect when a monitor is evaluated.
func (m *explainer) timing() []string {
	o := &m.view.Options
	var lines []string
	if delay, ok := nonZero(o.EvaluationDelay); ok {
		lines = append(lines, "Evaluation is delayed by "+formatSeconds(delay)+" to include late data.")
	}
	if o.RequireFullWindow != nil && *o.RequireFullWindow && m.isMetric() {
		lines = append(lines, "It keeps its state until there is data for the full window.")
	}
	for _, s := range o.Schedules {
		line := "Its schedule is " + code(s.Rule)
		if s.Start != "" {
			line += ", starting " + strings.Replace(s.Start, "T", " at ", 1)
		}
		if s.Timezone != "" {
			line += " (" + s.Timezone + ")"
		}
		lines = append(lines, line+".")
	}
	lines = append(lines, m.cumulative()...)
	return append(lines, m.newGroups()...)
}

func (m *explainer) isMetric() bool {
	return m.view.Type == "query alert" || m.view.Type == "metric alert"
}

// cumulative says when a cumulative window such as current_1d starts.
func (m *explainer) cumulative() []string {
	w := m.view.Options.EvaluationWindow
	if w == nil {
		return nil
	}
	zone := ""
	if w.Timezone != "" {
		zone = " (" + w.Timezone + ")"
	}
	switch {
	case w.HourStarts != nil:
		return []string{"The hour starts at minute " + formatNumber(*w.HourStarts) + "."}
	case w.DayStarts == nil || *w.DayStarts == "":
		return nil
	case w.MonthStarts != nil:
		return []string{"The month starts on day " + formatNumber(*w.MonthStarts) + " at " + *w.DayStarts + zone + "."}
	}
	return []string{"The day starts at " + *w.DayStarts + zone + "."}
}

// newGroups says how long Datadog waits before it evaluates a new group.
func (m *explainer) newGroups() []string {
	seconds, host := m.view.Options.GroupDelay(m.groupKeys())
	switch {
	case seconds <= 0 || len(m.groupKeys()) == 0:
		return nil
	case host:
		return []string{"A new host is evaluated only after " + formatSeconds(seconds) + "."}
	}
	return []string{"A new group is evaluated only after " + formatSeconds(seconds) + "."}
}

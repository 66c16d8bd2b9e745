package explain

import (
	"slices"
	"time"

	"ddmon/internal/ddquery"
)

// looks says what is looked at and how often: a longer window is evaluated less often. How often a forecast is, is not
// documented; old queries of logs lack a window.
func (m *explainer) looks(w *ddquery.Window, what string) string {
	often := "Every 30 minutes it"
	switch {
	case m.view.Options.CustomSchedule:
		often = "At the times of its schedule it"
	case w == nil || w.Kind == ddquery.WindowNext:
		often = "It"
	case w.Duration() < 24*time.Hour:
		often = "Every minute it"
	case w.Duration() < 48*time.Hour:
		often = "Every 10 minutes it"
	}
	return often + " looks at " + what + "."
}

// timing says what else decides when a monitor looks.
func (m *explainer) timing() []string {
	o := &m.view.Options
	var lines []string
	if delay, ok := set(o.EvaluationDelay); ok {
		lines = append(lines, "It looks "+lapse(delay)+" behind, so that data that comes late is seen.")
	}
	if o.RequireFullWindow != nil && *o.RequireFullWindow && m.isMetric() {
		lines = append(lines, "While data for a full window is not there yet, it keeps its state.")
	}
	lines = append(lines, m.cumulative()...)
	return append(lines, m.newcomers()...)
}

func (m *explainer) isMetric() bool {
	return m.view.Type == "query alert" || m.view.Type == "metric alert"
}

// cumulative says when a window such as current_1d starts.
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
		return []string{"Its hour starts at minute " + figure(*w.HourStarts) + "."}
	case w.DayStarts == nil || *w.DayStarts == "":
		return nil
	case w.MonthStarts != nil:
		return []string{"Its month starts on day " + figure(*w.MonthStarts) + " at " + *w.DayStarts + zone + "."}
	}
	return []string{"Its day starts at " + *w.DayStarts + zone + "."}
}

// newcomers says how long a group that is seen for the first time is left alone.
func (m *explainer) newcomers() []string {
	o := &m.view.Options
	if o.NewGroupDelay != nil {
		if delay, ok := set(o.NewGroupDelay); ok {
			return []string{"A group that is seen for the first time is left alone for " + lapse(delay) + "."}
		}
		return nil
	}
	delay, ok := set(o.NewHostDelay)
	if ok && delay > 0 && slices.Contains(m.groupKeys(), "host") {
		return []string{"A host that is seen for the first time is left alone for " + lapse(delay) + "."}
	}
	return nil
}

package explain

import (
	"slices"
	"time"

	"ddmon/internal/ddquery"
	"ddmon/internal/object"
)

// looks says what is looked at and how often: a longer window is evaluated less often. How often a forecast is, is not
// documented; old queries of logs lack a window.
func (m *monitor) looks(w *ddquery.Window, what string) string {
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
func (m *monitor) timing() []string {
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

func (m *monitor) isMetric() bool {
	return m.view.Type == "query alert" || m.view.Type == "metric alert"
}

// cumulative says when a window such as current_1d starts.
func (m *monitor) cumulative() []string {
	w := fields(fields(m.option("scheduling_options"))["evaluation_window"])
	zone, _ := w["timezone"].(string)
	if zone != "" {
		zone = " (" + zone + ")"
	}
	if minute, ok := object.Float(w["hour_starts"]); ok {
		return []string{"Its hour starts at minute " + figure(minute) + "."}
	}
	start, _ := w["day_starts"].(string)
	if start == "" {
		return nil
	}
	if dayOfMonth, ok := object.Float(w["month_starts"]); ok {
		return []string{"Its month starts on day " + figure(dayOfMonth) + " at " + start + zone + "."}
	}
	return []string{"Its day starts at " + start + zone + "."}
}

// newcomers says how long a group that is seen for the first time is left alone.
func (m *monitor) newcomers() []string {
	o := &m.view.Options
	if o.NewGroupDelay != nil {
		if delay, ok := set(o.NewGroupDelay); ok {
			return []string{"A group that is seen for the first time is left alone for " + lapse(delay) + "."}
		}
		return nil
	}
	delay, ok := object.Float(m.option("new_host_delay"))
	if ok && delay > 0 && slices.Contains(m.groupKeys(), "host") {
		return []string{"A host that is seen for the first time is left alone for " + lapse(delay) + "."}
	}
	return nil
}

// option returns one of the options that the parser's view lacks.
func (m *monitor) option(name string) any { return fields(m.body["options"])[name] }

// fields returns v if it is a JSON object, else nil, which reads like an empty one.
func fields(v any) map[string]any {
	o, _ := v.(map[string]any)
	return o
}

package sandbox

import (
	"slices"
	"strings"

	"ddmon/internal/monitor"
	"ddmon/internal/monitorcheck"
)

// checkMonitor checks a monitor in the form in which it would be stored. It returns Datadog's error message, or "".
func checkMonitor(m object) string {
	if problem := checkShapes(m); problem != "" {
		return problem
	}
	return checkQuery(m)
}

// checkQuery returns an error message only if monitorcheck knows Datadog's own message for the problem. It accepts
// queries that Datadog might reject with an unknown message.
func checkQuery(m object) string {
	view, err := monitor.FromJSON(encode(object{"type": m["type"], "query": m["query"], "options": m["options"]}))
	if err != nil { // a number that does not fit into a float64
		return ""
	}
	for _, p := range monitorcheck.Check(view) {
		if p.Severity == monitorcheck.SeverityError && p.ServerError != "" && reliable(view, p.ServerError) {
			return p.ServerError
		}
	}
	return ""
}

// reliable reports whether an error message can be trusted. Syntax errors are reliable only if the grammar of the
// monitor type is known. An empty query is invalid in every grammar.
func reliable(m *monitor.Monitor, problem string) bool {
	aboutSyntax := strings.HasPrefix(problem, invalidParameter("query"))
	return !aboutSyntax || grammarKnown(m.Type) || strings.TrimSpace(m.Query) == ""
}

// checkShapes rejects values of the wrong JSON type, so that the rest of the package can rely on the types.
func checkShapes(m object) string {
	for _, name := range []string{"type", "query", "name", "message"} {
		if v := m[name]; v != nil && !isA[string](v) {
			return invalidParameter(name)
		}
	}
	for _, name := range []string{"tags", "assets", "restricted_roles"} {
		if v := m[name]; v != nil && !isA[[]any](v) {
			return invalidParameter(name)
		}
	}
	options, _ := m["options"].(object)
	if v := m["options"]; v != nil && !isA[object](v) {
		return invalidParameter("options")
	}
	for _, name := range []string{"thresholds", "silenced", "scheduling_options"} {
		if v := options[name]; v != nil && !isA[object](v) {
			return invalidParameter(name)
		}
	}
	return ""
}

func isA[T any](v any) bool {
	_, is := v.(T)
	return is
}

// logType reports whether queries of a monitor type are a search followed by a comparison.
func logType(kind string) bool {
	return slices.Contains([]string{"log alert", "rum alert", "ci-pipelines alert", "ci-tests alert",
		"error-tracking alert", "llm-observability alert", "event-v2 alert"}, kind)
}

func metricType(kind string) bool {
	return kind == "metric alert" || kind == "query alert"
}

// grammarKnown reports whether there are recordings of queries of a monitor type.
func grammarKnown(kind string) bool {
	return metricType(kind) || logType(kind) || slices.Contains([]string{"service check", "composite", "slo alert"}, kind)
}

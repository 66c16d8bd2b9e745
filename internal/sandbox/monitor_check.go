package sandbox

import (
	"slices"
	"strings"

	"ddmon/internal/monitor"
	"ddmon/internal/monitorcheck"
)

// checkMonitor returns Datadog's text if it refuses the monitor as it would be stored, or "".
func checkMonitor(m object) string {
	if problem := checkShapes(m); problem != "" {
		return problem
	}
	return checkQuery(m)
}

// checkQuery refuses what the parser of queries knows that Datadog refuses, and in whose words. It accepts what
// Datadog may refuse in words that nobody has seen.
func checkQuery(m object) string {
	view, err := monitor.FromJSON(encode(object{"type": m["type"], "query": m["query"], "options": m["options"]}))
	if err != nil { // a number that no float64 holds
		return ""
	}
	for _, p := range monitorcheck.Check(view) {
		if p.Severity == monitorcheck.SeverityError && p.Server != "" && reliable(view, p.Server) {
			return p.Server
		}
	}
	return ""
}

// reliable reports whether a refusal can be trusted: of the syntax only where the type's grammar is known. An empty
// query is none in any grammar.
func reliable(m *monitor.Monitor, problem string) bool {
	aboutSyntax := strings.HasPrefix(problem, invalidParameter("query"))
	return !aboutSyntax || grammarKnown(m.Type) || strings.TrimSpace(m.Query) == ""
}

// checkShapes refuses values of the wrong JSON type, which the rest of the package then need not expect.
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

// logType reports whether a type's query is known to be a search with a comparison at its end.
func logType(kind string) bool {
	return slices.Contains([]string{"log alert", "rum alert", "ci-pipelines alert", "ci-tests alert",
		"error-tracking alert", "llm-observability alert", "event-v2 alert"}, kind)
}

func metricType(kind string) bool {
	return kind == "metric alert" || kind == "query alert"
}

// grammarKnown reports whether recordings show queries of a type.
func grammarKnown(kind string) bool {
	return metricType(kind) || logType(kind) || slices.Contains([]string{"service check", "composite", "slo alert"}, kind)
}

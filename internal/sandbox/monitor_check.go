package sandbox

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// monitorCheck returns Datadog's text if the monitor is refused, or "".
type monitorCheck func(m object) string

// checkMonitor runs the checks on a monitor as it would be stored and returns the first refusal.
func checkMonitor(m object) string {
	for _, check := range []monitorCheck{
		checkType, checkShapes, checkQuery, checkThresholdStatuses, checkAlertThreshold, checkWarningOrder,
		checkGroupDelay, checkEvaluationWindow, checkRetention,
	} {
		if refusal := check(m); refusal != "" {
			return refusal
		}
	}
	return ""
}

func checkType(m object) string {
	if kind, sent := m["type"]; !sent || kind == nil || kind == "" {
		return "The parameter 'type' is required"
	}
	return ""
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

func checkQuery(m object) string {
	query := text(m, "query")
	_, _, compares := comparison(query)
	switch kind := text(m, "type"); {
	case query == "", metricType(kind) && (!compares || !metricShape(query)):
		return invalidParameter("query")
	case logType(kind) && !compares:
		return invalidParameter("query") + ": invalid operator specified: "
	}
	return ""
}

// staticThresholds returns the thresholds of a monitor whose query ends in one of them.
func staticThresholds(m object) (t object, operator, number string) {
	operator, number, found := comparison(text(m, "query"))
	if kind := text(m, "type"); !found || number == "threshold" || kind == "service check" || kind == "composite" {
		return nil, "", ""
	}
	options, _ := m["options"].(object)
	t, _ = options["thresholds"].(object)
	return t, operator, number
}

func checkThresholdStatuses(m object) string {
	if kind := text(m, "type"); kind != "log alert" && kind != "event-v2 alert" {
		return ""
	}
	t, _, _ := staticThresholds(m)
	for _, status := range []string{"critical_recovery", "warning_recovery"} {
		if t[status] != nil {
			return "Invalid threshold statuses found: " + status + "."
		}
	}
	return ""
}

func checkAlertThreshold(m object) string {
	t, _, number := staticThresholds(m)
	if len(t) == 0 || t["critical_query"] != nil {
		return ""
	}
	critical, isNumber := float(t["critical"])
	if t["critical"] == nil && t["warning"] != nil {
		return "Alert status is required."
	}
	inQuery, readable := float(json.Number(number))
	if isNumber && readable && critical != inQuery {
		return fmt.Sprintf("Alert threshold (%s) does not match that used in the query (%s).",
			floatText(critical), floatText(inQuery))
	}
	return ""
}

func checkWarningOrder(m object) string {
	t, operator, _ := staticThresholds(m)
	critical, hasCritical := float(t["critical"])
	warning, hasWarning := float(t["warning"])
	if !hasCritical || !hasWarning {
		return ""
	}
	relation := ""
	switch {
	case strings.HasPrefix(operator, ">") && warning >= critical:
		relation = "less"
	case strings.HasPrefix(operator, "<") && warning <= critical:
		relation = "greater"
	default:
		return ""
	}
	return fmt.Sprintf("Warning threshold (%s) must be %s than the alert threshold (%s) with %s comparison.",
		floatText(warning), relation, floatText(critical), operator)
}

func checkGroupDelay(m object) string {
	options, _ := m["options"].(object)
	delay, sent := float(options["new_group_delay"])
	if sent && delay != 0 && !multi(text(m, "type"), text(m, "query"), options["variables"]) {
		return "The new_group_delay option can only be used for multi-alert monitors"
	}
	return ""
}

func checkEvaluationWindow(m object) string {
	if !metricType(text(m, "type")) {
		return ""
	}
	options, _ := m["options"].(object)
	scheduling, _ := options["scheduling_options"].(object)
	window, _ := scheduling["evaluation_window"].(object)
	if current := strings.Contains(text(m, "query"), "(current_"); current != (len(window) > 0) {
		return "Monitors with an evaluation_window scheduling_option must have a current query period and vice versa."
	}
	return ""
}

// checkRetention compares in minutes, and only with a retention that was sent: the default depends on the type.
func checkRetention(m object) string {
	options, _ := m["options"].(object)
	timeframe, sent := float(options["no_data_timeframe"])
	retention, readable := minutes(text(options, "group_retention_duration"))
	if sent && readable && options["notify_no_data"] == true && timeframe > retention {
		return "no_data_timeframe must not exceed group retention"
	}
	return ""
}

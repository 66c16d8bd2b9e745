package kind

import (
	"fmt"
	"strings"
)

// terraformNames says what to write instead of a name that only Datadog's Terraform provider has.
var terraformNames = map[string]string{
	"monitor_thresholds":        "Write: options { thresholds { ... } }",
	"monitor_threshold_windows": "Write: options { threshold_windows { ... } }",
	"metric_query":              "Write its fields directly in queries { ... }, with data_source = \"metrics\".",
	"formula_expression":        "Write: formula = ...",
	"search_query":              "Write: search { query = ... }",
	"compute_query":             "Write: compute { ... }",
	"live_span":                 "Write: time { live_span = ... }",
	"widget_layout":             "Write: layout { ... }",
	"one_time_schedule":         "Write its fields directly in schedule { ... }",
	"recurrence":                "Write: schedule { recurrences { ... } }",
	"recurring_schedule":        "Write its fields directly in schedule { ... }",
	"dashboard_lists":           "ddmon does not manage dashboard lists. Remove it.",
	"force_delete":              "ddmon has no such setting. Remove it.",
	"validate":                  "Remove it. `ddmon validate` and every plan check the object.",
}

// terraform says what to write instead of a name of Datadog's Terraform provider, or "". v is its value, or nil if the
// name alone decides. The provider nests a query in a block with the name of its source: variables { event_query { ... } }.
// Its new versions add sources.
func terraform(container, key string, v any) string {
	advice := terraformNames[key]
	switch container {
	case "variables", "queries", "query":
		if advice == "" && strings.HasSuffix(key, "_query") && holdsObject(v) {
			advice = fmt.Sprintf("Write its fields directly in %s { ... }", container)
		}
	}
	if advice == "" {
		return ""
	}
	return fmt.Sprintf("%q is a name of Datadog's Terraform provider. %s", key, advice)
}

// holdsObject reports whether a value is that of a block, or of several blocks.
func holdsObject(v any) bool {
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	_, ok := v.(map[string]any)
	return ok
}

package kind

import (
	"fmt"
	"strings"

	"ddmon/internal/object"
)

// checkDashboard reports dashboards that Datadog is recorded to reject although each field by itself is valid (FINDINGS,
// error table).
func checkDashboard(body map[string]any) []Problem {
	problems := checkTeamTags(body)
	for i, variable := range objectsIn(body["template_variables"]) {
		problems = append(problems, checkVariable(variable, object.Path{"template_variables", i})...)
	}
	for i, preset := range objectsIn(body["template_variable_presets"]) {
		for j, value := range objectsIn(preset["template_variables"]) {
			problems = append(problems, checkPresetValue(value, object.Path{"template_variable_presets", i, "template_variables", j})...)
		}
	}
	return problems
}

func checkTeamTags(body map[string]any) []Problem {
	var problems []Problem
	tags, _ := body["tags"].([]any)
	for i, tag := range tags {
		if text, isString := tag.(string); isString && !strings.HasPrefix(text, "team:") {
			problems = append(problems, invalidDashboard(object.Path{"tags", i},
				fmt.Sprintf("%q is not a valid tag of a dashboard: Datadog only accepts the key team. Write \"team:...\".", text)))
		}
	}
	return problems
}

func checkVariable(variable map[string]any, at object.Path) []Problem {
	defaults, isList := variable["defaults"].([]any)
	if isList && variable["default"] != nil {
		return []Problem{invalidDashboard(at.With("default"), "default and defaults cannot be combined. Remove default.")}
	}
	for i, value := range defaults {
		if value == "" {
			return []Problem{invalidDashboard(at.With("defaults").With(i), "A default value cannot be empty. Write \"*\" for all values.")}
		}
	}
	return nil
}

func checkPresetValue(value map[string]any, at object.Path) []Problem {
	values, isList := value["values"].([]any)
	switch {
	case isList && value["value"] != nil:
		return []Problem{invalidDashboard(at.With("value"), "value and values cannot be combined. Remove value.")}
	case isList && len(values) == 0:
		return []Problem{invalidDashboard(at.With("values"), "values needs at least one value. Write [\"*\"] for all values.")}
	}
	return nil
}

func invalidDashboard(at object.Path, detail string) Problem {
	return Problem{Path: at, Code: CodeInvalidValue, Severity: Error, Summary: "Invalid value", Detail: detail}
}

// objectsIn returns the objects in a list, and nil for other elements.
func objectsIn(v any) []map[string]any {
	list, _ := v.([]any)
	out := make([]map[string]any, len(list))
	for i, e := range list {
		out[i], _ = e.(map[string]any)
	}
	return out
}

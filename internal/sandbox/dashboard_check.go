package sandbox

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

const readOnlyError = "The is_read_only attribute is no longer supported. " +
	"https://docs.datadoghq.com/dashboards/guide/is-read-only-deprecation/"

// checkDashboard rejects a body with Datadog's error message. It does not check the content of widgets.
func checkDashboard(d object) *response {
	for _, check := range []func(object) string{checkLayout, checkTitle, checkWidgets, checkTeamTags, checkVariables, checkPresets} {
		if problem := check(d); problem != "" {
			return badRequest(problem)
		}
	}
	if _, sent := d["is_read_only"]; sent {
		return detailedError(readOnlyError)
	}
	return nil
}

func checkLayout(d object) string {
	if layout := d["layout_type"]; layout != "ordered" && layout != "free" {
		return "Value of parameter 'layout_type' should be any of these ['ordered', 'free']"
	}
	return ""
}

func checkTitle(d object) string {
	switch title, sent := d["title"]; {
	case !sent || title == nil:
		return "The parameter 'title' is required"
	case !isA[string](title):
		return invalidParameter("title")
	}
	return ""
}

func checkWidgets(d object) string {
	if !isA[[]any](d["widgets"]) {
		return "'widgets' should be array"
	}
	return ""
}

func checkTeamTags(d object) string {
	for _, tag := range stringList(d["tags"]) {
		if !strings.HasPrefix(tag, "team:") {
			return "Invalid tag format. Valid tag keys are: team."
		}
	}
	return ""
}

// checkVariables rejects the deprecated default together with defaults.
func checkVariables(d object) string {
	for _, variable := range objects(d["template_variables"]) {
		defaults, isList := variable["defaults"].([]any)
		if variable["default"] != nil && isList {
			return "'template_variables' is invalid"
		}
		if slices.Contains(defaults, any("")) {
			return "Minimum length of parameter 'defaults' should be 1"
		}
	}
	return ""
}

func checkPresets(d object) string {
	for _, preset := range objects(d["template_variable_presets"]) {
		for _, variable := range objects(preset["template_variables"]) {
			values, isList := variable["values"].([]any)
			if variable["value"] != nil && isList {
				return "'template_variables' value '" + pythonLiteral(variable) + "' is invalid"
			}
			if isList && len(values) == 0 {
				return "Minimum number of elements in parameter 'values' should be 1"
			}
		}
	}
	return ""
}

func objects(v any) []object {
	list, _ := v.([]any)
	var out []object
	for _, e := range list {
		if o, isObject := e.(object); isObject {
			out = append(out, o)
		}
	}
	return out
}

// pythonLiteral formats a value like Python, because Datadog's error messages quote values in this form.
func pythonLiteral(v any) string {
	switch v := v.(type) {
	case nil:
		return "None"
	case bool:
		if v {
			return "True"
		}
		return "False"
	case string:
		return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`).Replace(v) + "'"
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = pythonLiteral(e)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case object:
		var parts []string
		for _, key := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, pythonLiteral(key)+": "+pythonLiteral(v[key]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return fmt.Sprint(v)
}

package lint

import (
	"fmt"
	"strings"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// maxTeamTags is the maximum number of tags on a dashboard [SPEC].
const maxTeamTags = 5

// validateDashboard checks a dashboard's own fields and the layout of its widgets.
func (p *pass) validateDashboard(d *dashboard) {
	p.validateTags(d)
	p.validateVariables(d)
	p.validatePresets(d)
	p.validateLayout(d)
	p.validateReferences(d)
}

// validateTags checks for a recorded error: "Invalid tag format. Valid tag keys are: team."
func (p *pass) validateTags(d *dashboard) {
	tags, _ := d.body["tags"].([]any)
	for i, t := range tags {
		if tag, ok := t.(string); ok && !strings.HasPrefix(tag, "team:") {
			p.add("dashboard_tag", diag.SeverityError, d.at(object.Path{"tags", i}), "Invalid dashboard tag",
				fmt.Sprintf("A dashboard only supports tags with the key team, and this is %q. Write team:NAME. Datadog would answer: Invalid tag format. Valid tag keys are: team.", tag))
		}
	}
	if len(tags) > maxTeamTags {
		p.add("dashboard_tag", diag.SeverityError, d.at(object.Path{"tags"}), "Too many tags",
			fmt.Sprintf("A dashboard can have at most %d tags, and this one has %d. Remove some.", maxTeamTags, len(tags)))
	}
}

// validateVariables checks template variables. Both errors are recorded.
func (p *pass) validateVariables(d *dashboard) {
	seen := map[string]bool{}
	for i, v := range objects(d.body["template_variables"]) {
		path := object.Path{"template_variables", i}
		name, _ := v["name"].(string)
		if v["default"] != nil && v["defaults"] != nil {
			p.add("variable_defaults", diag.SeverityError, d.at(path.With("default")), "Variable has default and defaults",
				fmt.Sprintf("The template variable %s has both default and defaults. Keep defaults. Datadog would answer: 'template_variables' is invalid", name))
		}
		defaults, _ := v["defaults"].([]any)
		for j, value := range defaults {
			if value == "" {
				p.add("variable_defaults", diag.SeverityError, d.at(path.With("defaults").With(j)), "Empty default value",
					"A default value of a template variable must not be empty. Write \"*\" for any value. Datadog would answer: Minimum length of parameter 'defaults' should be 1")
			}
		}
		if seen[name] {
			p.add("template_variable_twice", diag.SeverityWarning, d.at(path.With("name")), "Duplicate template variable",
				fmt.Sprintf("Two template variables are named %s, so the meaning of $%s is undefined. Rename one of them.", name, name))
		}
		seen[name] = true
	}
}

// validatePresets checks saved views of the variables. Both errors are recorded.
func (p *pass) validatePresets(d *dashboard) {
	for i, preset := range objects(d.body["template_variable_presets"]) {
		for j, v := range objects(preset["template_variables"]) {
			path := object.Path{"template_variable_presets", i, "template_variables", j}
			if v["value"] != nil && v["values"] != nil {
				p.add("preset_values", diag.SeverityError, d.at(path.With("value")), "Preset has value and values",
					"A variable in a preset must have either value or values. Keep values. Datadog would answer: 'template_variables' value is invalid")
			}
			if values, ok := v["values"].([]any); ok && len(values) == 0 {
				p.add("preset_values", diag.SeverityError, d.at(path.With("values")), "Preset without values",
					"A variable in a preset needs at least one value. Write [\"*\"] for any value. Datadog would answer: Minimum number of elements in parameter 'values' should be 1")
			}
		}
	}
}

// validateReferences checks that alert_id refers to a monitor.
func (p *pass) validateReferences(d *dashboard) {
	for _, w := range d.widgets {
		id, _ := w.definition["alert_id"].(string)
		if a, ok := p.ids.address[id]; ok && a.Kind != "monitor" {
			p.add("widget_reference", diag.SeverityWarning, d.at(w.path.With("definition").With("alert_id")), "Widget does not show a monitor",
				fmt.Sprintf("alert_id must be the ID of a monitor, and %s is not a monitor. Refer to a monitor: monitor.NAME.id.", a))
		}
	}
}

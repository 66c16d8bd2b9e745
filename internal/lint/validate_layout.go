package lint

import (
	"encoding/json"
	"fmt"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// gridColumns is the width of an ordered dashboard. It is not documented, so exceeding it is only a warning.
const gridColumns = 12

// validateLayout checks that widgets have a layout if, and only if, the dashboard uses it [SPEC].
func (p *pass) validateLayout(d *dashboard) {
	layout, reflow := d.string("layout_type"), d.string("reflow_type")
	if reflow != "" && layout == "free" {
		p.add("reflow_type", diag.SeverityError, d.at(object.Path{"reflow_type"}), "Reflow type on a free dashboard",
			"Only an ordered dashboard supports reflow_type. Remove it, or write layout_type = \"ordered\".")
	}
	for _, w := range d.widgets {
		p.validateGroup(d, w)
		place, placed := w.body["layout"].(map[string]any)
		switch {
		case placed:
			p.validateGrid(d, w, place)
			if layout == "ordered" && reflow == "auto" {
				p.add("widget_layout", diag.SeverityWarning, d.at(w.path.With("layout")), "Unused widget layout",
					"With reflow_type = \"auto\", Datadog positions the widgets. Remove layout, or write reflow_type = \"fixed\".")
			}
		case w.group != nil:
		case layout == "free":
			p.add("widget_layout", diag.SeverityError, d.at(w.path), "Widget without a layout",
				"Every widget of a free dashboard needs a layout. Write layout = { x = 0, y = 0, width = 24, height = 12 }, or layout_type = \"ordered\".")
		case reflow == "fixed":
			// An error by the OpenAPI file, but dashboards that Datadog ships have such widgets.
			p.add("widget_layout", diag.SeverityWarning, d.at(w.path), "Widget without a layout",
				"With reflow_type = \"fixed\", every widget needs a layout. Write layout = { x = 0, y = 0, width = 4, height = 2 }, or reflow_type = \"auto\".")
		}
	}
}

// validateGroup reports a group inside a group, which Datadog's editor does not allow.
func (p *pass) validateGroup(d *dashboard, w *widget) {
	if w.group != nil && w.kind() == "group" {
		p.add("nested_group", diag.SeverityWarning, d.at(w.path), "Nested group",
			"A group can contain widgets but not groups, and Datadog may reject it. Put the inner group next to the outer one.")
	}
}

// validateGrid checks that a widget is inside the grid of the dashboard.
func (p *pass) validateGrid(d *dashboard, w *widget, place map[string]any) {
	at := func(key string) (float64, bool) {
		n, ok := place[key].(json.Number)
		if !ok {
			return 0, false
		}
		f, err := n.Float64()
		return f, err == nil
	}
	for _, key := range []string{"x", "y", "width", "height"} {
		lowest := 0.0
		if key == "width" || key == "height" {
			lowest = 1
		}
		if v, ok := at(key); ok && v < lowest {
			p.add("widget_grid", diag.SeverityWarning, d.at(w.path.With("layout").With(key)), "Widget outside the dashboard",
				fmt.Sprintf("%s is %v. It must be at least %v.", key, v, lowest))
		}
	}
	x, okX := at("x")
	width, okWidth := at("width")
	if okX && okWidth && d.string("layout_type") == "ordered" && x+width > gridColumns {
		p.add("widget_grid", diag.SeverityWarning, d.at(w.path.With("layout")), "Widget exceeds the dashboard's width",
			fmt.Sprintf("x + width is %v, but an ordered dashboard has %d columns. Move the widget to the left or make it narrower.", x+width, gridColumns))
	}
}

package lint

import (
	"encoding/json"
	"fmt"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// gridColumns is how wide an ordered dashboard is. It is nowhere published, so what exceeds it only warns.
const gridColumns = 12

// validateLayout checks that widgets have a layout where, and only where, the dashboard places them by it [SPEC].
func (p *pass) validateLayout(d *dashboard) {
	layout, reflow := d.string("layout_type"), d.string("reflow_type")
	if reflow != "" && layout == "free" {
		p.add("reflow_type", diag.SeverityError, d.at(object.Path{"reflow_type"}), "Reflow type on a free dashboard",
			"Only an ordered dashboard reflows its widgets. Take reflow_type away, or write layout_type = \"ordered\".")
	}
	for _, w := range d.widgets {
		p.validateGroup(d, w)
		place, placed := w.body["layout"].(map[string]any)
		switch {
		case placed:
			p.validateGrid(d, w, place)
			if layout == "ordered" && reflow == "auto" {
				p.add("widget_layout", diag.SeverityWarning, d.at(w.path.With("layout")), "Layout that is not used",
					"With reflow_type = \"auto\" Datadog places the widgets itself. Take layout away, or write reflow_type = \"fixed\".")
			}
		case w.group != nil:
		case layout == "free":
			p.add("widget_layout", diag.SeverityError, d.at(w.path), "Widget without a layout",
				"Every widget of a free dashboard has a layout. Write layout = { x = 0, y = 0, width = 24, height = 12 }, or layout_type = \"ordered\".")
		case reflow == "fixed":
			p.add("widget_layout", diag.SeverityError, d.at(w.path), "Widget without a layout",
				"With reflow_type = \"fixed\" every widget has a layout. Write layout = { x = 0, y = 0, width = 4, height = 2 }, or reflow_type = \"auto\".")
		}
	}
}

// validateGroup reports a group in a group, which Datadog's own editor does not make.
func (p *pass) validateGroup(d *dashboard, w *widget) {
	if w.group != nil && w.kind() == "group" {
		p.add("nested_group", diag.SeverityWarning, d.at(w.path), "Group in a group",
			"A group holds widgets, not groups, and Datadog may refuse it. Put the inner group beside the outer one.")
	}
}

// validateGrid checks that a widget lies on the dashboard.
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
			p.add("widget_grid", diag.SeverityWarning, d.at(w.path.With("layout").With(key)), "Widget outside of the dashboard",
				fmt.Sprintf("%s is %v; the least is %v.", key, v, lowest))
		}
	}
	x, okX := at("x")
	width, okWidth := at("width")
	if okX && okWidth && d.string("layout_type") == "ordered" && x+width > gridColumns {
		p.add("widget_grid", diag.SeverityWarning, d.at(w.path.With("layout")), "Widget wider than the dashboard",
			fmt.Sprintf("x + width is %v, and an ordered dashboard has %d columns. Move it to the left or make it narrower.", x+width, gridColumns))
	}
}

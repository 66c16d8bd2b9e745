package lint

import (
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// dashboard is a dashboard prepared for the rules.
type dashboard struct {
	o    *object.Object
	body map[string]any // with placeholders
	// widgets lists a group before the widgets in it.
	queries []*embeddedQuery
	widgets []*widget
}

// widget is a widget with its path.
type widget struct {
	path       object.Path
	body       map[string]any
	definition map[string]any
	// group is the group that contains the widget, nil at the top level.
	group *widget
}

func (w *widget) kind() string {
	s, _ := w.definition["type"].(string)
	return s
}

func (p *pass) newDashboard(o *object.Object) *dashboard {
	d := &dashboard{o: o}
	d.body, _ = p.ids.fill(o.Body).(map[string]any)
	c := &queryCollector{o: o}
	c.value(kind.Named("dashboard").Body, d.body, nil)
	d.queries = c.queries
	d.addWidgets(d.body["widgets"], object.Path{"widgets"}, nil)
	return d
}

func (d *dashboard) addWidgets(list any, p object.Path, group *widget) {
	widgets, _ := list.([]any)
	for i, v := range widgets {
		body, _ := v.(map[string]any)
		w := &widget{path: p.With(i), body: body, group: group}
		w.definition, _ = body["definition"].(map[string]any)
		d.widgets = append(d.widgets, w)
		if w.definition["widgets"] != nil {
			d.addWidgets(w.definition["widgets"], w.path.With("definition").With("widgets"), w)
		}
	}
}

// at returns the location of a value of the dashboard.
func (d *dashboard) at(p object.Path) location { return location{o: d.o, path: p} }

// string returns a top-level string field.
func (d *dashboard) string(key string) string {
	s, _ := d.body[key].(string)
	return s
}

// objects returns the objects of a list. The result has the same indexes as the list, with nil for other values.
func objects(v any) []map[string]any {
	list, _ := v.([]any)
	out := make([]map[string]any, len(list))
	for i, e := range list {
		out[i], _ = e.(map[string]any)
	}
	return out
}

// queriesByPath returns the queries by their paths.
func (d *dashboard) queriesByPath() map[string]*embeddedQuery {
	found := make(map[string]*embeddedQuery, len(d.queries))
	for _, q := range d.queries {
		found[q.path.String()] = q
	}
	return found
}

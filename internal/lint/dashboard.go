package lint

import (
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// dashboard is a dashboard in the form that rules look at.
type dashboard struct {
	o    *object.Object
	body map[string]any // with placeholders
	// texts are its queries, formulas and searches, widgets its widgets, each group before what is in it.
	texts   []*text
	widgets []*widget
}

// widget is a widget with its place.
type widget struct {
	path       object.Path
	body       map[string]any
	definition map[string]any
	// group is the group that it is in, nil at the top.
	group *widget
}

func (w *widget) kind() string {
	s, _ := w.definition["type"].(string)
	return s
}

func (p *pass) newDashboard(o *object.Object) *dashboard {
	d := &dashboard{o: o}
	d.body, _ = p.ids.fill(o.Body).(map[string]any)
	t := &texter{o: o}
	t.value(kind.Named("dashboard").Body, d.body, nil)
	d.texts = t.texts
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

// at is the place of a value of the dashboard.
func (d *dashboard) at(p object.Path) spot { return spot{o: d.o, path: p} }

// string returns a top-level field that is a string.
func (d *dashboard) string(key string) string {
	s, _ := d.body[key].(string)
	return s
}

// objects returns the elements of a list that are objects; index i of the result is index i of the list.
func objects(v any) []map[string]any {
	list, _ := v.([]any)
	out := make([]map[string]any, len(list))
	for i, e := range list {
		out[i], _ = e.(map[string]any)
	}
	return out
}

// textsByPath returns the texts by where they stand.
func (d *dashboard) textsByPath() map[string]*text {
	found := make(map[string]*text, len(d.texts))
	for _, t := range d.texts {
		found[t.path.String()] = t
	}
	return found
}

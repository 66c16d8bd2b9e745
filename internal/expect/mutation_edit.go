package expect

import (
	"cmp"
	"maps"
	"slices"

	"ddmon/internal/ddquery"
	"ddmon/internal/object"
)

// change is one way to change a monitor. It can be applied to several versions of the monitor, because tests can set
// variables.
type change struct {
	*operator
	field string
	// edit changes a copy of the monitor and returns the old and the new value. ok is false if this version has nothing
	// to change.
	edit func(m *mutable) (from, to string, ok bool)
}

// operator is a kind of mistake in a monitor.
type operator struct {
	// effect is the worst effect, for mutants whose difference no recording shows.
	effect Effect
	// recording says which recording would show the difference.
	recording string
	// paths are the fields that From and To show.
	paths []object.Path
	// changes lists the changes of one monitor.
	changes func(m *mutable) []change
}

// apply returns a changed copy of a monitor, with the old and the new value. ok is false if there is nothing to change,
// or if Datadog would reject the result.
func (c change) apply(body map[string]any) (out *mutable, from, to string, ok bool) {
	m, ok := newMutable(body)
	if !ok {
		return m, "", "", false
	}
	from, to, ok = c.edit(m)
	return m, from, to, ok && from != to && (c.field == "comparison" || !rejected(m.body(), body))
}

// fragment is a text of a monitor with a syntax of its own: the query, or a query of a formula.
type fragment struct {
	root ddquery.Node
	text string
	// set changes the text in the monitor.
	set func(string)
}

// edit is a change of one part, with the old and the new value.
type edit struct {
	field, from, to string
	splices         []splice
}

// splice replaces the bytes [from, to) with text.
type splice struct {
	from, to int
	text     string
}

func replaceNode(n ddquery.Node, text string) splice { return splice{n.Pos(), n.End(), text} }

// spliced returns the text with all replacements. Splices must not overlap.
func spliced(text string, list []splice) string {
	sorted := slices.Clone(list)
	slices.SortFunc(sorted, func(a, b splice) int { return cmp.Compare(b.from, a.from) })
	for _, s := range sorted {
		text = text[:s.from] + s.text + text[s.to:]
	}
	return text
}

// fragments returns the query of a monitor and the queries of its formula.
func (m *mutable) fragments() []fragment {
	list := []fragment{{m.query.Root, m.text, func(text string) { m.text = text }}}
	variables, _ := m.options["variables"].([]any)
	for i := range variables {
		v, _ := variables[i].(map[string]any)
		if text, ok := v["query"].(string); ok {
			if x, err := ddquery.ParseMetric(text); err == nil {
				list = append(list, fragment{x, text, func(text string) { m.variable(i)["query"] = text }})
			}
		}
		search, _ := v["search"].(map[string]any)
		if text, ok := search["query"].(string); ok {
			if x, err := ddquery.ParseSearch(text); err == nil {
				list = append(list, fragment{x, text, func(text string) {
					changed := maps.Clone(search)
					changed["query"] = text
					m.variable(i)["search"] = changed
				}})
			}
		}
	}
	return list
}

// variable returns a query of the formula, which can then be changed.
func (m *mutable) variable(i int) map[string]any {
	list := slices.Clone(m.options["variables"].([]any))
	v := maps.Clone(list[i].(map[string]any))
	list[i], m.options["variables"] = v, list
	return v
}

// editChanges returns a change for each edit that find returns for a part. The change applies the same edit, by its
// position, to another version of the monitor.
func editChanges(m *mutable, find func(m *mutable, p fragment) []edit) []change {
	var list []change
	for k, p := range m.fragments() {
		for i, e := range find(m, p) {
			list = append(list, change{field: e.field, edit: func(m *mutable) (from, to string, ok bool) {
				fragments := m.fragments()
				if k >= len(fragments) {
					return "", "", false
				}
				p := fragments[k]
				edits := find(m, p)
				if i >= len(edits) {
					return "", "", false
				}
				p.set(spliced(p.text, edits[i].splices))
				return edits[i].from, edits[i].to, true
			}})
		}
	}
	return list
}

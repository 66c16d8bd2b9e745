package plan

import (
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// list compares two lists whose order means something. Elements are matched by what they are, not by index, so
// that one element put in front does not look like a change of all that follow.
func (c *comparison) list(t *kind.Type, desired, live []any, p object.Path) []any {
	after := make([]any, len(desired))
	m := newMatching(len(desired), len(live))
	for i, want := range desired {
		if i >= len(live) {
			break
		}
		// Most elements are what they were, at the same place; what was found out about those is kept.
		same := c.fork()
		if after[i] = same.value(nil, t, want, live[i], p.With(i)); len(same.edits) == 0 {
			m.join(i, i)
			c.notes = append(c.notes, same.notes...)
		}
	}
	if m.joined == len(desired) && m.joined == len(live) {
		return after
	}
	unchanged := append([]int(nil), m.partner...)
	c.match(m, t, desired, live)
	inPlace := longestRise(m.partner)
	for i, want := range desired {
		at, j := p.With(i), m.partner[i]
		switch {
		case j < 0:
			after[i] = want
			c.edits = append(c.edits, Edit{Path: at, Op: Add, After: want})
			continue
		case !inPlace[i]:
			c.edits = append(c.edits, Edit{Path: at, Op: Move, Before: j, After: i})
		}
		if unchanged[i] < 0 {
			after[i] = c.value(nil, t, want, live[j], at)
		}
	}
	for j, have := range live {
		if !m.taken[j] {
			c.edits = append(c.edits, Edit{Path: p.With(j), Op: Remove, Before: have})
		}
	}
	return after
}

// match finds for the desired elements that are not what they were the live ones they continue: the same one
// elsewhere, one of the same label (a widget's type and title), and at last one that is alike and lies between the
// same neighbours.
func (c *comparison) match(m *matching, t *kind.Type, desired, live []any) {
	m.byKey(desired, live, func(v any) string { return canonicalKey(t, v) })
	m.byKey(desired, live, labelOf)
	m.between(func(i, j int) bool { return c.alike(t, desired[i], live[j]) })
}

// fork returns a comparison of a part, whose findings can be dropped.
func (c *comparison) fork() *comparison {
	return &comparison{kind: c.kind, ignored: c.ignored, implied: c.implied}
}

// alike reports whether one element may be called an edit of the other: at most half of it differs.
func (c *comparison) alike(t *kind.Type, want, have any) bool {
	part := c.fork()
	part.value(nil, t, want, have, object.Path{0, 0}) // any path inside a list: only top-level ones are special
	return len(part.edits) <= 1 || 2*len(part.edits) <= max(leaves(want), leaves(have))
}

// labelOf is what a person would know a list's element by: a widget's type and title, a query's name.
func labelOf(v any) string {
	o, ok := v.(map[string]any)
	if !ok {
		return ""
	}
	if definition, ok := o["definition"].(map[string]any); ok {
		kind, _ := definition["type"].(string)
		title, _ := definition["title"].(string)
		if title == "" {
			return ""
		}
		return kind + "\x00" + title
	}
	name, _ := o["name"].(string)
	return name
}

func leaves(v any) int {
	n := 0
	switch v := v.(type) {
	case map[string]any:
		for _, e := range v {
			n += leaves(e)
		}
	case []any:
		for _, e := range v {
			n += leaves(e)
		}
	default:
		n = 1
	}
	return n
}

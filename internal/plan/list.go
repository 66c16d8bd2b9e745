package plan

import (
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// list compares two ordered lists. It matches elements by content, not by index, so an element inserted at the front
// does not look like a change of all elements after it.
func (c *comparison) list(t *kind.Type, desired, live []any, p object.Path) []any {
	after := make([]any, len(desired))
	m := newMatching(len(desired), len(live))
	for i, want := range desired {
		if i >= len(live) {
			break
		}
		// Most elements are unchanged and at the same index. Keep their result.
		same := c.fork()
		if after[i] = same.value(nil, t, want, live[i], p.With(i)); len(same.edits) == 0 {
			m.pair(i, i)
			c.notes = append(c.notes, same.notes...)
			c.dropped = append(c.dropped, same.dropped...)
		}
	}
	if m.pairs == len(desired) && m.pairs == len(live) {
		return after
	}
	unchanged := append([]int(nil), m.partner...)
	c.match(m, t, desired, live)
	inPlace := longestIncreasing(m.partner)
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
		if !m.paired[j] {
			c.edits = append(c.edits, Edit{Path: p.With(j), Op: Remove, Before: have})
		}
	}
	return after
}

// match pairs the changed desired elements with live ones: first with an equal element at another index, then with one
// of the same label (a widget's type and title), then with a similar one between the same neighbours.
func (c *comparison) match(m *matching, t *kind.Type, desired, live []any) {
	m.byKey(desired, live, func(v any) string { return canonicalKey(t, v) })
	m.byKey(desired, live, labelOf)
	m.betweenPairs(func(i, j int) bool { return c.similar(t, desired[i], live[j]) })
}

// fork returns a comparison for a part of the bodies, whose result can be discarded.
func (c *comparison) fork() *comparison {
	return &comparison{kind: c.kind, ignored: c.ignored, implied: c.implied, sent: c.sent}
}

// similar reports whether at most half of an element differs, so that it counts as edited, not as replaced.
func (c *comparison) similar(t *kind.Type, want, have any) bool {
	part := c.fork()
	part.value(nil, t, want, have, object.Path{0, 0}) // any path inside a list will do: only top-level paths are special
	return len(part.edits) <= 1 || 2*len(part.edits) <= max(leaves(want), leaves(have))
}

// labelOf returns the label by which users identify a list element: a widget's type and title, or a query's name.
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

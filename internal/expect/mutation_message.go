package expect

import (
	"slices"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
)

// messages returns the message and the escalation message, each with a function that changes it.
func (m *mutable) messages() []fragment {
	var list []fragment
	for _, place := range []struct {
		in    map[string]any
		field string
	}{{m.fields, "message"}, {m.options, "escalation_message"}} {
		if text, ok := place.in[place.field].(string); ok {
			template, _ := ddquery.ParseTemplate(text)
			list = append(list, fragment{template, text, func(text string) { place.in[place.field] = text }})
		}
	}
	return list
}

// handles returns the handles of a monitor, each once.
func (m *mutable) handles() []string {
	var texts []string
	for _, p := range m.messages() {
		texts = append(texts, p.text)
	}
	return monitor.Handles(texts...)
}

// handleChanges removes each handle from the messages.
func handleChanges(m *mutable) []change {
	var list []change
	for i := range m.handles() {
		list = append(list, change{field: "handle", edit: func(m *mutable) (from, to string, ok bool) {
			handles := m.handles()
			if i >= len(handles) {
				return "", "", false
			}
			for _, p := range m.messages() {
				var splices []splice
				for _, h := range p.root.(*ddquery.Template).Handles() {
					if h.Raw == handles[i] {
						splices = append(splices, replaceNode(h, ""))
					}
				}
				p.set(spliced(p.text, splices))
			}
			return handles[i], nothing, true
		}})
	}
	return list
}

// conditionChanges removes the condition around handles, so that they are always notified.
func conditionChanges(m *mutable) []change {
	var list []change
	for k, p := range m.messages() {
		for i := range conditions(p) {
			list = append(list, change{field: "condition", edit: func(m *mutable) (from, to string, ok bool) {
				messages := m.messages()
				if k >= len(messages) {
					return "", "", false
				}
				p := messages[k]
				blocks := conditions(p)
				if i >= len(blocks) {
					return "", "", false
				}
				b := blocks[i]
				start := b.Pos() + len(b.OpenTag)
				end := start
				if len(b.Body) > 0 {
					end = b.Body[len(b.Body)-1].End()
				}
				p.set(spliced(p.text, []splice{{b.Pos(), start, ""}, {end, b.End(), ""}}))
				return b.OpenTag, nothing, true
			}})
		}
	}
	return list
}

// conditions returns the blocks that contain a handle.
func conditions(p fragment) []*ddquery.TemplateBlock {
	var blocks []*ddquery.TemplateBlock
	ddquery.Walk(p.root, func(n ddquery.Node) bool {
		if b, ok := n.(*ddquery.TemplateBlock); ok && slices.ContainsFunc(b.Body, notifies) {
			blocks = append(blocks, b)
		}
		return true
	})
	return blocks
}

// notifies reports whether a part of a message contains a handle.
func notifies(n ddquery.TemplateNode) bool {
	found := false
	ddquery.Walk(n, func(n ddquery.Node) bool {
		_, ok := n.(*ddquery.Handle)
		found = found || ok
		return !found
	})
	return found
}

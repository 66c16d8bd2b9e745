package change

import (
	"maps"
	"slices"
	"strings"

	"ddmon/internal/plan"
	"ddmon/internal/render/safe"
)

// edits writes what changed at and below the children of n.
func (pr *Printer) edits(indent safe.Text, n *node) {
	width := 0
	for _, c := range n.children {
		if len(c.edits) > 0 && len(c.children) == 0 {
			width = widened(width, pr.label(c))
		}
	}
	for _, c := range n.children {
		for _, e := range c.edits {
			pr.mark(indent, e)
			pr.edit(indent, width, c, e)
		}
		if len(c.children) == 0 {
			continue
		}
		label, inner := pr.collapse(c)
		pr.line(indent, Modify, plain(label), plain(" {"))
		pr.edits(indent+"    ", inner)
		pr.more(indent, None, "  }")
	}
}

// collapse joins a place with the only one below it, and so on, so that an edit deep in a dashboard does not take a
// dozen lines: group "Consumer" > timeseries "CPU" > markers[0].
func (pr *Printer) collapse(n *node) (label safe.Text, last *node) {
	label = pr.label(n)
	for len(n.children) == 1 && len(n.children[0].children) > 0 && len(n.children[0].edits) == 0 {
		child := n.children[0]
		_, isElement := child.step.(int)
		text := pr.label(child)
		switch {
		case isElement && pr.isWidget(child):
			label = label.TrimSuffix("widgets").TrimSuffix(" > ")
			if label != "" {
				label += " > "
			}
			label += text.After(" ")
		case isElement:
			label += text
		case child.step == "definition" && pr.isWidget(n):
		case pr.isWidget(n) || label.HasSuffix(`"`):
			label += " > " + text
		default:
			label += "." + text
		}
		n = child
	}
	return label, n
}

func (pr *Printer) isWidget(n *node) bool {
	o, _ := n.path.In(pr.Change.After).(map[string]any)
	_, ok := o["definition"].(map[string]any)
	return ok
}

// edit writes one edit.
func (pr *Printer) edit(indent safe.Text, width int, n *node, e plan.Edit) {
	label := pr.label(n).Pad(width)
	switch {
	case e.Op == plan.Move:
		pr.line(indent, Move, plain(label.TrimBlanks()+" moved from place "+safe.Int(e.Before.(int)+1)+" to "+safe.Int(e.After.(int)+1)))
	case pr.sensitive(e.Path), e.IsSet && pr.holdsSensitive(e.Path), e.Op == plan.Remove && pr.wasSensitive(e.Path):
		pr.line(indent, signOf(e.Op), plain(label), plain(" = "), plain(sensitive))
	case e.Op == plan.Add:
		pr.member(indent, signOf(e.Op), label, withoutWrapping(e.After), e.Path)
	case e.Op == plan.Remove:
		pr.member(indent, signOf(e.Op), label, withoutWrapping(e.Before), e.Path)
	case e.IsSet:
		pr.setEdit(indent, label, e)
	default:
		pr.changed(indent, label, e)
	}
}

// withoutWrapping returns what a widget shows without the definition around it and what its label says already. Any
// other value is returned as it is.
func withoutWrapping(v any) any {
	o, _ := v.(map[string]any)
	definition, ok := o["definition"].(map[string]any)
	if !ok {
		return v
	}
	out := make(map[string]any, len(definition)+len(o))
	for key, e := range definition {
		if key != "type" && key != "title" {
			out[key] = e
		}
	}
	for key, e := range o {
		if key != "definition" {
			out[key] = e
		}
	}
	return out
}

// changed writes an old and a new value in the way that shows best what is different.
func (pr *Printer) changed(indent, label safe.Text, e plan.Edit) {
	before, ok1 := e.Before.(string)
	after, ok2 := e.After.(string)
	if ok1 && ok2 && (isLines(before) || isLines(after)) {
		pr.line(indent, Modify, plain(label), plain(" = <<-EOT"))
		pr.texts(indent+"    ", strings.TrimRight(before, "\n"), strings.TrimRight(after, "\n"))
		pr.more(indent, None, "  EOT")
		return
	}
	if ok1 && ok2 && len(before)+len(after) > shortString {
		if spans, ok := words(before, after); ok {
			pr.line(indent, Modify, append([]Span{plain(label), plain(" = ")}, spans...)...)
			return
		}
	}
	old, new := Inline(e.Before), Inline(e.After)
	if old.Width()+new.Width() > pr.Columns-len(indent)-label.Width()-10 {
		pr.line(indent, Modify, plain(label), plain(" = "), Span{safe.Red, old})
		pr.emit(indent, None, None, safe.Plain, []Span{plain("  "), plain(safe.Repeat(" ", label.Width())), plain("-> "), {safe.Green, new}})
		return
	}
	pr.line(indent, Modify, plain(label), plain(" = "), Span{safe.Red, old}, plain(" -> "), Span{safe.Green, new})
}

// setEdit writes what was added to and removed from a list whose order means nothing.
func (pr *Printer) setEdit(indent, label safe.Text, e plan.Edit) {
	before, after := members(e.Before), members(e.After)
	pr.line(indent, Modify, plain(label.TrimBlanks()+" = ["))
	for _, text := range slices.Sorted(maps.Keys(before)) {
		if !after[text] {
			pr.line(indent+"    ", Remove, plain(text))
		}
	}
	for _, text := range slices.Sorted(maps.Keys(after)) {
		if !before[text] {
			pr.line(indent+"    ", Add, plain(text))
		}
	}
	pr.more(indent, None, "  ]")
}

func members(v any) map[safe.Text]bool {
	list, _ := v.([]any)
	out := make(map[safe.Text]bool, len(list))
	for _, e := range list {
		out[Inline(e)] = true
	}
	return out
}

// label is what a person calls a place: a key, or for a list's element its index and, if it has one, its name.
func (pr *Printer) label(n *node) safe.Text {
	if key, ok := n.step.(string); ok {
		return keyText(key)
	}
	index, _ := n.step.(int)
	text := "[" + safe.Int(index) + "]"
	v := n.path.In(pr.Change.After)
	if len(n.edits) > 0 && n.edits[0].Op == plan.Remove {
		v = n.edits[0].Before
	}
	o, ok := v.(map[string]any)
	if !ok {
		return text
	}
	definition, ok := o["definition"].(map[string]any)
	if !ok {
		if name, ok := o["name"].(string); ok {
			return text + " " + safe.Quote(name)
		}
		return text
	}
	kind, _ := definition["type"].(string)
	text += " " + safe.Line(kind)
	if pr.wasSensitive(n.path.With("definition").With("title")) {
		return text
	}
	if title, ok := definition["title"].(string); ok && title != "" {
		text += " " + safe.Quote(title)
	}
	return text
}

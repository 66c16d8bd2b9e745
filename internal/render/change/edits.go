package change

import (
	"maps"
	"slices"
	"strings"

	"ddmon/internal/plan"
	"ddmon/internal/render/safe"
)

// edits writes the edits of the children of n and everything below.
func (pr *Printer) edits(indent safe.Text, n *node) {
	width := 0
	for _, c := range n.children {
		if len(c.edits) > 0 && len(c.children) == 0 {
			width = widened(width, pr.label(c))
		}
	}
	for _, c := range n.children {
		for _, e := range c.edits {
			pr.markOverwritten(indent, e)
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

// collapse joins a node with its only child, and so on, so that a deeply nested edit does not take a dozen lines:
// group "Consumer" > timeseries "CPU" > markers[0].
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
		pr.line(indent, Move, plain(label.TrimTrailingSpaces()+" moved from position "+safe.Int(e.Before.(int)+1)+" to "+safe.Int(e.After.(int)+1)))
	case pr.sensitive(e.Path), e.IsSet && pr.holdsSensitive(e.Path), e.Op == plan.Remove && pr.wasSensitive(e.Path):
		pr.line(indent, symbolOf(e.Op), plain(label), plain(" = "), plain(sensitive))
	case e.Op == plan.Add:
		pr.member(indent, symbolOf(e.Op), label, unwrapWidget(e.After), e.Path)
	case e.Op == plan.Remove:
		pr.member(indent, symbolOf(e.Op), label, unwrapWidget(e.Before), e.Path)
	case e.IsSet:
		pr.setEdit(indent, label, e)
	default:
		pr.changed(indent, label, e)
	}
}

// unwrapWidget returns the content of a widget without the definition around it, the type and the title, which are in
// the label. It returns any other value unchanged.
func unwrapWidget(v any) any {
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

// changed writes an old and a new value: as a diff of lines or words, or both values.
func (pr *Printer) changed(indent, label safe.Text, e plan.Edit) {
	before, ok1 := e.Before.(string)
	after, ok2 := e.After.(string)
	if ok1 && ok2 && (isMultiline(before) || isMultiline(after)) {
		pr.line(indent, Modify, plain(label), plain(" = <<-EOT"))
		pr.lineDiff(indent+"    ", strings.TrimRight(before, "\n"), strings.TrimRight(after, "\n"))
		pr.more(indent, None, "  EOT")
		return
	}
	if ok1 && ok2 && len(before)+len(after) > shortString {
		if spans, ok := wordDiff(before, after); ok {
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

// setEdit writes what was added to and removed from an unordered list.
func (pr *Printer) setEdit(indent, label safe.Text, e plan.Edit) {
	before, after := members(e.Before), members(e.After)
	pr.line(indent, Modify, plain(label.TrimTrailingSpaces()+" = ["))
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

// label is the key of an attribute, or the index of a list element with its name or title.
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

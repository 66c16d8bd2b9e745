package render

import (
	"fmt"
	"strings"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// edits writes what changed at and below the children of n.
func (pr *printer) edits(indent string, n *node) {
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
		fmt.Fprintf(pr.out, "%s%s %s {\n", indent, pr.style.paint(yellow, "~"), label)
		pr.edits(indent+"    ", inner)
		fmt.Fprintf(pr.out, "%s  }\n", indent)
	}
}

// collapse joins a place with the only one below it, and so on, so that an edit deep in a dashboard does not take a
// dozen lines: group "Consumer" > timeseries "CPU" > markers[0].
func (pr *printer) collapse(n *node) (label string, last *node) {
	label = pr.label(n)
	for len(n.children) == 1 && len(n.children[0].children) > 0 && len(n.children[0].edits) == 0 {
		child := n.children[0]
		_, isElement := child.step.(int)
		text := pr.label(child)
		switch {
		case isElement && pr.isWidget(child):
			label = strings.TrimSuffix(strings.TrimSuffix(label, "widgets"), " > ")
			if label != "" {
				label += " > "
			}
			_, text, _ = strings.Cut(text, " ")
			label += text
		case isElement:
			label += text
		case child.step == "definition" && pr.isWidget(n):
		case pr.isWidget(n) || strings.HasSuffix(label, `"`):
			label += " > " + text
		default:
			label += "." + text
		}
		n = child
	}
	return label, n
}

func (pr *printer) isWidget(n *node) bool {
	o, _ := n.path.In(pr.c.After).(map[string]any)
	_, ok := o["definition"].(map[string]any)
	return ok
}

// edit writes one edit.
func (pr *printer) edit(indent string, width int, n *node, e plan.Edit) {
	label := fmt.Sprintf("%-*s", width, pr.label(n))
	switch {
	case e.Op == plan.Move:
		fmt.Fprintf(pr.out, "%s%s %s moved from place %v to %v\n", indent, pr.style.paint(cyan, "~"),
			strings.TrimRight(label, " "), e.Before.(int)+1, e.After.(int)+1)
	case pr.sensitive(e.Path), e.IsSet && pr.holdsSensitive(e.Path), e.Op == plan.Remove && pr.wasSensitive(e.Path):
		fmt.Fprintf(pr.out, "%s%s %s = %s\n", indent, pr.sign(e.Op), label, sensitiveText)
	case e.Op == plan.Add:
		pr.member(indent, pr.sign(e.Op), label, withoutWrapping(e.After), e.Path)
	case e.Op == plan.Remove:
		pr.member(indent, pr.sign(e.Op), label, withoutWrapping(e.Before), e.Path)
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

func (pr *printer) sign(op plan.Op) string {
	switch op {
	case plan.Add:
		return pr.style.paint(green, "+")
	case plan.Remove:
		return pr.style.paint(red, "-")
	default:
		return pr.style.paint(yellow, "~")
	}
}

// changed writes an old and a new value in the way that shows best what is different.
func (pr *printer) changed(indent, label string, e plan.Edit) {
	sign := pr.sign(plan.Set)
	before, ok1 := e.Before.(string)
	after, ok2 := e.After.(string)
	if ok1 && ok2 && (isLines(before) || isLines(after)) {
		fmt.Fprintf(pr.out, "%s%s %s = <<-EOT\n", indent, sign, label)
		for _, line := range pr.style.lineDiff(strings.TrimRight(before, "\n"), strings.TrimRight(after, "\n")) {
			fmt.Fprintln(pr.out, strings.TrimRight(indent+"    "+line, " "))
		}
		fmt.Fprintf(pr.out, "%s  EOT\n", indent)
		return
	}
	if ok1 && ok2 && len(before)+len(after) > shortString {
		if words, ok := pr.style.wordDiff(before, after); ok {
			fmt.Fprintf(pr.out, "%s%s %s = %s\n", indent, sign, label, words)
			return
		}
	}
	old, new := inline(e.Before), inline(e.After)
	if len(old)+len(new) > pr.style.width()-len(indent)-len(label)-10 {
		fmt.Fprintf(pr.out, "%s%s %s = %s\n%s  %*s-> %s\n", indent, sign, label, pr.style.paint(red, old),
			indent, len(label), "", pr.style.paint(green, new))
		return
	}
	fmt.Fprintf(pr.out, "%s%s %s = %s -> %s\n", indent, sign, label, pr.style.paint(red, old), pr.style.paint(green, new))
}

// setEdit writes what came into and what went out of a list whose order means nothing.
func (pr *printer) setEdit(indent, label string, e plan.Edit) {
	before, after := members(e.Before), members(e.After)
	fmt.Fprintf(pr.out, "%s%s %s = [\n", indent, pr.sign(plan.Set), strings.TrimRight(label, " "))
	for _, text := range object.SortedKeys(before) {
		if !after[text] {
			fmt.Fprintf(pr.out, "%s    %s %s\n", indent, pr.sign(plan.Remove), text)
		}
	}
	for _, text := range object.SortedKeys(after) {
		if !before[text] {
			fmt.Fprintf(pr.out, "%s    %s %s\n", indent, pr.sign(plan.Add), text)
		}
	}
	fmt.Fprintf(pr.out, "%s  ]\n", indent)
}

func members(v any) map[string]bool {
	list, _ := v.([]any)
	out := make(map[string]bool, len(list))
	for _, e := range list {
		out[inline(e)] = true
	}
	return out
}

// label is what a person calls a place: a key, or for a list's element its index and, if it has one, its name.
func (pr *printer) label(n *node) string {
	if key, ok := n.step.(string); ok {
		return keyText(key)
	}
	text := fmt.Sprintf("[%d]", n.step)
	v := n.path.In(pr.c.After)
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
			return text + " " + quote(name)
		}
		return text
	}
	kind, _ := definition["type"].(string)
	text += " " + Clean(kind)
	if pr.wasSensitive(n.path.With("definition").With("title")) {
		return text
	}
	if title, ok := definition["title"].(string); ok && title != "" {
		text += " " + quote(title)
	}
	return text
}

// sensitive reports whether a value that is to be written is not to be shown.
func (pr *printer) sensitive(p object.Path) bool {
	return pr.c.Desired != nil && len(p) > 0 && pr.c.Desired.IsSensitive(p)
}

// wasSensitive does so for a value of the live object.
func (pr *printer) wasSensitive(p object.Path) bool {
	return pr.c.Desired != nil && len(p) > 0 && pr.c.Desired.MayBeSensitive(p)
}

// holdsSensitive reports whether some element below p is not to be shown.
func (pr *printer) holdsSensitive(p object.Path) bool {
	return pr.c.Desired != nil && pr.c.Desired.HoldsSensitive(p)
}

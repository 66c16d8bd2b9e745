package render

import (
	"fmt"
	"strings"

	"ddmon/internal/object"
	"ddmon/internal/textdiff"
)

// body writes all members of an object, each on lines of its own.
func (pr *printer) body(indent string, o map[string]any, p object.Path) {
	sign := pr.style.paint(green, "+")
	width := 0
	for key, v := range o {
		if isScalar(v) {
			width = widened(width, keyText(key))
		}
	}
	for _, key := range object.SortedKeys(o) {
		v := o[key]
		if v == nil {
			continue
		}
		label := keyText(key)
		if isScalar(v) {
			label = fmt.Sprintf("%-*s", width, label)
		}
		pr.member(indent, sign, label, v, p.With(key))
	}
}

// longestLabel is the length from which on a label is too long for others to be aligned with it.
const longestLabel = 60

// widened is the width that labels are filled up to, with one more of them.
func widened(width int, label string) int {
	if len(label) > longestLabel {
		return width
	}
	return max(width, len(label))
}

// member writes one value under its label. The path is nil where the value cannot be sensitive.
func (pr *printer) member(indent, sign, label string, v any, p object.Path) {
	text, ok := pr.fits(v, len(indent)+len(label)+5)
	short := strings.TrimRight(label, " ")
	switch v := v.(type) {
	case string:
		if isLines(v) && !pr.sensitive(p) {
			pr.heredoc(indent, sign, label, v)
			return
		}
	case map[string]any:
		if !ok && !pr.sensitive(p) {
			fmt.Fprintf(pr.out, "%s%s %s {\n", indent, sign, short)
			pr.nested(indent+"    ", sign, v, p)
			fmt.Fprintf(pr.out, "%s  }\n", indent)
			return
		}
		label = short
	case []any:
		if !ok && !pr.sensitive(p) {
			fmt.Fprintf(pr.out, "%s%s %s = [\n", indent, sign, short)
			for i, e := range v {
				pr.element(indent+"    ", sign, e, p.With(i))
			}
			fmt.Fprintf(pr.out, "%s  ]\n", indent)
			return
		}
	}
	if pr.sensitive(p) {
		text = sensitiveText
	}
	fmt.Fprintf(pr.out, "%s%s %s = %s\n", indent, sign, label, text)
}

// fits returns a value on one line and whether it may stand so: scalars always, lists and objects where they fit
// behind what is on the line already and hold nothing that is to be hidden.
func (pr *printer) fits(v any, taken int) (string, bool) {
	text := inline(v)
	switch v.(type) {
	case map[string]any, []any:
		hides := pr.c.Desired != nil && len(pr.c.Desired.Sensitive) > 0
		return text, !hides && !holdsLines(v) && taken+len(text) <= pr.style.width()
	}
	return text, true
}

// nested writes the members of an object below the first level, all under the sign of the outermost.
func (pr *printer) nested(indent, sign string, o map[string]any, p object.Path) {
	for _, key := range object.SortedKeys(o) {
		pr.member(indent, sign, keyText(key), o[key], p.With(key))
	}
}

// element writes one element of a list. A widget is written as the configuration would have it.
func (pr *printer) element(indent, sign string, v any, p object.Path) {
	if pr.sensitive(p) {
		fmt.Fprintf(pr.out, "%s%s %s\n", indent, sign, sensitiveText)
		return
	}
	o, isObject := v.(map[string]any)
	definition, isWidget := o["definition"].(map[string]any)
	if isWidget {
		pr.widget(indent, sign, o, definition, p)
		return
	}
	if text, ok := pr.fits(v, len(indent)+3); ok || !isObject {
		fmt.Fprintf(pr.out, "%s%s %s\n", indent, sign, text)
		return
	}
	fmt.Fprintf(pr.out, "%s%s {\n", indent, sign)
	pr.nested(indent+"    ", sign, o, p)
	fmt.Fprintf(pr.out, "%s  }\n", indent)
}

// widget writes a widget as a block of its type, the members of its definition and what stands beside it in one.
func (pr *printer) widget(indent, sign string, o, definition map[string]any, p object.Path) {
	kind, _ := definition["type"].(string)
	fmt.Fprintf(pr.out, "%s%s widget %s {\n", indent, sign, quote(kind))
	for _, key := range object.SortedKeys(definition) {
		if key != "type" {
			pr.member(indent+"    ", sign, keyText(key), definition[key], p.With("definition").With(key))
		}
	}
	for _, key := range object.SortedKeys(o) {
		if key != "definition" {
			pr.member(indent+"    ", sign, keyText(key), o[key], p.With(key))
		}
	}
	fmt.Fprintf(pr.out, "%s  }\n", indent)
}

func (pr *printer) heredoc(indent, sign, label, text string) {
	fmt.Fprintf(pr.out, "%s%s %s = <<-EOT\n", indent, sign, label)
	for _, line := range textdiff.Lines(strings.TrimRight(text, "\n")) {
		fmt.Fprintln(pr.out, strings.TrimRight(indent+"    "+Clean(line), " "))
	}
	fmt.Fprintf(pr.out, "%s  EOT\n", indent)
}

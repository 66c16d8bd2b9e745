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
		if isScalar(v) || isLines(v) {
			width = max(width, len(keyText(key)))
		}
	}
	for _, key := range object.SortedKeys(o) {
		v := o[key]
		if v == nil {
			continue
		}
		label := keyText(key)
		if isScalar(v) || isLines(v) {
			label = fmt.Sprintf("%-*s", width, label)
		}
		pr.member(indent, sign, label, v, p.With(key))
	}
}

// member writes one value under its label. The path is nil where the value cannot be sensitive.
func (pr *printer) member(indent, sign, label string, v any, p object.Path) {
	if pr.sensitive(p) {
		fmt.Fprintf(pr.out, "%s%s %s = %s\n", indent, sign, label, sensitiveText)
		return
	}
	switch v := v.(type) {
	case string:
		if isLines(v) {
			pr.heredoc(indent, sign, label, v)
			return
		}
	case map[string]any:
		if len(v) > 0 {
			fmt.Fprintf(pr.out, "%s%s %s {\n", indent, sign, strings.TrimRight(label, " "))
			pr.nested(indent+"    ", sign, v, p)
			fmt.Fprintf(pr.out, "%s  }\n", indent)
			return
		}
	case []any:
		if !isScalar(v) || len(inline(v)) > pr.style.width()-len(indent)-len(label) {
			fmt.Fprintf(pr.out, "%s%s %s = [\n", indent, sign, strings.TrimRight(label, " "))
			for i, e := range v {
				pr.element(indent+"    ", sign, e, p.With(i))
			}
			fmt.Fprintf(pr.out, "%s  ]\n", indent)
			return
		}
	}
	fmt.Fprintf(pr.out, "%s%s %s = %s\n", indent, sign, label, inline(v))
}

// nested writes the members of an object below the first level, all under the sign of the outermost.
func (pr *printer) nested(indent, sign string, o map[string]any, p object.Path) {
	for _, key := range object.SortedKeys(o) {
		pr.member(indent, sign, keyText(key), o[key], p.With(key))
	}
}

// element writes one element of a list.
func (pr *printer) element(indent, sign string, v any, p object.Path) {
	if o, ok := v.(map[string]any); ok && len(o) > 0 {
		fmt.Fprintf(pr.out, "%s%s {\n", indent, sign)
		pr.nested(indent+"    ", sign, o, p)
		fmt.Fprintf(pr.out, "%s  }\n", indent)
		return
	}
	fmt.Fprintf(pr.out, "%s%s %s\n", indent, sign, inline(v))
}

func (pr *printer) heredoc(indent, sign, label, text string) {
	fmt.Fprintf(pr.out, "%s%s %s = <<-EOT\n", indent, sign, label)
	for _, line := range textdiff.Lines(strings.TrimRight(text, "\n")) {
		fmt.Fprintln(pr.out, strings.TrimRight(indent+"    "+Clean(line), " "))
	}
	fmt.Fprintf(pr.out, "%s  EOT\n", indent)
}

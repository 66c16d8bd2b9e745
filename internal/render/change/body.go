package change

import (
	"strings"

	"ddmon/internal/object"
	"ddmon/internal/render/safe"
	"ddmon/internal/textdiff"
)

// body writes all attributes of an object.
func (pr *Printer) body(indent safe.Text, o map[string]any, p object.Path) {
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
			label = label.Pad(width)
		}
		pr.member(indent, Add, label, v, p.With(key))
	}
}

// maxAligned is the width above which other labels are not aligned with a label.
const maxAligned = 60

// widened returns the width that aligns one more label.
func widened(width int, label safe.Text) int {
	if label.Width() > maxAligned {
		return width
	}
	return max(width, label.Width())
}

// member writes one value with its label. The path is nil if the value cannot be sensitive.
func (pr *Printer) member(indent safe.Text, symbol Symbol, label safe.Text, v any, p object.Path) {
	text, ok := pr.fits(v, len(indent)+label.Width()+5)
	short := label.TrimTrailingSpaces()
	switch v := v.(type) {
	case string:
		if isMultiline(v) && !pr.sensitive(p) {
			pr.heredoc(indent, symbol, label, v)
			return
		}
	case map[string]any:
		if !ok && !pr.sensitive(p) {
			pr.line(indent, symbol, plain(short), plain(" {"))
			pr.nested(indent+"    ", symbol, v, p)
			pr.more(indent, None, "  }")
			return
		}
		label = short
	case []any:
		if !ok && !pr.sensitive(p) {
			pr.line(indent, symbol, plain(short), plain(" = ["))
			for i, e := range v {
				pr.element(indent+"    ", symbol, e, p.With(i))
			}
			pr.more(indent, None, "  ]")
			return
		}
	}
	if pr.sensitive(p) {
		text = sensitive
	}
	pr.line(indent, symbol, plain(label), plain(" = "), plain(text))
}

// fits returns a value on one line, and whether to write it that way. Scalars always are; lists and objects only if
// they fit into the rest of the line and cannot contain a sensitive value.
func (pr *Printer) fits(v any, used int) (safe.Text, bool) {
	text := Inline(v)
	switch v.(type) {
	case map[string]any, []any:
		hides := pr.Change.Desired != nil && len(pr.Change.Desired.Sensitive) > 0
		return text, !hides && !containsMultiline(v) && used+text.Width() <= pr.Columns
	}
	return text, true
}

// nested writes the attributes of a nested object, all with the symbol of the outermost one.
func (pr *Printer) nested(indent safe.Text, symbol Symbol, o map[string]any, p object.Path) {
	for _, key := range object.SortedKeys(o) {
		pr.member(indent, symbol, keyText(key), o[key], p.With(key))
	}
}

// element writes one element of a list. A widget is written as a block, like in the configuration.
func (pr *Printer) element(indent safe.Text, symbol Symbol, v any, p object.Path) {
	if pr.sensitive(p) {
		pr.line(indent, symbol, plain(sensitive))
		return
	}
	o, isObject := v.(map[string]any)
	definition, isWidget := o["definition"].(map[string]any)
	if isWidget {
		pr.widget(indent, symbol, o, definition, p)
		return
	}
	if text, ok := pr.fits(v, len(indent)+3); ok || !isObject {
		pr.line(indent, symbol, plain(text))
		return
	}
	pr.line(indent, symbol, plain("{"))
	pr.nested(indent+"    ", symbol, o, p)
	pr.more(indent, None, "  }")
}

// widget writes a widget as a block of its type, which merges the definition with its siblings, such as the layout.
func (pr *Printer) widget(indent safe.Text, symbol Symbol, o, definition map[string]any, p object.Path) {
	kind, _ := definition["type"].(string)
	pr.line(indent, symbol, plain("widget "), plain(safe.Quote(kind)), plain(" {"))
	for _, key := range object.SortedKeys(definition) {
		if key != "type" {
			pr.member(indent+"    ", symbol, keyText(key), definition[key], p.With("definition").With(key))
		}
	}
	for _, key := range object.SortedKeys(o) {
		if key != "definition" {
			pr.member(indent+"    ", symbol, keyText(key), o[key], p.With(key))
		}
	}
	pr.more(indent, None, "  }")
}

func (pr *Printer) heredoc(indent safe.Text, symbol Symbol, label safe.Text, text string) {
	pr.line(indent, symbol, plain(label), plain(" = <<-EOT"))
	for _, line := range textdiff.Lines(strings.TrimRight(text, "\n")) {
		pr.more(indent+"    ", symbol, safe.Line(line))
	}
	pr.more(indent, symbol, "  EOT")
}

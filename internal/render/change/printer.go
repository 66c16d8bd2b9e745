package change

import (
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render/safe"
)

// sensitive is shown in place of values from sensitive variables.
const sensitive safe.Text = object.Redacted

// Printer writes one change line by line.
type Printer struct {
	// Change is the change to write.
	Change *plan.Change
	// Overlap is the edits of another user at paths that the configuration changes too.
	Overlap []plan.Edit
	// Columns is the maximum width of a value on one line.
	Columns int
	// Emit is called with each line. It must not keep the pointer.
	Emit func(*Line)

	current Line
}

// emit reuses one Line for all calls of Emit.
func (pr *Printer) emit(indent safe.Text, symbol, inherited Symbol, tone safe.Tone, spans []Span) {
	pr.current.Indent, pr.current.Symbol, pr.current.Inherited, pr.current.Tone = indent, symbol, inherited, tone
	pr.current.Spans = append(pr.current.Spans[:0], spans...)
	pr.Emit(&pr.current)
}

// line emits a line with a symbol.
func (pr *Printer) line(indent safe.Text, symbol Symbol, spans ...Span) {
	pr.emit(indent, symbol, None, safe.Plain, spans)
}

// more emits a line that continues a value, or closes it.
func (pr *Printer) more(indent safe.Text, inherited Symbol, text safe.Text) {
	if text = text.TrimTrailingSpaces(); text == "" {
		indent = ""
	}
	pr.emit(indent, None, inherited, safe.Plain, []Span{plain(text)})
}

// comment emits a comment on the next lines.
func (pr *Printer) comment(indent safe.Text, tone safe.Tone, text safe.Text) {
	pr.emit(indent, None, None, tone, []Span{plain(text)})
}

// Created writes all attributes of a created object.
func (pr *Printer) Created(indent safe.Text) { pr.body(indent, pr.Change.After, nil) }

// Edited writes the edits of an update.
func (pr *Printer) Edited(indent safe.Text) { pr.edits(indent, treeOf(pr.Change.Edits)) }

// Deleted writes the attributes that identify a deleted object.
func (pr *Printer) Deleted(indent safe.Text) {
	for _, key := range []safe.Text{"name", "title", "type", "query"} {
		v, ok := pr.Change.Before[string(key)]
		if !ok {
			continue
		}
		text := Inline(v)
		if pr.wasSensitive(object.Path{string(key)}) {
			text = sensitive
		}
		pr.line(indent, Remove, plain(key), plain(" = "), plain(text))
	}
}

// Notes writes the notes on the live object, which cause no change.
func (pr *Printer) Notes(indent safe.Text) {
	for _, n := range pr.Change.Notes {
		pr.comment(indent, safe.Dim, "# "+safe.Line(n.Path.String())+": "+safe.Line(n.Text))
	}
}

// markOverwritten marks an edit made in Datadog at a path that the configuration changes too.
func (pr *Printer) markOverwritten(indent safe.Text, e plan.Edit) {
	same := func(other plan.Edit) bool { return other.Op == e.Op && other.Path.String() == e.Path.String() }
	if slices.ContainsFunc(pr.Overlap, same) {
		pr.comment(indent, safe.Yellow, "# also changed here: overwrites another user's edit")
	}
}

// sensitive reports whether a configured value is sensitive.
func (pr *Printer) sensitive(p object.Path) bool {
	return pr.Change.Desired != nil && len(p) > 0 && pr.Change.Desired.IsSensitive(p)
}

// wasSensitive reports whether a value of the live object can be sensitive.
func (pr *Printer) wasSensitive(p object.Path) bool {
	return pr.Change.Desired != nil && len(p) > 0 && pr.Change.Desired.MayBeSensitive(p)
}

// holdsSensitive reports whether a value below p is sensitive.
func (pr *Printer) holdsSensitive(p object.Path) bool {
	return pr.Change.Desired != nil && pr.Change.Desired.HoldsSensitive(p)
}

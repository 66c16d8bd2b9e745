package change

import (
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render/safe"
)

// sensitive stands for every value that came from a sensitive variable.
const sensitive safe.Text = object.Redacted

// Printer writes one change line by line.
type Printer struct {
	// Change is the change; its values are those to show.
	Change *plan.Change
	// Both are those of its edits that another user made at places that the configuration changes as well.
	Both []plan.Edit
	// Columns is the width up to which values are written on one line.
	Columns int
	// Emit gets each line; it must not keep it.
	Emit func(*Line)

	current Line
}

// emit fills in the one line that all are emitted in.
func (pr *Printer) emit(indent safe.Text, sign, under Sign, tone safe.Tone, spans []Span) {
	pr.current.Indent, pr.current.Sign, pr.current.Under, pr.current.Tone = indent, sign, under, tone
	pr.current.Spans = append(pr.current.Spans[:0], spans...)
	pr.Emit(&pr.current)
}

// line emits a line with a sign.
func (pr *Printer) line(indent safe.Text, sign Sign, spans ...Span) {
	pr.emit(indent, sign, None, safe.Plain, spans)
}

// more emits a line that goes on with a value, or closes it.
func (pr *Printer) more(indent safe.Text, under Sign, text safe.Text) {
	if text = text.TrimBlanks(); text == "" {
		indent = ""
	}
	pr.emit(indent, None, under, safe.Plain, []Span{plain(text)})
}

// comment emits a line about what the next lines show.
func (pr *Printer) comment(indent safe.Text, tone safe.Tone, text safe.Text) {
	pr.emit(indent, None, None, tone, []Span{plain(text)})
}

// Created writes all members of the object that is created.
func (pr *Printer) Created(indent safe.Text) { pr.body(indent, pr.Change.After, nil) }

// Edited writes the edits of an update.
func (pr *Printer) Edited(indent safe.Text) { pr.edits(indent, treeOf(pr.Change.Edits)) }

// Deleted writes what a person needs to recognise an object that is deleted.
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

// Notes writes what is on the live object and causes no change.
func (pr *Printer) Notes(indent safe.Text) {
	for _, n := range pr.Change.Notes {
		pr.comment(indent, safe.Dim, "# "+safe.Line(n.Path.String())+": "+safe.Line(n.Text))
	}
}

// mark says of an edit made in Datadog that the configuration changes the same place.
func (pr *Printer) mark(indent safe.Text, e plan.Edit) {
	same := func(other plan.Edit) bool { return other.Op == e.Op && other.Path.String() == e.Path.String() }
	if slices.ContainsFunc(pr.Both, same) {
		pr.comment(indent, safe.Yellow, "# also changed here: somebody's edit is written over")
	}
}

// sensitive reports whether a value that is to be written is not to be shown.
func (pr *Printer) sensitive(p object.Path) bool {
	return pr.Change.Desired != nil && len(p) > 0 && pr.Change.Desired.IsSensitive(p)
}

// wasSensitive does so for a value of the live object.
func (pr *Printer) wasSensitive(p object.Path) bool {
	return pr.Change.Desired != nil && len(p) > 0 && pr.Change.Desired.MayBeSensitive(p)
}

// holdsSensitive reports whether some element below p is not to be shown.
func (pr *Printer) holdsSensitive(p object.Path) bool {
	return pr.Change.Desired != nil && pr.Change.Desired.HoldsSensitive(p)
}

package terminal

import (
	"cmp"
	"io"
	"maps"
	"slices"
	"strings"

	"ddmon/internal/kind"
	"ddmon/internal/lang"
	"ddmon/internal/render"
	"ddmon/internal/render/change"
	"ddmon/internal/render/safe"
)

// Names writes a list of names in columns.
func Names(w io.Writer, what string, names []string, example string, s safe.Style) error {
	out := safe.NewWriter(w)
	out.Printf("%s (for example: %s):\n", s.Paint(safe.Bold, safe.Line(what)), safe.Line(example))
	width := 0
	for _, n := range names {
		width = max(width, safe.Line(n).Width()+2)
	}
	columns := max(1, (s.Columns()-2)/width)
	for row := range slices.Chunk(names, columns) {
		line := safe.Text("  ")
		for _, n := range row {
			line += safe.Line(n).Pad(width)
		}
		out.Println(line.TrimTrailingSpaces())
	}
	return out.Flush()
}

// schemaDepth is the depth of nested objects that are written with their fields.
const schemaDepth = 4

// Schema writes the fields of a type, with their types, allowed values, defaults and notes.
func Schema(w io.Writer, subject string, t *kind.Type, s safe.Style) error {
	out := newOutput(w, s)
	out.Printf("%s\n\n", out.shown(safe.Bold, subject))
	out.fields("  ", t, nil)
	out.Println()
	for _, l := range safe.Text("Every object also accepts extra = { ... }, for fields newer than this schema. They are sent unchanged.").Wrap(out.Columns()) {
		out.Println(l)
	}
	return out.Flush()
}

// Kind writes the fields of a kind of object like Schema, and what ddmon adds to them.
func Kind(w io.Writer, name string, t *kind.Type, own *lang.BlockType, s safe.Style) error {
	if err := Schema(w, name, t, s); err != nil {
		return err
	}
	out := newOutput(w, s)
	out.Printf("\n%s\n\n", out.shown(safe.Bold, "Added by ddmon"))
	out.blockContent("  ", own)
	return out.Flush()
}

// maxVariants is the number of variants above which a union is not written out. Only widget definitions have more.
const maxVariants = 20

// fields writes the fields of an object. above holds the names of the enclosing types, to stop at recursive types such
// as a group of widgets.
func (o output) fields(indent safe.Text, t *kind.Type, above []string) {
	if t.Name != "" {
		above = append(above[:len(above):len(above)], t.Name)
	}
	for _, f := range sortedFields(t) {
		o.field(indent, f, above)
	}
}

// sortedFields puts required fields first and read-only fields last.
func sortedFields(t *kind.Type) []*kind.Field {
	fields := slices.Collect(maps.Values(t.Fields))
	rank := func(f *kind.Field) int {
		switch {
		case f.ReadOnly:
			return 2
		case f.Required:
			return 0
		}
		return 1
	}
	slices.SortFunc(fields, func(a, b *kind.Field) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a.Name, b.Name))
	})
	return fields
}

func (o output) field(indent safe.Text, f *kind.Field, above []string) {
	what := safe.Line(render.TypeText(f.Type))
	for _, fact := range fieldFacts(f) {
		what += ", " + fact
	}
	name := safe.Line(f.Name)
	for i, l := range what.Wrap(o.Columns() - len(indent) - max(name.Width()+2, 4)) {
		if i == 0 {
			o.Printf("%s%s  %s\n", indent, o.shown(safe.Bold, f.Name), l)
		} else {
			o.Printf("%s    %s\n", indent, l)
		}
	}
	for _, text := range []string{f.Note, render.AllowedText(f.Type), f.Doc} {
		if text != "" {
			o.dim(indent+"    ", safe.Line(text))
		}
	}
	o.inside(indent+"  ", f.Type, above)
}

// dim writes a wrapped text.
func (o output) dim(indent, text safe.Text) {
	for _, l := range text.Wrap(o.Columns() - len(indent)) {
		o.Printf("%s%s\n", indent, o.Paint(safe.Dim, l))
	}
}

// inside writes the fields of the object that a field holds.
func (o output) inside(indent safe.Text, t *kind.Type, above []string) {
	for t != nil && (t.Shape == kind.List || t.Shape == kind.Map) {
		t = t.Elem
	}
	if t == nil || slices.Contains(above, t.Name) || len(above) >= schemaDepth {
		return
	}
	if len(t.Variants) > maxVariants {
		o.Printf("%s%s\n", indent, o.Paint(safe.Dim, "see ddmon schema widget and ddmon schema widget TYPE"))
		return
	}
	o.fields(indent, t, above)
	for _, v := range t.Variants {
		if v.Shape == kind.Object && !slices.Contains(above, v.Name) {
			for _, l := range ("either " + safe.Line(variantText(v))).Wrap(o.Columns() - len(indent)) {
				o.Printf("%s%s\n", indent, o.Paint(safe.Cyan, l))
			}
			if len(above) < schemaDepth-1 {
				o.fields(indent+"  ", v, above)
			}
		}
	}
}

// fieldFacts lists the properties of a field: required, deprecated, its default.
func fieldFacts(f *kind.Field) []safe.Text {
	var facts []safe.Text
	add := func(is bool, text safe.Text) {
		if is {
			facts = append(facts, text)
		}
	}
	add(f.Required && !f.ReadOnly, "required")
	add(f.Deprecated && f.Use == "", "deprecated")
	add(f.Deprecated && f.Use != "", "deprecated: use "+safe.Line(f.Use))
	add(f.ReadOnly, "read-only")
	add(f.Unmanaged, "unmanaged unless set")
	add(f.ForceNew, "forces replacement")
	add(f.Set, "unordered")
	add(f.Query, "query")
	add(f.Ref != "", "id of a "+safe.Line(f.Ref))
	add(f.Default != nil, "default "+change.Inline(f.Default))
	return facts
}

// variantText identifies a variant of a union by the values that only it allows.
func variantText(t *kind.Type) string {
	var discriminators []string
	for _, name := range []string{"type", "data_source", "request_type", "response_format", "name"} {
		if f := t.Fields[name]; f != nil && f.Type != nil && len(f.Type.Enum) > 0 && len(f.Type.Enum) <= 8 {
			discriminators = append(discriminators, name+" = "+strings.Join(f.Type.Enum, " | "))
		}
	}
	if len(discriminators) == 0 {
		return t.Name
	}
	return strings.Join(discriminators, ", ")
}

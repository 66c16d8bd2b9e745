package terminal

import (
	"cmp"
	"io"
	"maps"
	"slices"
	"strings"

	"ddmon/internal/kind"
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
		out.Println(line.TrimBlanks())
	}
	return out.Flush()
}

// schemaDepth is how deep objects in objects are written out. Deeper ones are named; a reader asks for those.
const schemaDepth = 4

// Schema writes the fields of a type: type, what is allowed, what stands for a missing one, our notes.
func Schema(w io.Writer, subject string, t *kind.Type, s safe.Style) error {
	out := newOutput(w, s)
	out.Printf("%s\n\n", out.shown(safe.Bold, subject))
	out.fields("  ", t, nil)
	out.Printf("\nEvery object also takes extra = { ... }: fields newer than these tables, sent as they are.\n")
	return out.Flush()
}

// manyVariants is above how many variants a union is not written out: only the definitions of widgets are so many.
const manyVariants = 20

// fields writes the fields of an object; above holds the names of the types around it, so that a type that holds
// itself (a group of widgets) ends.
func (o output) fields(indent safe.Text, t *kind.Type, above []string) {
	if t.Name != "" {
		above = append(above[:len(above):len(above)], t.Name)
	}
	for _, f := range sortedFields(t) {
		o.field(indent, f, above)
	}
}

// sortedFields puts what has to be written first and what cannot be written last.
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
	o.Print(indent, o.shown(safe.Bold, f.Name), safe.Text("  "), safe.Line(render.TypeText(f.Type)))
	for _, fact := range fieldFacts(f) {
		o.Print(safe.Text(", "), fact)
	}
	o.Println()
	for _, text := range []string{f.Note, render.AllowedText(f.Type), f.Doc} {
		if text != "" {
			for _, l := range safe.Line(text).Wrap(o.Columns() - len(indent) - 4) {
				o.Printf("%s    %s\n", indent, o.Paint(safe.Dim, l))
			}
		}
	}
	o.inside(indent+"  ", f.Type, above)
}

// inside writes the fields of objects below a field.
func (o output) inside(indent safe.Text, t *kind.Type, above []string) {
	for t != nil && (t.Shape == kind.List || t.Shape == kind.Map) {
		t = t.Elem
	}
	if t == nil || slices.Contains(above, t.Name) || len(above) >= schemaDepth {
		return
	}
	if len(t.Variants) > manyVariants {
		o.Printf("%s%s\n", indent, o.Paint(safe.Dim, "see ddmon schema widget, and ddmon schema widget TYPE"))
		return
	}
	o.fields(indent, t, above)
	for _, v := range t.Variants {
		if v.Shape == kind.Object && !slices.Contains(above, v.Name) {
			o.Printf("%s%s\n", indent, o.Paint(safe.Cyan, "either "+safe.Line(variantText(v))))
			if len(above) < schemaDepth-1 {
				o.fields(indent+"  ", v, above)
			}
		}
	}
}

// fieldFacts lists what there is to say of a field in single words.
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
	add(f.Unmanaged, "left alone unless written")
	add(f.ForceNew, "a change replaces the object")
	add(f.Set, "order means nothing")
	add(f.Query, "a query")
	add(f.Ref != "", "the id of a "+safe.Line(f.Ref))
	add(f.Default != nil, "default "+change.Inline(f.Default))
	return facts
}

// variantText tells a variant of a union by the values that only it allows.
func variantText(t *kind.Type) string {
	var tells []string
	for _, name := range []string{"type", "data_source", "request_type", "response_format", "name"} {
		if f := t.Fields[name]; f != nil && f.Type != nil && len(f.Type.Enum) > 0 && len(f.Type.Enum) <= 8 {
			tells = append(tells, name+" = "+strings.Join(f.Type.Enum, " | "))
		}
	}
	if len(tells) == 0 {
		return t.Name
	}
	return strings.Join(tells, ", ")
}

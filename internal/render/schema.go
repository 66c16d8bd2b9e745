package render

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"ddmon/internal/kind"
)

// Names writes a list of names in columns.
func Names(w io.Writer, what string, names []string, example string, s Style) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s (for example: %s):\n", s.paint(bold, what), example)
	width := 0
	for _, n := range names {
		width = max(width, len(n)+2)
	}
	columns := max(1, (s.width()-2)/width)
	for row := range slices.Chunk(names, columns) {
		line := "  "
		for _, n := range row {
			line += fmt.Sprintf("%-*s", width, n)
		}
		fmt.Fprintln(out, strings.TrimRight(line, " "))
	}
	return out.Flush()
}

// schemaDepth is how deep objects in objects are written out. Deeper ones are named; a reader asks for those.
const schemaDepth = 4

// Schema writes the fields of a type: type, what is allowed, what stands for a missing one, our notes.
func Schema(w io.Writer, subject string, t *kind.Type, s Style) error {
	out := bufio.NewWriter(w)
	p := &schemaPrinter{out: out, style: s}
	fmt.Fprintf(out, "%s\n\n", s.paint(bold, subject))
	p.fields("  ", t, nil)
	fmt.Fprintf(out, "\nEvery object also takes extra = { ... }: fields newer than these tables, sent as they are.\n")
	return out.Flush()
}

// manyVariants is above how many variants a union is not written out: only the definitions of widgets are so many.
const manyVariants = 20

type schemaPrinter struct {
	out   *bufio.Writer
	style Style
}

// fields writes the fields of an object; above holds the names of the types around it, so that a type that holds
// itself (a group of widgets) ends.
func (p *schemaPrinter) fields(indent string, t *kind.Type, above []string) {
	if t.Name != "" {
		above = append(above[:len(above):len(above)], t.Name)
	}
	for _, f := range sortedFields(t) {
		p.field(indent, f, above)
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

func (p *schemaPrinter) field(indent string, f *kind.Field, above []string) {
	line := indent + p.style.paint(bold, f.Name) + "  " + typeText(f.Type)
	for _, fact := range fieldFacts(f) {
		line += ", " + fact
	}
	fmt.Fprintln(p.out, line)
	for _, text := range []string{f.Note, allowedText(f.Type), f.Doc} {
		if text != "" {
			for _, l := range wrap(text, p.style.width()-len(indent)-4) {
				fmt.Fprintf(p.out, "%s    %s\n", indent, p.style.paint(dim, l))
			}
		}
	}
	p.inside(indent+"  ", f.Type, above)
}

// inside writes the fields of objects below a field.
func (p *schemaPrinter) inside(indent string, t *kind.Type, above []string) {
	for t != nil && (t.Shape == kind.List || t.Shape == kind.Map) {
		t = t.Elem
	}
	if t == nil || slices.Contains(above, t.Name) || len(above) >= schemaDepth {
		return
	}
	if len(t.Variants) > manyVariants {
		fmt.Fprintf(p.out, "%s%s\n", indent, p.style.paint(dim, "see ddmon schema widget, and ddmon schema widget TYPE"))
		return
	}
	p.fields(indent, t, above)
	for _, v := range t.Variants {
		if v.Shape == kind.Object && !slices.Contains(above, v.Name) {
			fmt.Fprintf(p.out, "%s%s\n", indent, p.style.paint(cyan, "either "+variantText(v)))
			if len(above) < schemaDepth-1 {
				p.fields(indent+"  ", v, above)
			}
		}
	}
}

// fieldFacts lists what there is to say of a field in single words.
func fieldFacts(f *kind.Field) []string {
	var facts []string
	add := func(is bool, text string) {
		if is {
			facts = append(facts, text)
		}
	}
	add(f.Required && !f.ReadOnly, "required")
	add(f.Deprecated && f.Use == "", "deprecated")
	add(f.Deprecated && f.Use != "", "deprecated: use "+f.Use)
	add(f.ReadOnly, "read-only")
	add(f.Unmanaged, "left alone unless written")
	add(f.ForceNew, "a change replaces the object")
	add(f.Set, "order means nothing")
	add(f.Query, "a query")
	add(f.Ref != "", "the id of a "+f.Ref)
	add(f.Default != nil, "default "+inline(f.Default))
	return facts
}

// typeText names a type: list of object, map of string.
func typeText(t *kind.Type) string {
	if t == nil {
		return "any"
	}
	switch t.Shape {
	case kind.Object:
		return "object"
	case kind.Union:
		return "one of several objects"
	case kind.List:
		return "list of " + typeText(t.Elem)
	case kind.Map:
		return "map of " + typeText(t.Elem)
	default:
		_, name, _ := strings.Cut(t.Shape.String(), " ") // "a string"
		return name
	}
}

// allowedText lists the values of an enum, also of one in a list.
func allowedText(t *kind.Type) string {
	for t != nil && t.Shape == kind.List {
		t = t.Elem
	}
	if t == nil || len(t.Enum) == 0 {
		return ""
	}
	return "one of: " + strings.Join(t.Enum, ", ")
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

// wrap breaks a text at blanks.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, w := range strings.Fields(text) {
		if line != "" && len(line)+1+len(w) > max(width, 20) {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += w
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

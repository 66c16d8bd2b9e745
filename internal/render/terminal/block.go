package terminal

import (
	"io"
	"strings"

	"ddmon/internal/lang"
	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

// Block writes the attributes and nested blocks of a type of block, and an example.
func Block(w io.Writer, b *lang.BlockType, s safe.Style) error {
	out := newOutput(w, s)
	out.Println(out.shown(safe.Bold, blockHeader(b)))
	out.paragraphs("  ", b.Text)
	out.Println()
	out.blockContent("  ", b)
	out.Printf("\n%s\n", out.shown(safe.Bold, "Example"))
	for line := range strings.Lines(b.Example) {
		out.Println(("  " + safe.Line(strings.TrimSuffix(line, "\n"))).TrimTrailingSpaces())
	}
	return out.Flush()
}

// blockHeader is the header of a block, such as: series "METRIC".
func blockHeader(b *lang.BlockType) string {
	switch label := `"` + strings.ToUpper(b.Label) + `"`; {
	case b.Label == "":
		return b.Name
	case b.LabelOptional:
		return b.Name + " [" + label + "]"
	default:
		return b.Name + " " + label
	}
}

// paragraphs writes a text of several paragraphs.
func (o output) paragraphs(indent safe.Text, text string) {
	for paragraph := range strings.SplitSeq(text, "\n") {
		for _, line := range safe.Line(paragraph).Wrap(o.Columns() - len(indent)) {
			o.Printf("%s%s\n", indent, line)
		}
	}
}

// blockContent writes the attributes of a block, the keys of its lines, and the blocks in it.
func (o output) blockContent(indent safe.Text, b *lang.BlockType) {
	for i := range b.Attributes {
		o.attribute(indent, &b.Attributes[i])
	}
	if b.Named != nil {
		o.attribute(indent, b.Named)
	}
	if len(b.Keys) > 0 {
		o.Printf("%s%s\n", indent, o.Paint(safe.Cyan, "keys of each line"))
	}
	for i := range b.Keys {
		o.attribute(indent+"  ", &b.Keys[i])
	}
	for _, inner := range b.Blocks {
		o.Print(indent, o.shown(safe.Bold, blockHeader(inner.BlockType)))
		switch {
		case inner.Required && inner.Repeated:
			o.Println(safe.Text("  block, one or more"))
		case inner.Required:
			o.Println(safe.Text("  block, required"))
		case inner.Repeated:
			o.Println(safe.Text("  block, any number"))
		default:
			o.Println(safe.Text("  block, optional"))
		}
		o.paragraphs(indent+"    ", inner.Text)
		o.blockContent(indent+"  ", inner.BlockType)
	}
}

func (o output) attribute(indent safe.Text, a *lang.AttributeType) {
	o.Print(indent, o.shown(safe.Bold, a.Name), safe.Text("  "), safe.Line(a.Type))
	switch value := render.DefaultText(a); {
	case a.Required:
		o.Print(safe.Text(", required"))
	case value != "":
		o.Print(safe.Text(", default "), safe.Line(value))
	default:
		o.Print(safe.Text(", optional"))
	}
	if a.Unit != "" {
		o.Print(safe.Text(", in "), safe.Line(a.Unit))
	}
	o.Println()
	facts := []string{a.Text}
	if len(a.Values) > 0 {
		facts = append(facts, "one of: "+strings.Join(a.Values, ", "))
	}
	if a.Unset != "" {
		facts = append(facts, "if not set: "+a.Unset)
	}
	for _, fact := range facts {
		for _, line := range safe.Line(fact).Wrap(o.Columns() - len(indent) - 4) {
			o.Printf("%s    %s\n", indent, o.Paint(safe.Dim, line))
		}
	}
}

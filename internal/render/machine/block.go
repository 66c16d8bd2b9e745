package machine

import (
	"ddmon/internal/lang"
)

// NewBlockSchema returns the output of a type of block. Attributes and nested blocks are its fields.
func NewBlockSchema(b *lang.BlockType) Schema {
	return Schema{FormatVersion: FormatVersion, Subject: b.Name, SchemaJSON: blockJSON(b)}
}

func blockJSON(b *lang.BlockType) SchemaJSON {
	s := SchemaJSON{Type: "block", Label: b.Label, Note: b.Text, Example: b.Example}
	for i := range b.Attributes {
		s.Fields = append(s.Fields, attributeJSON(&b.Attributes[i]))
	}
	if b.Named != nil {
		named := attributeJSON(b.Named)
		s.Named = &named
	}
	for i := range b.Keys {
		s.Keys = append(s.Keys, attributeJSON(&b.Keys[i]))
	}
	for _, inner := range b.Blocks {
		of := blockJSON(inner.BlockType)
		f := FieldJSON{Name: inner.Name, Type: "block", Required: inner.Required, Of: &of}
		if inner.Repeated {
			f.Type = "list of block"
		}
		s.Fields = append(s.Fields, f)
	}
	return s
}

func attributeJSON(a *lang.AttributeType) FieldJSON {
	return FieldJSON{
		Name: a.Name, Type: a.Type, Required: a.Required, Default: a.Default, Unset: a.Unset, Unit: a.Unit, Enum: a.Values, Note: a.Text, Example: a.Example,
	}
}

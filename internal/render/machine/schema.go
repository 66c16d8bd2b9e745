package machine

import (
	"slices"
	"strings"

	"ddmon/internal/kind"
	"ddmon/internal/lang"
	"ddmon/internal/object"
	"ddmon/internal/render"
)

// Schema is the output of schema with a subject.
type Schema struct {
	FormatVersion string `json:"format_version"`
	Subject       string `json:"subject"`
	SchemaJSON
	// Block is what ddmon adds to the fields of a kind of object.
	Block *SchemaJSON `json:"block,omitempty"`
}

// SchemaJSON is the JSON output of a type.
type SchemaJSON struct {
	Type   string      `json:"type"`
	Fields []FieldJSON `json:"fields,omitempty"`
	// Label to Example are only of blocks.
	Label   string      `json:"label,omitempty"`
	Named   *FieldJSON  `json:"named,omitempty"`
	Keys    []FieldJSON `json:"keys,omitempty"`
	Note    string      `json:"note,omitempty"`
	Example string      `json:"example,omitempty"`
	// Variants are the alternatives of a union.
	Variants []SchemaJSON `json:"variants,omitempty"`
}

// FieldJSON is the JSON output of a field.
type FieldJSON struct {
	Name       string      `json:"name"`
	Type       string      `json:"type"`
	Required   bool        `json:"required,omitempty"`
	Deprecated bool        `json:"deprecated,omitempty"`
	ReadOnly   bool        `json:"read_only,omitempty"`
	Unmanaged  bool        `json:"unmanaged,omitempty"`
	Default    any         `json:"default,omitempty"`
	Unset      string      `json:"unset,omitempty"`
	Unit       string      `json:"unit,omitempty"`
	Enum       []string    `json:"enum,omitempty"`
	Note       string      `json:"note,omitempty"`
	Doc        string      `json:"doc,omitempty"`
	Example    string      `json:"example,omitempty"`
	Of         *SchemaJSON `json:"of,omitempty"` // the object that the field, list or map holds
}

// NewSchema returns the output of a type, in full except for recursive types.
func NewSchema(subject string, t *kind.Type) Schema {
	return Schema{FormatVersion: FormatVersion, Subject: subject, SchemaJSON: schemaJSON(t, nil)}
}

// NewKindSchema returns the output of a kind of object. own is what ddmon adds to its fields.
func NewKindSchema(name string, t *kind.Type, own *lang.BlockType) Schema {
	out, block := NewSchema(name, t), blockJSON(own)
	out.Block = &block
	return out
}

func schemaJSON(t *kind.Type, above []string) SchemaJSON {
	s := SchemaJSON{Type: render.TypeText(t)}
	if t == nil || t.Name != "" && slices.Contains(above, t.Name) {
		return s
	}
	above = append(above[:len(above):len(above)], t.Name)
	for _, name := range object.SortedKeys(t.Fields) {
		f := t.Fields[name]
		j := FieldJSON{
			Name: name, Type: render.TypeText(f.Type), Required: f.Required, Deprecated: f.Deprecated, ReadOnly: f.ReadOnly,
			Unmanaged: f.Unmanaged, Default: f.Default, Note: f.Note, Doc: f.Doc,
		}
		if allowed, ok := strings.CutPrefix(render.AllowedText(f.Type), "one of: "); ok {
			j.Enum = strings.Split(allowed, ", ")
		}
		inner := f.Type
		for inner != nil && (inner.Shape == kind.List || inner.Shape == kind.Map) {
			inner = inner.Elem
		}
		if inner != nil && (inner.Shape == kind.Object || inner.Shape == kind.Union) {
			of := schemaJSON(inner, above)
			j.Of = &of
		}
		s.Fields = append(s.Fields, j)
	}
	for _, v := range t.Variants {
		s.Variants = append(s.Variants, schemaJSON(v, above))
	}
	return s
}

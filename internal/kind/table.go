package kind

import (
	"fmt"
	"strconv"
	"strings"

	"ddmon/internal/object"
)

// table maps the names of schemas to types. It is parsed from a line-based format, which the generator and the overlays
// write:
//
//	object NAME                          followed by its fields, each indented by one space:
//	 FIELD EXPR [required] [nullable] [readonly] [deprecated] [default=JSON to the end of the line]
//	 * EXPR                             any other field
//	enum NAME "value" ...
//	union NAME EXPR ...
//	type NAME EXPR                       a name for a string, a list, ...
//
// EXPR is any, string, number, integer, bool, a NAME, []EXPR or {}EXPR (a map). An EXPR in a list or map that ends in
// "?" can be null. A NAME with a dot belongs to an inline schema. A second object with the same name adds fields to the
// first one, and a second union adds variants.
type table map[string]*Type

// read parses text and adds its types to the table.
func (t table) read(text string) error {
	var current *Type
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		var err error
		switch {
		case line == "" || line[0] == '#':
		case line[0] != ' ':
			current, err = t.readType(line)
		case current == nil:
			err = fmt.Errorf("a field outside an object")
		default:
			err = t.readField(current, line[1:])
		}
		if err != nil {
			return fmt.Errorf("%s: %w", line, err)
		}
	}
	return nil
}

// named returns the type with that name. Before its line has been read, its Shape is Any.
func (t table) named(name string) *Type {
	if typ, ok := t[name]; ok {
		return typ
	}
	typ := &Type{Name: name}
	if strings.Contains(name, ".") {
		typ.Name = ""
	}
	t[name] = typ
	return typ
}

// readType reads the first line of a type. It returns an object, so that the following lines add fields to it, and nil
// for other types.
func (t table) readType(line string) (*Type, error) {
	word, rest, _ := strings.Cut(line, " ")
	name, rest, _ := strings.Cut(rest, " ")
	typ := t.named(name)
	more := word == "object" && typ.Shape == Object || word == "union" && typ.Shape == Union
	if typ.Shape != Any && !more {
		return nil, fmt.Errorf("duplicate type")
	}
	switch word {
	case "object":
		if typ.Fields == nil {
			typ.Shape, typ.Fields = Object, map[string]*Field{}
		}
		return typ, nil
	case "enum":
		typ.Shape = String
		var err error
		typ.Enum, err = quoted(rest)
		return nil, err
	case "union":
		typ.Shape = Union
		for _, expr := range strings.Fields(rest) {
			typ.Variants = append(typ.Variants, t.expr(expr))
		}
		return nil, nil
	case "type":
		shaped := t.expr(rest)
		if shaped == t[rest] {
			return nil, fmt.Errorf("the type already has a name")
		}
		typ.Shape, typ.Elem, typ.NullElem = shaped.Shape, shaped.Elem, shaped.NullElem
		return nil, nil
	}
	return nil, fmt.Errorf("unknown keyword %q", word)
}

func (t table) readField(of *Type, line string) error {
	line, text, _ := strings.Cut(line, " default=")
	name, rest, _ := strings.Cut(line, " ")
	expr, flags, _ := strings.Cut(rest, " ")
	if _, ok := of.Fields[name]; ok {
		return fmt.Errorf("duplicate field")
	}
	f := &Field{Name: name, Type: t.expr(expr)}
	if name == "*" {
		of.elem = &Field{Type: f.Type}
		return nil
	}
	for flag := range strings.FieldsSeq(flags) {
		switch flag {
		case "required":
			f.Required = true
		case "nullable":
			f.Nullable = true
		case "readonly":
			f.ReadOnly = true
		case "deprecated":
			f.Deprecated = true
		default:
			return fmt.Errorf("unknown flag %q", flag)
		}
	}
	if text != "" {
		value, err := object.Decode([]byte(text))
		if err != nil {
			return err
		}
		f.Default = value
	}
	of.Fields[name] = f
	return nil
}

// expr returns the type of an EXPR.
func (t table) expr(expr string) *Type {
	if elem, ok := strings.CutPrefix(expr, "[]"); ok {
		return t.collection(List, elem)
	}
	if elem, ok := strings.CutPrefix(expr, "{}"); ok {
		return t.collection(Map, elem)
	}
	switch expr {
	case "any":
		return &Type{Shape: Any}
	case "string":
		return &Type{Shape: String}
	case "number":
		return &Type{Shape: Number}
	case "integer":
		return &Type{Shape: Integer}
	case "bool":
		return &Type{Shape: Bool}
	}
	return t.named(expr)
}

func (t table) collection(shape Shape, elem string) *Type {
	elem, null := strings.CutSuffix(elem, "?")
	return &Type{Shape: shape, Elem: t.expr(elem), NullElem: null}
}

// quoted splits a sequence of quoted strings.
func quoted(text string) ([]string, error) {
	var values []string
	for text != "" {
		prefix, err := strconv.QuotedPrefix(text)
		if err != nil {
			return nil, err
		}
		value, err := strconv.Unquote(prefix)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
		text = strings.TrimPrefix(text[len(prefix):], " ")
	}
	return values, nil
}

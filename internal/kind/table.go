package kind

import (
	"fmt"
	"strconv"
	"strings"

	"ddmon/internal/object"
)

// table holds types by the name of their schema. It is read from text of one line a fact, which the generator and
// the overlay write:
//
//	object NAME                          followed by its fields, each indented by one blank:
//	 FIELD EXPR [required] [nullable] [readonly] [deprecated] [default=JSON to the end of the line]
//	 * EXPR                             any other field
//	enum NAME "value" ...
//	union NAME EXPR ...
//	type NAME EXPR                       a name for a string, a list, ...
//
// EXPR is any, string, number, integer, bool, a NAME, []EXPR or {}EXPR (a map); an EXPR in a list or map that ends
// in "?" may be null. A NAME with a dot is an inline schema's. A second object of a name adds fields to the first,
// a second union variants.
type table map[string]*Type

// read adds text to the table.
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

// named returns the type of that name. It may be one whose line is yet to come: its Shape is Any until then.
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

// readType reads a line that begins a type and returns the type if it is an object, to which fields are added.
func (t table) readType(line string) (*Type, error) {
	word, rest, _ := strings.Cut(line, " ")
	name, rest, _ := strings.Cut(rest, " ")
	typ := t.named(name)
	more := word == "object" && typ.Shape == Object || word == "union" && typ.Shape == Union
	if typ.Shape != Any && !more {
		return nil, fmt.Errorf("the type exists")
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
			return nil, fmt.Errorf("a second name for a type")
		}
		typ.Shape, typ.Elem, typ.NullElem = shaped.Shape, shaped.Elem, shaped.NullElem
		return nil, nil
	}
	return nil, fmt.Errorf("the word %q begins no type", word)
}

func (t table) readField(of *Type, line string) error {
	line, text, _ := strings.Cut(line, " default=")
	name, rest, _ := strings.Cut(line, " ")
	expr, flags, _ := strings.Cut(rest, " ")
	if _, ok := of.Fields[name]; ok {
		return fmt.Errorf("the field exists")
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
			return fmt.Errorf("the flag %q does not exist", flag)
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

// expr returns the type that an EXPR stands for.
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

package limit

import (
	"errors"
	"strings"

	"go.yaml.in/yaml/v3"
)

// JSON checks a document before it is decoded and estimates the number of its elements.
func JSON(text string) (int, *Error) { return document(text, "[{,", true) }

// CSV checks a document before it is decoded and counts its fields.
func CSV(text string) (int, *Error) { return document(text, ",\n", false) }

// document limits the elements, nesting and numbers of a document by counting characters outside of quotes.
func document(text, separators string, escapes bool) (int, *Error) {
	if len(text) > MaxText {
		return 0, tooLong()
	}
	elements, depth, deepest, digits := 0, 0, 0, 0
	quoted := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '"' {
			quoted = !quoted
		}
		if quoted {
			if escapes && c == '\\' {
				i++
			}
			continue
		}
		if strings.IndexByte(separators, c) >= 0 {
			elements++
		}
		switch {
		case escapes && (c == '[' || c == '{'):
			depth++
			deepest = max(deepest, depth)
		case escapes && (c == ']' || c == '}'):
			depth--
		}
		if c >= '0' && c <= '9' {
			digits++
		} else {
			digits = 0
		}
		switch {
		case elements > MaxElements:
			return 0, tooManyElements()
		case depth > MaxValueNesting:
			return 0, tooNested()
		case digits > MaxDigits && escapes:
			return 0, tooManyDigits()
		}
	}
	return add(elements, multiply(deepest, len(text))/copiedBytes), nil
}

// copiedBytes is the number of bytes that cost as much as an element: decoding copies them once per level.
const copiedBytes = 1024

// Elements estimates the number of values in a JSON document.
func Elements(text []byte) int {
	n, quoted := 1, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ',' || c == '[' || c == '{'):
			n++
		}
	}
	return n
}

// YAML checks a document before it is decoded and estimates the number of its elements. An alias counts all elements of
// its anchor, including those of nested aliases.
func YAML(text string) (int, *Error) {
	if len(text) > MaxText {
		return 0, tooLong()
	}
	var s yamlSigns
	s.scan(text)
	switch {
	case s.elements > MaxElements:
		return 0, tooManyElements()
	case s.elements > MaxSteps/decodedSteps: // beyond the meter's limit, so decoding is unnecessary
		return s.elements, nil
	case s.deepest <= MaxValueNesting && (!begins(text, '&') || !begins(text, '*')):
		return s.elements, nil // without aliases, the estimate is sufficient
	}
	var node yaml.Node
	if err := yaml.Unmarshal([]byte(text), &node); err != nil {
		if strings.Contains(err.Error(), "exceeded max depth") {
			return 0, tooNested()
		}
		return s.elements, nil // the decoder reports the error
	}
	x := expansion{sizes: map[*yaml.Node]Size{}}
	size, err := x.of(&node, 0)
	if err != nil {
		var f *Error
		errors.As(err, &f)
		return 0, f
	}
	return max(size.Elements, s.elements), nil
}

// yamlSigns estimates the elements and the nesting of a document from its characters and lines.
type yamlSigns struct {
	elements int // lines, brackets, commas, and further indicators at the start of a line
	deepest  int // nesting of brackets, or spaces and indicators at the start of a line
}

func (s *yamlSigns) scan(text string) {
	brackets, indent, indicators, digits := 0, 0, 0, 0
	begins := true // only spaces and indicators so far in this line
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= '0' && c <= '9' {
			if digits++; digits > MaxDigits && digits%MaxDigits == 0 { // a number this long takes long to parse; it can also be a string
				s.elements += digits / MaxDigits
			}
		} else {
			digits = 0
		}
		if n := lineBreak(text[i:]); n > 0 {
			s.elements++
			begins, indent, indicators = true, 0, 0
			i += n - 1
			continue
		}
		switch {
		case c == '[' || c == '{':
			brackets++
			s.elements++
		case c == ',':
			s.elements++
		case c == ']' || c == '}':
			brackets--
		}
		switch {
		case !begins:
		case c == ' ' || c == '\t':
			indent++
		case (c == '-' || c == '?' || c == ':') && (i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '\t' || lineBreak(text[i+1:]) > 0):
			if indicators++; indicators > 1 { // - - a is a nested list
				s.elements++
			}
			indent++
		default:
			begins = false
		}
		s.deepest = max(s.deepest, brackets, indent)
	}
}

// lineBreak returns the length of the YAML 1.1 line break at the start of text, or 0.
func lineBreak(text string) int {
	switch c := text[0]; {
	case c == '\n':
		return 1
	case c == '\r':
		if len(text) > 1 && text[1] == '\n' {
			return 2
		}
		return 1
	case c == 0xc2 && strings.HasPrefix(text, "\u0085"):
		return 2
	case c == 0xe2 && (strings.HasPrefix(text, "\u2028") || strings.HasPrefix(text, "\u2029")):
		return 3
	}
	return 0
}

// begins reports whether any word starts with sign, as anchors and aliases do.
func begins(text string, sign byte) bool {
	for at := 0; ; at++ {
		next := strings.IndexByte(text[at:], sign)
		if next < 0 {
			return false
		}
		at += next
		if (at == 0 || strings.IndexByte(" \t\n\r[{,:-?", text[at-1]) >= 0) && at+1 < len(text) && text[at+1] > ' ' {
			return true
		}
	}
}

// expansion computes the decoded size of a document, each anchor once.
type expansion struct{ sizes map[*yaml.Node]Size }

func (x *expansion) of(n *yaml.Node, depth int) (Size, error) {
	if depth > MaxValueNesting {
		return Size{}, tooNested()
	}
	if known, ok := x.sizes[n]; ok {
		return known, nil
	}
	size := Size{Bytes: len(n.Value)}
	if n.Kind == yaml.AliasNode {
		if n.Alias == nil {
			return size, nil
		}
		return x.of(n.Alias, depth+1)
	}
	for _, child := range n.Content {
		c, err := x.of(child, depth+1)
		if err != nil {
			return size, err
		}
		size.Elements += 1 + c.Elements
		size.Bytes += c.Bytes
		size.Depth = max(size.Depth, 1+c.Depth)
		if f := size.check(); f != nil {
			return size, f
		}
	}
	x.sizes[n] = size
	return size, nil
}

package limit

import (
	"errors"
	"strings"

	"go.yaml.in/yaml/v3"
)

// JSON judges a document before it is decoded, and counts its elements, about.
func JSON(text string) (int, *Fault) { return document(text, "[{,", true) }

// CSV judges a document before it is decoded, and counts its fields.
func CSV(text string) (int, *Fault) { return document(text, ",\n", false) }

// document bounds the elements, the nesting and the numbers of a document by its signs. Those in quotes do not count.
func document(text, separators string, escapes bool) (int, *Fault) {
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

// copiedBytes is how much of a text is as much work as an element: decoding copies it once for each level.
const copiedBytes = 1024

// Elements counts the values of a JSON document by its signs, about.
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

// YAML judges a document before it is decoded, and counts its elements, about: an alias stands for all that its anchor
// holds, aliases included.
func YAML(text string) (int, *Fault) {
	if len(text) > MaxText {
		return 0, tooLong()
	}
	var s yamlSigns
	s.scan(text)
	switch {
	case s.elements > MaxElements:
		return 0, tooManyElements()
	case s.elements > MaxSteps/decodedSteps: // the meter refuses that many, before they are decoded here
		return s.elements, nil
	case s.deepest <= MaxValueNesting && (!begins(text, '&') || !begins(text, '*')):
		return s.elements, nil // without aliases, a document decodes to no more than is written
	}
	var node yaml.Node
	if err := yaml.Unmarshal([]byte(text), &node); err != nil {
		if strings.Contains(err.Error(), "exceeded max depth") {
			return 0, tooNested()
		}
		return s.elements, nil // the decoder says what is wrong
	}
	x := expansion{sizes: map[*yaml.Node]Size{}}
	size, err := x.of(&node, 0)
	if err != nil {
		var f *Fault
		errors.As(err, &f)
		return 0, f
	}
	return max(size.Elements, s.elements), nil
}

// yamlSigns bounds the elements and the nesting of a document by its signs and lines.
type yamlSigns struct {
	elements int // one for each line, bracket and comma, and for each further indicator at the beginning of a line
	deepest  int // of brackets, or of blanks and indicators at the beginning of a line
}

func (s *yamlSigns) scan(text string) {
	brackets, indent, indicators, digits := 0, 0, 0, 0
	begins := true // there were only blanks and indicators in this line
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= '0' && c <= '9' {
			if digits++; digits > MaxDigits && digits%MaxDigits == 0 { // it may be text; if it is a number, it is long to read
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
			if indicators++; indicators > 1 { // - - a is a list in a list
				s.elements++
			}
			indent++
		default:
			begins = false
		}
		s.deepest = max(s.deepest, brackets, indent)
	}
}

// lineBreak returns the length of the line break that a text begins with, as YAML 1.1 has them.
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

// begins reports whether a sign begins a word, as it does where it means an anchor or an alias.
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

// expansion computes what a document decodes to, each anchor once.
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

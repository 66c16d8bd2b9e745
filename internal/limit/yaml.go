package limit

import (
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// YAML checks a document before it is decoded and estimates the number of its elements. An alias counts all elements of
// its anchor, including those of nested aliases. The decoder reads all open brackets again for each token.
func YAML(text string) (Cost, *Error) {
	if len(text) > MaxText {
		return Cost{}, tooLong()
	}
	var s yamlSigns
	s.scan(text)
	switch {
	case s.elements > MaxElements:
		return Cost{}, tooManyElements()
	case s.elements > MaxSteps/decodedSteps: // beyond the meter's limit, so decoding is unnecessary
		return Cost{Elements: s.elements}, nil
	case s.keyErr != nil:
		return Cost{}, s.keyErr
	case s.deepest <= MaxValueNesting && !s.explicit && (!begins(text, '&') || !begins(text, '*')):
		return Cost{Elements: s.elements, Steps: s.steps(s.deepest)}, nil // without aliases, the estimate is sufficient
	}
	// This decoder finds the same tokens in linear time, and at most maxYAMLNesting open brackets.
	var node yaml.Node
	if err := yaml.Unmarshal([]byte(text), &node); err != nil {
		if strings.Contains(err.Error(), "exceeded max depth") {
			return Cost{}, tooNested()
		}
		steps := s.steps(min(s.deepest, maxYAMLNesting))
		if steps > MaxSteps/10 {
			return Cost{}, &Error{Summary: "Invalid YAML", Detail: fmt.Sprintf("The document cannot be read: %s.", strings.TrimPrefix(err.Error(), "yaml: "))}
		}
		return Cost{Elements: s.elements, Steps: steps}, nil // the decoder reports the error
	}
	x := expansion{sizes: map[*yaml.Node]Size{}}
	size, err := x.of(&node, 0)
	s.keys = max(s.keys, x.keys)
	if err != nil {
		var f *Error
		errors.As(err, &f)
		return Cost{}, f
	}
	if x.keyErr != nil {
		return Cost{}, x.keyErr
	}
	return Cost{Elements: max(size.Elements, s.elements), Steps: s.steps(size.Depth)}, nil
}

// maxYAMLNesting is the maximum nesting of yaml.Unmarshal.
const maxYAMLNesting = 10_000

// yamlSigns estimates the elements and the nesting of a document from its characters and lines.
type yamlSigns struct {
	yamlKeys
	elements int // lines, brackets, commas, and further indicators at the start of a line
	tokens   int // at most: not counting texts
	deepest  int // at most: opening brackets, or spaces and indicators at the start of a line
}

// steps returns the cost of finding the tokens of a document.
func (s *yamlSigns) steps(depth int) int { return add(s.keys, multiply(s.tokens, depth)/openBrackets) }

// openBrackets is the number of open brackets whose state a step reads.
const openBrackets = 150

func (s *yamlSigns) scan(text string) {
	opened, indent, indicators, digits := 0, 0, 0, 0
	begins := true // only spaces and indicators so far in this line
	word := 0      // where the current word begins
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
			s.tokens++
			begins, indent, indicators = true, 0, 0
			i += n - 1
			word = i + 1
			continue
		}
		s.sign(text, word, i)
		switch c {
		case '[', '{':
			opened++ // a closing bracket can be in a string or a comment, so it closes nothing here
			s.elements++
			s.tokens++
		case ',':
			s.elements++
			s.tokens++
		case ']', '}', ':', '?', '-', '&', '*', '!', '"', '\'':
			s.tokens++
		}
		if strings.IndexByte(" \t[]{},", c) >= 0 {
			word = i + 1
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
		s.deepest = max(s.deepest, opened, indent)
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
type expansion struct {
	sizes map[*yaml.Node]Size
	yamlKeys
}

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
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			x.node(child)
		}
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

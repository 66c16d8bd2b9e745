package ddquery

import "strings"

// filterTerm = "*" | "$", variable | key, [ ":", value ] | key, [ "NOT" ], "IN", "(", values, ")"
func (c *cursor) filterTerm() Filter {
	from := c.ahead()
	key := c.filterWord(":")
	if key == nil {
		c.failHere("expected_tag", "expected a tag in the filter", "write key:value, or * for everything")
	}
	if c.at(c.pos) == ':' {
		c.pos++
		value := c.filterValue()
		return &Tag{c.span(from), key, value}
	}
	if name, value, ok := variableName(key.Name); ok {
		return &Variable{key.Span, name, value}
	}
	if key.Name == "*" {
		return &Everything{key.Span}
	}
	for _, op := range filterOps[1:] {
		if strings.EqualFold(key.Name, op) {
			c.fail(from, c.pos, "expected_tag", "expected a tag before "+key.Name, "")
		}
	}
	if in := c.in(from, key); in != nil {
		return in
	}
	return &Tag{key.Span, key, nil}
}

// in consumes [NOT] IN (a, b) after a key. It returns nil if something else follows.
func (c *cursor) in(from int, key *Ident) Filter {
	mark := c.pos
	not, negated := c.word("NOT")
	in, ok := c.word("IN")
	if !ok || c.peek() != '(' {
		c.pos = mark
		return nil
	}
	open := c.ahead()
	c.take('(')
	node := &In{Key: key, Not: negated, Words: strings.TrimSpace(not + " " + in)}
	for {
		value := c.filterValue()
		if value.Raw == "" {
			c.failHere("expected_value", "expected a value in the list", "write "+key.Name+" IN (a, b)")
		}
		node.Values = append(node.Values, value)
		if c.take(',') {
			continue
		}
		if c.take(')') {
			node.Span = c.span(from)
			return node
		}
		if c.done() || c.peek() == '}' {
			c.fail(open, open+1, "open_paren", "this parenthesis is not closed", "write ) after the last value")
		}
		c.failHere("expected_comma", "expected , or ) after a value", "")
	}
}

// filterValue consumes the value of a tag, which can be quoted, a regular expression or empty.
func (c *cursor) filterValue() *Value {
	from := c.ahead()
	if c.at(from) == '~' && isQuote(c.at(from+1)) {
		c.pos = from + 1
		s := c.quoted()
		return &Value{c.span(from), c.src[from:c.pos], s.Value, true, true}
	}
	if from < len(c.src) && isQuote(c.src[from]) {
		s := c.quoted()
		return &Value{s.Span, s.Raw, s.Value, true, false}
	}
	word := c.filterWord("")
	if word == nil {
		return &Value{Span: c.span(c.pos)}
	}
	return &Value{Span: word.Span, Raw: word.Name, Text: word.Name}
}

// filterWord consumes a word up to white space, an operator or a byte of stop. It returns nil if there is no word.
// Balanced parentheses are part of a value: url:/a(b)c.
func (c *cursor) filterWord(stop string) *Ident {
	from := c.ahead()
	i, open := from, 0
scan:
	for i < len(c.src) {
		switch b := c.src[i]; {
		case isSpace(b) || strings.IndexByte(",{}", b) >= 0 || strings.IndexByte(stop, b) >= 0:
			break scan
		case b == '(':
			if stop != "" || i == from {
				break scan
			}
			open++
		case b == ')':
			if open == 0 {
				break scan
			}
			open--
		}
		i++
	}
	if i == from {
		return nil
	}
	if open > 0 {
		c.fail(from, i, "open_paren", "a parenthesis in this value is not closed", "")
	}
	c.pos = i
	return &Ident{c.span(from), c.src[from:i]}
}

package ddquery

import (
	"strconv"
	"strings"
)

// number consumes an unsigned number: digits, fraction and exponent.
func (c *cursor) number() *Number {
	c.skipSpace()
	from, i := c.pos, c.pos
	digits := func() bool {
		start := i
		for isDigit(c.at(i)) {
			i++
		}
		return i > start
	}
	if !digits() {
		hint := ""
		if c.at(i) == '.' {
			hint = "write 0.5 instead of .5"
		}
		c.failHere("expected_number", "expected a number", hint)
	}
	if c.at(i) == '.' && isDigit(c.at(i+1)) {
		i++
		digits()
	}
	if c.at(i)|0x20 == 'e' {
		mark := i
		i++
		if c.at(i) == '+' || c.at(i) == '-' {
			i++
		}
		if !digits() {
			i = mark
		}
	}
	text := c.src[from:i]
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		c.fail(from, i, "number_range", "the number "+text+" is too large", "")
	}
	c.pos = i
	return &Number{c.span(from), text, value}
}

// quoted consumes a string in single or double quotes. Value does not have the backslash before the quote or before
// another backslash. It keeps other backslashes, because log search has its own escapes.
func (c *cursor) quoted() *String {
	c.skipSpace()
	from := c.pos
	quote := c.src[from]
	var value strings.Builder
	var gaps []int
	i := from + 1
	start := i
	for ; i < len(c.src) && c.src[i] != quote; i++ {
		if c.src[i] == '\\' && (c.at(i+1) == quote || c.at(i+1) == '\\') {
			value.WriteString(c.src[start:i])
			gaps = append(gaps, value.Len())
			i++
			start = i
		}
	}
	if i >= len(c.src) {
		c.fail(from, len(c.src), "open_quote", "the string has no closing "+string(quote), "")
	}
	c.pos = i + 1
	text := c.src[start:i]
	if gaps != nil {
		value.WriteString(text)
		text = value.String()
	}
	return &String{c.span(from), c.src[from:c.pos], text, gaps}
}

// inside returns a cursor over the value of a string. Its offsets refer to the surrounding source.
func (s *String) inside() *cursor {
	return &cursor{src: s.Value, base: s.From + 1, gaps: s.gaps}
}

// expectString consumes a quoted string or fails. what describes the string.
func (c *cursor) expectString(what string) *String {
	if !isQuote(c.peek()) {
		c.failHere("expected_string", "expected "+what+" in quotes", "")
	}
	return c.quoted()
}

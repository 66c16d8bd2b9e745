package ddquery

import "strings"

// searchMatch = field, ":", value | value
func (c *cursor) searchMatch() SearchNode {
	from := c.ahead()
	if end, ok := c.fieldEnd(from); ok {
		c.pos = end
		field := newField(c.span(from), c.src[from:end])
		c.pos++
		x := c.fieldValue(field)
		return &SearchField{c.span(from), field, x}
	}
	return c.searchValue(false)
}

// fieldEnd returns the end of the field at from, its first unescaped colon. ok is false if there is no field.
func (c *cursor) fieldEnd(from int) (end int, ok bool) {
	for i := from; i < len(c.src); i++ {
		switch b := c.src[i]; {
		case b == '\\':
			i++
		case b == ':':
			return i, i > from
		case isSpace(b) || strings.IndexByte(`()"<>[]{}`, b) >= 0 || b == '$' && i == from:
			return 0, false
		}
	}
	return 0, false
}

// fieldValue consumes the value after the field and colon.
func (c *cursor) fieldValue(field *Field) SearchNode {
	if c.done() || c.peek() == ')' {
		c.fail(c.pos-1-len(field.Raw), c.pos, "search_value_missing", field.Raw+": has no value",
			"write "+field.Raw+":* for any value, or escape the colon as \\:")
	}
	if c.peek() == '(' {
		c.enter()
		defer func() { c.depth-- }()
		return c.searchGroup()
	}
	return c.searchValue(true)
}

// searchValue = comparison | range | phrase | variable | call | term; inField is true after a field.
func (c *cursor) searchValue(inField bool) SearchNode {
	from := c.ahead()
	switch b := c.at(from); {
	case b == '"':
		return c.phrase()
	case b == '>' || b == '<':
		return c.compare()
	case b == '[' || b == '{':
		if inField {
			return c.rangeOf()
		}
		if r, ok := c.tryRange(); ok {
			return r
		}
	}
	return c.term(inField)
}

// phrase = '"', { char | escape }, '"'
func (c *cursor) phrase() *Phrase {
	from := c.ahead()
	i := from + 1
	for i < len(c.src) && c.src[i] != '"' {
		if c.src[i] == '\\' {
			i++
		}
		i++
	}
	if i >= len(c.src) {
		c.fail(from, len(c.src), "open_quote", `the string has no closing "`, `write \" for the character`)
	}
	c.pos = i + 1
	raw := c.src[from:c.pos]
	return &Phrase{c.span(from), raw, unescape(raw[1 : len(raw)-1])}
}

// compare = ( ">" | ">=" | "<" | "<=" ), value
func (c *cursor) compare() SearchNode {
	from := c.ahead()
	op := c.src[from : from+1]
	c.pos = from + 1
	if c.at(c.pos) == '=' {
		op += "="
		c.pos++
	}
	end := c.termEnd(c.ahead())
	if end == c.ahead() {
		c.fail(from, c.pos, "search_value_missing", op+" has no value", "")
	}
	x := c.takeTerm(end)
	return &Compare{c.span(from), op, x}
}

// tryRange consumes a range if there is one. Without a field, a bracket can also start a word.
func (c *cursor) tryRange() (r *Range, ok bool) {
	mark := c.pos
	var err error
	func() {
		defer catch(&err)
		r = c.rangeOf()
	}()
	if err != nil {
		c.pos = mark
	}
	return r, err == nil
}

// rangeOf = ( "[" | "{" ), value, "TO", value, ( "]" | "}" )
func (c *cursor) rangeOf() *Range {
	from := c.ahead()
	r := &Range{LowIncluded: c.src[from] == '['}
	c.pos = from + 1
	r.Low = c.bound(from)
	if _, ok := c.searchOp([]string{"TO"}); !ok {
		c.failHere("range", "expected TO in the range", "write [1 TO 5]")
	}
	r.High = c.bound(from)
	switch {
	case c.take(']'):
		r.HighIncluded = true
	case c.take('}'):
	default:
		c.fail(from, from+1, "range", "this range is not closed", "write ] after its upper bound")
	}
	r.Span = c.span(from)
	return r
}

// bound consumes a bound of a range.
func (c *cursor) bound(open int) SearchNode {
	if c.peek() == '"' {
		return c.phrase()
	}
	from := c.ahead()
	i := from
	for i < len(c.src) && !isSpace(c.src[i]) && strings.IndexByte(`[]{}()"`, c.src[i]) < 0 {
		if c.src[i] == '\\' && i+1 < len(c.src) {
			i++
		}
		i++
	}
	if i == from || c.src[from:i] == "TO" {
		c.fail(open, c.pos, "range", "the range needs two values", "write [1 TO 5]")
	}
	return c.takeTerm(i)
}

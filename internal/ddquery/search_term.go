package ddquery

import "strings"

// termEnd returns the end of the word at from. An unescaped white space, parenthesis or quote ends a word.
func (c *cursor) termEnd(from int) int {
	i := from
	for i < len(c.src) && !isSpace(c.src[i]) && strings.IndexByte(`()"`, c.src[i]) < 0 {
		if c.src[i] == '\\' && i+1 < len(c.src) {
			i++
		}
		i++
	}
	return i
}

// takeTerm consumes a word up to end.
func (c *cursor) takeTerm(end int) *Term {
	from := c.ahead()
	c.pos = end
	raw := c.src[from:end]
	return &Term{c.span(from), raw, unescape(raw), isGlob(raw)}
}

// term consumes a word, a template variable, or a function if a parenthesis follows. inField is true after a field.
func (c *cursor) term(inField bool) SearchNode {
	from := c.ahead()
	end := c.termEnd(from)
	word := c.src[from:end]
	if name, value, ok := variableName(word); ok && !strings.ContainsAny(name, `:*?\`) {
		c.pos = end
		return &SearchVariable{c.span(from), name, value}
	}
	if word == "CIDR" && c.at(end) == '(' && !inField {
		c.pos = end
		return c.searchCall(&Ident{c.span(from), word}, from)
	}
	c.skipSpace()
	return c.takeTerm(end)
}

// searchCall = name, "(", word, { ",", word }, ")"
func (c *cursor) searchCall(name *Ident, from int) *SearchCall {
	call := &SearchCall{Name: name}
	open := c.pos
	c.take('(')
	for {
		i := c.ahead()
		end := i
		for end < len(c.src) && !isSpace(c.src[end]) && strings.IndexByte(`(),"`, c.src[end]) < 0 {
			end++
		}
		if end == i {
			c.failHere("expected_term", name.Name+" needs an argument", "write CIDR(@network.ip, 10.0.0.0/8)")
		}
		call.Args = append(call.Args, c.takeTerm(end))
		if c.take(',') {
			continue
		}
		if !c.take(')') {
			c.fail(open, open+1, "open_paren", "this parenthesis is not closed", "")
		}
		call.Span = c.span(from)
		return call
	}
}

// isGlob reports whether a word contains an unescaped * or ?.
func isGlob(raw string) bool {
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '\\':
			i++
		case '*', '?':
			return true
		}
	}
	return false
}

package ddquery

import "strings"

// ParseSearch parses a log search: service:web -status:info "out of memory". The error is an *Error.
func ParseSearch(query string) (s *Search, err error) {
	defer catch(&err)
	return newCursor(query).search(), nil
}

// search consumes the whole source.
func (c *cursor) search() *Search {
	s := &Search{Span: Span{c.offset(0), c.offset(len(c.src))}}
	if c.done() {
		return s
	}
	s.Root = c.searchOr()
	if c.peek() == ')' {
		c.failHere("close_paren", "this ) has no matching (", `remove it, or write \) for the character`)
	}
	return s
}

// searchOr = and, { ("OR"|"||"), and }
func (c *cursor) searchOr() SearchNode {
	return c.searchLevel("OR", []string{"OR", "||"}, c.searchAnd)
}

// searchAnd = clause, { [ "AND"|"&&" ], clause }
func (c *cursor) searchAnd() SearchNode {
	return c.searchLevel("AND", []string{"AND", "&&"}, c.searchClause)
}

func (c *cursor) searchLevel(op string, words []string, operand func() SearchNode) SearchNode {
	from := c.ahead()
	node := &SearchLogic{Op: op, Terms: []SearchNode{operand()}}
	for {
		word, ok := c.searchOp(words)
		if !ok && (op == "OR" || c.done() || c.peek() == ')' || c.atSearchOp("OR", "||")) {
			break
		}
		node.Words = append(node.Words, word)
		node.Terms = append(node.Terms, operand())
	}
	if len(node.Terms) == 1 {
		return node.Terms[0]
	}
	node.Span = c.span(from)
	return node
}

// searchOp consumes one of the operators if it follows. A word must be a whole word.
func (c *cursor) searchOp(words []string) (string, bool) {
	i := c.ahead()
	for _, w := range words {
		if !strings.HasPrefix(c.src[i:], w) {
			continue
		}
		end := i + len(w)
		if isAlpha(w[0]) && c.termEnd(i) > end {
			continue
		}
		c.pos = end
		return w, true
	}
	return "", false
}

func (c *cursor) atSearchOp(words ...string) bool {
	probe := *c
	_, ok := probe.searchOp(words)
	return ok
}

// searchClause = [ "-" | "!" | "+" | "NOT" ], ( "(", query, ")" | match )
func (c *cursor) searchClause() SearchNode {
	c.enter()
	defer func() { c.depth-- }()
	from := c.ahead()
	op, ok := c.searchPrefix()
	if ok {
		x := c.searchClause()
		return &SearchNot{c.span(from), op, x}
	}
	if c.peek() == '(' {
		return c.searchGroup()
	}
	if c.done() || c.peek() == ')' || c.atSearchOp("AND", "&&", "OR", "||") {
		c.failHere("expected_term", "expected a search term", "write the missing term, or remove the operator before it")
	}
	return c.searchMatch()
}

// searchPrefix consumes an operator before a clause. A dash followed by white space is a word.
func (c *cursor) searchPrefix() (string, bool) {
	i := c.ahead()
	b := c.at(i)
	if (b == '-' || b == '!' || b == '+') && i+1 < len(c.src) && !isSpace(c.src[i+1]) && c.src[i+1] != ')' {
		c.pos = i + 1
		return c.src[i : i+1], true
	}
	return c.searchOp([]string{"NOT"})
}

// searchGroup = "(", query, ")"
func (c *cursor) searchGroup() SearchNode {
	from := c.ahead()
	c.take('(')
	if c.peek() == ')' {
		c.fail(from, c.ahead()+1, "empty_group", "the parentheses are empty", `remove them, or write \( and \) for the characters`)
	}
	x := c.searchOr()
	if !c.take(')') {
		c.fail(from, from+1, "open_paren", "this parenthesis is not closed", `write ) after the group, or \( for the character`)
	}
	return &SearchGroup{c.span(from), x}
}

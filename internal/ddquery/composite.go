package ddquery

import (
	"strings"
	"unicode"
)

// Bool is a node of a composite query.
type Bool interface {
	Node
	boolean()
}

type (
	// CompositeQuery is 123 && !456.
	CompositeQuery struct {
		Span
		X Bool
	}
	// MonitorID is the ID of a member, as written.
	MonitorID struct {
		Span
		ID string
	}
	// BoolNot is !X.
	BoolNot struct {
		Span
		X Bool
	}
	// BoolLogic joins terms with && or ||.
	BoolLogic struct {
		Span
		Op    string
		Terms []Bool
	}
	// BoolGroup is (X).
	BoolGroup struct {
		Span
		X Bool
	}
)

func (*MonitorID) boolean() {}
func (*BoolNot) boolean()   {}
func (*BoolLogic) boolean() {}
func (*BoolGroup) boolean() {}

// IDs returns the members in source order, including duplicates.
func (q *CompositeQuery) IDs() []*MonitorID {
	var ids []*MonitorID
	Walk(q, func(n Node) bool {
		if id, ok := n.(*MonitorID); ok {
			ids = append(ids, id)
		}
		return true
	})
	return ids
}

func (c *cursor) composite() *CompositeQuery {
	from := c.ahead()
	if from >= len(c.src) {
		c.fail(from, from, "empty_query", "the query is empty", StartHint("composite"))
	}
	x := c.boolLevel([]string{"||", "&&"})
	q := &CompositeQuery{c.span(from), x}
	c.compositeEnd()
	return q
}

// compositeEnd fails if an unexpected character follows.
func (c *cursor) compositeEnd() {
	c.skipSpace()
	switch b := c.at(c.pos); {
	case b == ')':
		c.fail(c.pos, c.pos+1, "close_paren", "this ) has no matching (", "remove it")
	case b == '>' || b == '<' || b == '=':
		c.fail(c.pos, len(c.src), "comparison", "a composite does not support a comparison", "remove it; its members have their own")
	case !c.done():
		c.failHere("expected_operator", "expected && or || between two monitors", "")
	}
}

// boolLevel = next level, { operator, next level }; ops is sorted from lowest to highest precedence.
func (c *cursor) boolLevel(ops []string) Bool {
	if len(ops) == 0 {
		return c.boolUnary()
	}
	from := c.ahead()
	terms := []Bool{c.boolLevel(ops[1:])}
	for strings.HasPrefix(c.src[c.ahead():], ops[0]) {
		c.pos = c.ahead() + len(ops[0])
		terms = append(terms, c.boolLevel(ops[1:]))
	}
	if len(terms) == 1 {
		return terms[0]
	}
	return &BoolLogic{c.span(from), ops[0], terms}
}

// boolUnary = "!", unary | "(", expression, ")" | id
func (c *cursor) boolUnary() Bool {
	c.enter()
	defer func() { c.depth-- }()
	from := c.ahead()
	switch {
	case c.take('!'):
		x := c.boolUnary()
		return &BoolNot{c.span(from), x}
	case c.take('('):
		x := c.boolLevel([]string{"||", "&&"})
		if !c.take(')') {
			if c.done() {
				c.fail(from, from+1, "open_paren", "this parenthesis is not closed", "write ) after the group")
			}
			c.compositeEnd()
		}
		return &BoolGroup{c.span(from), x}
	}
	i := from
	for isDigit(c.at(i)) {
		i++
	}
	if i == from || isName(c.at(i)) {
		c.failHere("expected_id", "expected a monitor ID", memberHint(c.src[from:]))
	}
	c.pos = i
	return &MonitorID{c.span(from), c.src[from:i]}
}

// memberHint returns a hint on how to write a member. An address without ${ } is text, not a reference.
func memberHint(rest string) string {
	if address, ok := strings.CutPrefix(rest, "monitor."); ok {
		name := address[:len(address)-len(strings.TrimLeftFunc(address, func(r rune) bool { return r == '_' || r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r) }))]
		return "write ${monitor." + name + ".id}"
	}
	return "combine monitor IDs with && and ||, for example 123 && 456"
}

package ddquery

import "strings"

// ParseMetric parses the metric query of a widget: an expression without time aggregation and threshold. The legacy
// field q can have several expressions separated by commas, which are returned as a *List. The error is an *Error.
func ParseMetric(query string) (x Expr, err error) {
	defer catch(&err)
	c := newCursor(query)
	parsed := c.list()
	c.end("the query")
	return parsed, nil
}

// ParseFormula parses a formula over named queries: `query1 / query2 * 100`. The error is an *Error.
func ParseFormula(formula string) (x Expr, err error) {
	defer catch(&err)
	c := newCursor(formula)
	c.formula = true
	parsed := c.expr()
	c.end("the formula's last term")
	return parsed, nil
}

// list = expr, { ",", expr }
func (c *cursor) list() Expr {
	from := c.ahead()
	first := c.expr()
	if c.peek() != ',' {
		return first
	}
	items := []Expr{first}
	for c.take(',') {
		items = append(items, c.expr())
	}
	return &List{c.span(from), items}
}

// expr = term, { ("+"|"-"), term }
func (c *cursor) expr() Expr {
	c.enter()
	defer func() { c.depth-- }()
	return c.binary("+-", func() Expr { return c.binary("*/", c.factor) })
}

// binary = operand, { op, operand }, grouping to the left.
func (c *cursor) binary(ops string, operand func() Expr) Expr {
	from := c.ahead()
	x := operand()
	for n := 0; ; n++ {
		op := c.peek()
		if op == 0 || strings.IndexByte(ops, op) < 0 {
			return x
		}
		// A chain nests to the left and walking the tree recurses, so its length is limited like the nesting of
		// parentheses.
		if n > maxChain {
			c.failHere("too_deep", "the query has too many terms", "split it into several queries")
		}
		c.take(op)
		y := operand()
		x = &Binary{c.span(from), op, x, y}
	}
}

// factor = { "-" | "+" }, ( number | "(", expr, ")" | call | source | ref )
func (c *cursor) factor() Expr {
	from := c.ahead()
	b := c.peek()
	var x Expr
	switch {
	case b == '-' || b == '+':
		c.enter()
		defer func() { c.depth-- }()
		if c.take('+') { // monitors that Datadog ships have one before the first operand
			x = c.factor()
			return &Paren{c.span(from), true, x}
		}
		c.take('-')
		x = c.factor()
		return &Unary{c.span(from), x}
	case b == '(':
		c.take('(')
		x = c.expr()
		c.expect(')', "to close the parenthesis")
		x = &Paren{Span: c.span(from), X: x}
	case isDigit(b) || b == '.':
		return c.number()
	case isAlpha(b) || b == '_':
		x = c.named()
	default:
		c.failHere("expected_expr", "expected "+c.operands(), "")
	}
	if _, source := x.(*Source); !source && c.peek() == '.' {
		methods := c.methods(false)
		x = &Modified{c.span(from), x, methods}
	}
	if !c.formula {
		c.misplacedBy(x)
	}
	return x
}

// misplacedBy fails if by {…} follows an expression: it belongs between a metric's scope and its modifiers.
func (c *cursor) misplacedBy(after Expr) {
	mark, from := c.pos, c.ahead()
	word, ok := c.ident("")
	if ok && strings.EqualFold(word.Name, "by") && c.peek() == '{' {
		place := "directly after the scope of a metric"
		if s, ok := after.(*Source); ok && len(s.Modifiers) > 0 {
			place = "before ." + s.Modifiers[0].Name.Name + "()"
		}
		c.fail(from, c.pos, "misplaced_by", word.Name+" { } must come "+place, "write avg:metric{*} by {host}.as_count()")
	}
	c.pos = mark
}

func (c *cursor) operands() string {
	if c.formula {
		return "a query's name, a number or a function"
	}
	return "a metric, a number or a function"
}

// named consumes a call, a source or a variable of a formula, which all start with a name.
func (c *cursor) named() Expr {
	from := c.ahead()
	if c.formula {
		name, _ := c.ident("")
		if c.peek() == '(' {
			return c.call(from, name)
		}
		return &Ref{name.Span, name.Name}
	}
	name, _ := c.ident(".")
	if c.peek() == '(' && !c.countValues(name) {
		return c.call(from, name)
	}
	return c.source(from, name)
}

// call = ident, "(", [ arg, { ",", arg } ], ")"
func (c *cursor) call(from int, name *Ident) *Call {
	args := c.args()
	if len(args) > 0 && !c.formula {
		if ref, ok := args[0].(*Ref); ok {
			panic(&Error{ref.To, ref.To, "missing_scope", "the metric " + ref.Name + " has no scope", "write " + ref.Name + "{*}"})
		}
	}
	return &Call{c.span(from), name, args}
}

// args = "(", [ arg, { ",", arg } ], ")"
func (c *cursor) args() []Expr {
	open := c.ahead()
	c.take('(')
	var args []Expr
	if c.take(')') {
		return nil
	}
	for {
		args = append(args, c.arg())
		if c.take(',') {
			continue
		}
		if c.take(')') {
			return args
		}
		if c.done() || strings.IndexByte("<>=!", c.peek()) >= 0 {
			c.fail(open, open+1, "open_paren", "this parenthesis is not closed", "write ) after the last argument")
		}
		c.failHere("expected_comma", "expected , or ) after an argument", "")
	}
}

// arg = string | scope | ident "=" arg | bare word | expr
func (c *cursor) arg() Expr {
	b := c.peek()
	switch {
	case isQuote(b):
		return c.quoted()
	case b == '{':
		return c.scope()
	case isAlpha(b) || b == '_':
		mark, from := c.pos, c.ahead()
		name, _ := c.ident("")
		switch next := c.peek(); {
		case next == '=':
			c.take('=')
			c.enter()
			defer func() { c.depth-- }()
			value := c.arg()
			return &Named{c.span(from), name, value}
		case next == ',' || next == ')':
			return &Ref{name.Span, name.Name}
		}
		c.pos = mark
	}
	return c.expr()
}

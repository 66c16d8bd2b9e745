package ddquery

import (
	"slices"
	"strings"
)

// durationMethods accept a duration: .last("5m").
var durationMethods = []string{"last", "long_window", "short_window"}

// methods consumes a method chain, { ".", ident, "(", args, ")" }. If durations is true, the arguments of
// durationMethods are parsed as a Window.
func (c *cursor) methods(durations bool) []*Method {
	var chain []*Method
	for {
		i := c.ahead()
		if c.at(i) != '.' {
			return chain
		}
		mark := c.pos
		c.pos = i + 1
		name, ok := c.ident("")
		if !ok {
			c.pos = mark
			c.skipSpace()
			c.fail(c.pos, c.pos+1, "expected_method", "expected a method name after the dot", "")
		}
		if c.peek() != '(' {
			c.fail(c.pos-len(name.Name), c.pos, "expected_paren", "."+name.Name+" needs parentheses", "write ."+name.Name+"()")
		}
		m := &Method{Name: name}
		if durations && slices.Contains(durationMethods, name.Name) {
			m.Args = c.durationArg()
		} else {
			m.Args = c.args()
		}
		m.Span = c.span(i)
		chain = append(chain, m)
	}
}

// durationArg = "(", duration, ")". A bare number is a count, as in .last(3) of a service check.
func (c *cursor) durationArg() []Expr {
	c.take('(')
	var arg Expr
	probe := *c
	if isDigit(c.peek()) && probe.number() != nil && probe.peek() == ')' {
		arg = c.number()
	} else {
		arg = c.duration()
	}
	c.expect(')', "after the duration")
	return []Expr{arg}
}

// MethodNamed returns the first method with this name in a chain, or nil.
func MethodNamed(chain []*Method, name string) *Method {
	for _, m := range chain {
		if m.Name.Name == name {
			return m
		}
	}
	return nil
}

// window returns the window of the named method, or nil.
func window(chain []*Method, name string) *Window {
	if m := MethodNamed(chain, name); m != nil && len(m.Args) == 1 {
		w, _ := m.Args[0].(*Window)
		return w
	}
	return nil
}

// Keys returns the names in the arguments of a method, split at commas: .by("a,b"), .by("a", "b") and .by(a, b) are
// equivalent. Each name has its position.
func (m *Method) Keys() []*Ident {
	var keys []*Ident
	for _, arg := range m.Args {
		switch x := arg.(type) {
		case *Ref:
			keys = append(keys, &Ident{x.Span, x.Name})
		case *String:
			keys = append(keys, x.split()...)
		}
	}
	return keys
}

// split splits the value of a string at its commas.
func (s *String) split() []*Ident {
	var keys []*Ident
	c, start := s.inside(), 0
	for part := range strings.SplitSeq(s.Value, ",") {
		name := strings.TrimSpace(part)
		if name != "" {
			from := start + strings.Index(part, name)
			keys = append(keys, &Ident{Span{c.offset(from), c.offset(from + len(name))}, name})
		}
		start += len(part) + 1
	}
	return keys
}

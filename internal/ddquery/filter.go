package ddquery

import "strings"

// Filter is a node of the filter in the braces of a source.
type Filter interface {
	Node
	filter()
}

type (
	// Everything is *.
	Everything struct{ Span }
	// Tag is key:value, or a tag without a value (Value is nil).
	Tag struct {
		Span
		Key   *Ident
		Value *Value
	}
	// Value is the value of a tag, with wildcards. Quoted and Regex (host:~"…") report its syntax.
	Value struct {
		Span
		Raw, Text     string
		Quoted, Regex bool
	}
	// In is key IN (a, b) or key NOT IN (a, b). Words is the operator as written.
	In struct {
		Span
		Key    *Ident
		Not    bool
		Words  string
		Values []*Value
	}
	// FilterNot is !X or NOT X. Op is the operator as written.
	FilterNot struct {
		Span
		Op string
		X  Filter
	}
	// FilterLogic combines terms with one operator: "," (and), "AND" or "OR". Words has each operator as written.
	FilterLogic struct {
		Span
		Op    string
		Words []string
		Terms []Filter
	}
	// FilterGroup is (X).
	FilterGroup struct {
		Span
		X Filter
	}
	// Variable is a template variable of a dashboard: $env, or only its value, $env.value.
	Variable struct {
		Span
		Name  string
		Value bool
	}
)

func (*Everything) filter()  {}
func (*Tag) filter()         {}
func (*In) filter()          {}
func (*FilterNot) filter()   {}
func (*FilterLogic) filter() {}
func (*FilterGroup) filter() {}
func (*Variable) filter()    {}

// Wildcard reports whether the value contains a *.
func (v *Value) Wildcard() bool { return !v.Quoted && strings.Contains(v.Text, "*") }

// Variable returns the name of the template variable if the whole value is one.
func (v *Value) Variable() (name string, ok bool) {
	name, _, ok = variableName(v.Text)
	return name, ok && !v.Quoted
}

// variableName parses $name or $name.value.
func variableName(word string) (name string, value, ok bool) {
	name, ok = strings.CutPrefix(word, "$")
	name, value = strings.CutSuffix(name, ".value")
	return name, value, ok && name != ""
}

// scope = "{", [ filter ], "}"
func (c *cursor) scope() *Scope {
	from := c.ahead()
	c.take('{')
	var f Filter
	if c.peek() != '}' {
		f = c.filterLevel(0)
	}
	if !c.take('}') {
		if c.done() {
			c.fail(from, from+1, "open_brace", "this brace is not closed", "write } after the filter")
		}
		c.failHere("expected_close_brace", "expected } or an operator after a filter term", "write , or AND between two terms")
	}
	return &Scope{c.span(from), f}
}

// filterOps are the operators, sorted from lowest to highest precedence.
var filterOps = [...]string{",", "OR", "AND"}

// filterLevel = next level, { operator, next level }
func (c *cursor) filterLevel(level int) Filter {
	if level == len(filterOps) {
		return c.filterUnary()
	}
	from := c.ahead()
	first := c.filterLevel(level + 1)
	var words []string
	terms := []Filter(nil)
	for {
		word, ok := c.filterOp(filterOps[level])
		if !ok {
			break
		}
		if terms == nil {
			terms = []Filter{first}
		}
		words = append(words, word)
		terms = append(terms, c.filterLevel(level+1))
	}
	if terms == nil {
		return first
	}
	return &FilterLogic{c.span(from), filterOps[level], words, terms}
}

// filterOp consumes the operator, a comma or a word in any case, and returns it as written.
func (c *cursor) filterOp(op string) (string, bool) {
	if op == "," {
		return op, c.take(',')
	}
	return c.word(op)
}

// word consumes the keyword, in any case, if it follows as a whole word.
func (c *cursor) word(keyword string) (string, bool) {
	i := c.ahead()
	end := i + len(keyword)
	if end > len(c.src) || !strings.EqualFold(c.src[i:end], keyword) {
		return "", false
	}
	if next := c.at(end); end < len(c.src) && !isSpace(next) && strings.IndexByte("()}{,!", next) < 0 {
		return "", false
	}
	c.pos = end
	return c.src[i:end], true
}

// filterUnary = [ "!" | "NOT" ], ( "(", filter, ")" | term )
func (c *cursor) filterUnary() Filter {
	c.enter()
	defer func() { c.depth-- }()
	from := c.ahead()
	op, not := "!", c.take('!')
	if !not {
		op, not = c.word("NOT")
	}
	if not {
		x := c.filterUnary()
		return &FilterNot{c.span(from), op, x}
	}
	if c.peek() == '(' {
		c.take('(')
		x := c.filterLevel(0)
		if !c.take(')') {
			if c.done() || c.peek() == '}' {
				c.fail(from, from+1, "open_paren", "this parenthesis is not closed", "write ) after the group")
			}
			c.failHere("expected_close_paren", "expected ) or an operator after a filter term", "write AND or OR between two terms")
		}
		return &FilterGroup{c.span(from), x}
	}
	return c.filterTerm()
}

package ddquery

// Span is the place of a node: the half-open range [From, To) of byte offsets into the text that was parsed.
type Span struct{ From, To int }

// Pos returns the offset of the first byte.
func (s Span) Pos() int { return s.From }

// End returns the offset behind the last byte.
func (s Span) End() int { return s.To }

// Node is any part of a parsed text. A node's children lie inside it, in the order of the text.
type Node interface {
	Pos() int
	End() int
}

// Ident is a name as written: a function, a metric, an aggregator, a tag key.
type Ident struct {
	Span
	Name string
}

// Expr is a node of a metric query's or formula's arithmetic, or an argument of a function, modifier or method.
type Expr interface {
	Node
	expr()
}

type (
	// Number is an unsigned number; a sign is a Unary around it.
	Number struct {
		Span
		Text  string
		Value float64
	}
	// String is a quoted text. Raw holds it with its quotes and escapes, Value without.
	String struct {
		Span
		Raw, Value string
		gaps       []int
	}
	// Unary is -X.
	Unary struct {
		Span
		X Expr
	}
	// Binary is X Op Y; Op is one of + - * /.
	Binary struct {
		Span
		Op   byte
		X, Y Expr
	}
	// Paren is (X).
	Paren struct {
		Span
		X Expr
	}
	// Call is a function with its arguments; any name is accepted.
	Call struct {
		Span
		Name *Ident
		Args []Expr
	}
	// Ref names a variable of a formula, or is a bare word as an argument: zero in .fill(zero).
	Ref struct {
		Span
		Name string
	}
	// Named is a keyword argument: direction='above'.
	Named struct {
		Span
		Name  *Ident
		Value Expr
	}
	// List is what an old widget's q may hold: several expressions with commas between them.
	List struct {
		Span
		Items []Expr
	}
	// Modified is an expression other than a Source with modifiers behind it: default_zero(…).rollup(sum, 60).
	Modified struct {
		Span
		X         Expr
		Modifiers []*Method
	}
	// Method is a link of a chain, `.name(args)`: a modifier of a Source, or a step of a log-style query.
	Method struct {
		Span
		Name *Ident
		Args []Expr
	}
)

func (*Number) expr()   {}
func (*String) expr()   {}
func (*Unary) expr()    {}
func (*Binary) expr()   {}
func (*Paren) expr()    {}
func (*Call) expr()     {}
func (*Ref) expr()      {}
func (*Named) expr()    {}
func (*List) expr()     {}
func (*Modified) expr() {}
func (*Source) expr()   {}
func (*Scope) expr()    {}
func (*Window) expr()   {}

package ddquery

// Span is the position of a node: the byte offsets [From, To) in the source.
type Span struct{ From, To int }

// Pos returns the offset of the first byte.
func (s Span) Pos() int { return s.From }

// End returns the offset after the last byte.
func (s Span) End() int { return s.To }

// Node is any part of a parsed query. Its children are inside it, in source order.
type Node interface {
	Pos() int
	End() int
}

// Ident is a name as written: a function, a metric, an aggregator, a tag key.
type Ident struct {
	Span
	Name string
}

// Expr is a node of the arithmetic of a metric query or formula, or an argument of a function, modifier or method.
type Expr interface {
	Node
	expr()
}

type (
	// Number is an unsigned number. A negative number is a Unary.
	Number struct {
		Span
		Text  string
		Value float64
	}
	// String is a quoted string. Raw has its quotes and escapes, Value does not.
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
	// Paren is (X), or +X, which means the same.
	Paren struct {
		Span
		Plus bool
		X    Expr
	}
	// Call is a function call. Any name is accepted.
	Call struct {
		Span
		Name *Ident
		Args []Expr
	}
	// Ref is a variable of a formula, or a bare word as an argument: zero in .fill(zero).
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
	// List is several expressions separated by commas, as in the legacy field q of widgets.
	List struct {
		Span
		Items []Expr
	}
	// Modified is an expression other than a Source, followed by modifiers: default_zero(…).rollup(sum, 60).
	Modified struct {
		Span
		X         Expr
		Modifiers []*Method
	}
	// Method is one call in a method chain, `.name(args)`: a modifier of a Source, or a step of a log-style query.
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

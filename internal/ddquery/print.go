package ddquery

import "strings"

// Print formats a node in its canonical form: the parsed source with normalized white space. Parsing the result gives
// the same node, and printing that node gives the same string.
func Print(n Node) string {
	var p printer
	p.node(n)
	return p.String()
}

// String returns the canonical form of the query.
func (q *MonitorQuery) String() string { return Print(q.Root) }

// String returns the canonical form of the search.
func (s *Search) String() string { return Print(s) }

// String returns the template exactly as parsed.
func (t *Template) String() string { return Print(t) }

type printer struct{ strings.Builder }

func (p *printer) text(parts ...string) {
	for _, s := range parts {
		p.WriteString(s)
	}
}

// node prints the root of a monitor query, or delegates to the printer of another node.
func (p *printer) node(n Node) {
	switch n := n.(type) {
	case *NoQuery:
		p.text("no_query")
	case *MetricQuery:
		p.metricQuery(n)
	case *FormulaQuery:
		p.text("formula(", n.Text.Raw, ")")
		p.chain(n.Chain)
		p.comparison(n.Cmp)
	case *LogQuery:
		p.text(n.Source.Name, "(", n.Text.Raw, ")")
		p.chain(n.Chain)
		p.comparison(n.Cmp)
	case *SLOQuery:
		p.text(n.Func.Name, "(", n.ID.Raw, ")")
		p.chain(n.Chain)
		p.comparison(n.Cmp)
	case *CheckQuery:
		p.text(n.Check.Raw)
		p.chain(n.Chain)
	case *Comparison:
		p.comparison(n)
	case *CompositeQuery:
		p.boolean(n.X)
	case Bool:
		p.boolean(n)
	case Filter:
		p.filter(n)
	case *Search:
		if n.Root != nil {
			p.search(n.Root)
		}
	case SearchNode:
		p.search(n)
	default:
		if !p.template(n) {
			p.expr(n)
		}
	}
}

func (p *printer) metricQuery(q *MetricQuery) {
	if q.Change != nil {
		p.text(q.Change.Func.Name, "(")
	}
	p.text(q.Agg.Name, "(", q.Window.Text, ")")
	if q.Change != nil {
		p.text(",", q.Change.Shift.Text, ")")
	}
	p.text(":")
	p.expr(q.Expr)
	p.comparison(q.Cmp)
}

func (p *printer) comparison(k *Comparison) {
	p.text(" ", k.Op, " ")
	switch {
	case k.Number == nil:
		p.text("threshold")
	case k.Negative:
		p.text("-", k.Number.Text)
	default:
		p.text(k.Number.Text)
	}
}

func (p *printer) chain(chain []*Method) {
	for _, m := range chain {
		p.text(".", m.Name.Name)
		p.args(m.Args)
	}
}

func (p *printer) args(args []Expr) {
	p.text("(")
	p.list(args)
	p.text(")")
}

func (p *printer) list(items []Expr) {
	for i, x := range items {
		if i > 0 {
			p.text(", ")
		}
		p.expr(x)
	}
}

func (p *printer) boolean(n Bool) {
	switch n := n.(type) {
	case *MonitorID:
		p.text(n.ID)
	case *BoolNot:
		p.text("!")
		p.boolean(n.X)
	case *BoolGroup:
		p.text("(")
		p.boolean(n.X)
		p.text(")")
	case *BoolLogic:
		for i, x := range n.Terms {
			if i > 0 {
				p.text(" ", n.Op, " ")
			}
			p.boolean(x)
		}
	}
}

package ddquery

// expr prints an expression node or a part of one.
func (p *printer) expr(n Node) {
	switch n := n.(type) {
	case *Ident:
		p.text(n.Name)
	case *Value:
		p.text(n.Raw)
	case *Field:
		p.text(n.Raw)
	case *Number:
		p.text(n.Text)
	case *String:
		p.text(n.Raw)
	case *Window:
		p.text(n.Text)
	case *Ref:
		p.text(n.Name)
	case *Unary:
		p.text("-")
		p.expr(n.X)
	case *Binary:
		p.expr(n.X)
		p.text(" ", string(n.Op), " ")
		p.expr(n.Y)
	case *Paren:
		if n.Plus {
			p.text("+")
			p.expr(n.X)
			return
		}
		p.text("(")
		p.expr(n.X)
		p.text(")")
	case *Call:
		p.text(n.Name.Name)
		p.args(n.Args)
	case *Named:
		p.text(n.Name.Name, "=")
		p.expr(n.Value)
	case *List:
		p.list(n.Items)
	case *Modified:
		p.expr(n.X)
		p.chain(n.Modifiers)
	case *Method:
		p.chain([]*Method{n})
	default:
		p.source(n)
	}
}

// source prints a source or a part of one.
func (p *printer) source(n Node) {
	switch n := n.(type) {
	case *Source:
		if n.Agg != nil {
			p.source(n.Agg)
			p.text(":")
		}
		p.text(n.Metric.Name)
		p.source(n.Scope)
		if n.By != nil {
			p.text(" ")
			p.source(n.By)
		}
		p.chain(n.Modifiers)
	case *SpaceAgg:
		p.text(n.Name)
		if n.Compare != nil {
			p.text("(v: v")
			p.comparison(n.Compare)
			p.text(")")
		}
	case *Scope:
		p.text("{")
		if n.Filter != nil {
			p.filter(n.Filter)
		}
		p.text("}")
	case *GroupBy:
		p.text(n.Word, " {")
		for i, key := range n.Keys {
			if i > 0 {
				p.text(",")
			}
			p.text(key.Name)
		}
		p.text("}")
	}
}

func (p *printer) filter(n Filter) {
	switch n := n.(type) {
	case *Everything:
		p.text("*")
	case *Variable:
		p.variable(n.Name, n.Value)
	case *Tag:
		p.text(n.Key.Name)
		if n.Value != nil {
			p.text(":", n.Value.Raw)
		}
	case *In:
		p.text(n.Key.Name, " ", n.Words, " (")
		for i, v := range n.Values {
			if i > 0 {
				p.text(",")
			}
			p.text(v.Raw)
		}
		p.text(")")
	case *FilterNot:
		p.text(n.Op)
		if n.Op != "!" {
			p.text(" ")
		}
		p.filter(n.X)
	case *FilterGroup:
		p.text("(")
		p.filter(n.X)
		p.text(")")
	case *FilterLogic:
		for i, x := range n.Terms {
			switch {
			case i == 0:
			case n.Op == ",":
				p.text(",")
			default:
				p.text(" ", n.Words[i-1], " ")
			}
			p.filter(x)
		}
	}
}

func (p *printer) variable(name string, value bool) {
	p.text("$", name)
	if value {
		p.text(".value")
	}
}

package ddquery

func (p *printer) search(n SearchNode) {
	switch n := n.(type) {
	case *Term:
		p.text(n.Raw)
	case *Phrase:
		p.text(n.Raw)
	case *SearchVariable:
		p.variable(n.Name, n.Value)
	case *Compare:
		p.text(n.Op)
		if len(n.Op) == 1 && n.X.Raw[0] == '=' {
			p.text(" ")
		}
		p.text(n.X.Raw)
	case *Range:
		p.searchRange(n)
	case *SearchField:
		p.text(n.Field.Raw, ":")
		if n.X.Pos() > n.Field.End()+1 {
			p.text(" ") // without it, "[0 TO 0: 0]" would become a range
		}
		p.search(n.X)
	case *SearchGroup:
		p.text("(")
		p.search(n.X)
		p.text(")")
	case *SearchNot:
		p.text(n.Op)
		if n.Op == "NOT" {
			p.text(" ")
		}
		p.search(n.X)
	case *SearchLogic:
		p.searchLogic(n)
	case *SearchCall:
		p.text(n.Name.Name, "(")
		for i, x := range n.Args {
			if i > 0 {
				p.text(", ")
			}
			p.text(x.Raw)
		}
		p.text(")")
	}
}

func (p *printer) searchLogic(n *SearchLogic) {
	for i, x := range n.Terms {
		if i > 0 {
			p.text(" ")
			if word := n.Words[i-1]; word != "" {
				p.text(word, " ")
			}
		}
		p.search(x)
	}
}

func (p *printer) searchRange(n *Range) {
	opening, closing := "{", "}"
	if n.LowIncluded {
		opening = "["
	}
	if n.HighIncluded {
		closing = "]"
	}
	p.text(opening)
	p.search(n.Low)
	p.text(" TO ")
	p.search(n.High)
	p.text(closing)
}

package ddquery

import "slices"

// Walk calls visit for n and, if visit returns true, for its children. It visits parents first and children in source
// order.
func Walk(n Node, visit func(Node) bool) {
	if visit(n) {
		walkQuery(n, func(child Node) { Walk(child, visit) })
	}
}

// Calls reports whether any of the named functions is called under a node.
func Calls(n Node, names ...string) bool {
	found := false
	Walk(n, func(n Node) bool {
		if call, ok := n.(*Call); ok && !found {
			found = slices.Contains(names, call.Name.Name)
		}
		return !found
	})
	return found
}

// walkQuery calls each with the children of the root of a monitor query.
func walkQuery(n Node, each func(Node)) {
	switch n := n.(type) {
	case *MetricQuery:
		if n.Change != nil {
			each(n.Change.Func)
		}
		each(n.Agg)
		each(n.Window)
		if n.Change != nil {
			each(n.Change.Shift)
		}
		each(n.Expr)
		each(n.Cmp)
	case *FormulaQuery:
		each(n.Func)
		each(n.Text)
		each(n.Expr)
		walkChain(n.Chain, each)
		each(n.Cmp)
	case *LogQuery:
		each(n.Source)
		each(n.Text)
		each(n.Search)
		walkChain(n.Chain, each)
		each(n.Cmp)
	case *SLOQuery:
		each(n.Func)
		each(n.ID)
		walkChain(n.Chain, each)
		each(n.Cmp)
	case *CheckQuery:
		each(n.Check)
		walkChain(n.Chain, each)
	case *Comparison:
		if n.Number != nil {
			each(n.Number)
		}
	default:
		walkExpr(n, each)
	}
}

func walkChain(chain []*Method, each func(Node)) {
	for _, m := range chain {
		each(m)
	}
}

// walkExpr calls each with the children of an expression node.
func walkExpr(n Node, each func(Node)) {
	switch n := n.(type) {
	case *Unary:
		each(n.X)
	case *Binary:
		each(n.X)
		each(n.Y)
	case *Paren:
		each(n.X)
	case *Call:
		each(n.Name)
		eachOf(n.Args, each)
	case *Named:
		each(n.Name)
		each(n.Value)
	case *List:
		eachOf(n.Items, each)
	case *Modified:
		each(n.X)
		walkChain(n.Modifiers, each)
	case *Method:
		each(n.Name)
		eachOf(n.Args, each)
	case *Source:
		walkSource(n, each)
	case *SpaceAgg:
		if n.Compare != nil {
			each(n.Compare)
		}
	case *GroupBy:
		eachOf(n.Keys, each)
	case *Scope:
		if n.Filter != nil {
			each(n.Filter)
		}
	default:
		walkFilter(n, each)
	}
}

func eachOf[N Node](nodes []N, each func(Node)) {
	for _, n := range nodes {
		each(n)
	}
}

func walkSource(n *Source, each func(Node)) {
	if n.Agg != nil {
		each(n.Agg)
	}
	each(n.Metric)
	each(n.Scope)
	if n.By != nil {
		each(n.By)
	}
	walkChain(n.Modifiers, each)
}

// walkFilter calls each with the children of a filter or composite node.
func walkFilter(n Node, each func(Node)) {
	switch n := n.(type) {
	case *Tag:
		each(n.Key)
		if n.Value != nil {
			each(n.Value)
		}
	case *In:
		each(n.Key)
		eachOf(n.Values, each)
	case *FilterNot:
		each(n.X)
	case *FilterLogic:
		eachOf(n.Terms, each)
	case *FilterGroup:
		each(n.X)
	case *CompositeQuery:
		each(n.X)
	case *BoolNot:
		each(n.X)
	case *BoolLogic:
		eachOf(n.Terms, each)
	case *BoolGroup:
		each(n.X)
	default:
		walkSearch(n, each)
	}
}

// walkSearch calls each with the children of a log search node.
func walkSearch(n Node, each func(Node)) {
	switch n := n.(type) {
	case *Search:
		if n.Root != nil {
			each(n.Root)
		}
	case *SearchLogic:
		eachOf(n.Terms, each)
	case *SearchNot:
		each(n.X)
	case *SearchGroup:
		each(n.X)
	case *SearchField:
		each(n.Field)
		each(n.X)
	case *Compare:
		each(n.X)
	case *Range:
		each(n.Low)
		each(n.High)
	case *SearchCall:
		each(n.Name)
		eachOf(n.Args, each)
	default:
		walkTemplate(n, each)
	}
}

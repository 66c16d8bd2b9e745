package lang

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/object"
)

// checkDecisions finds ids whose value decides something, in so far as that can be seen in the expression itself: in
// conditions, operators, index and object keys, and arguments of functions that do more than place a text. What
// comes in through the names of a for expression is found by its mark after evaluation.
func (s *Scope) checkDecisions(x *Expression) {
	holders := s.holders(x)
	decide := func(e hclsyntax.Expression) {
		if e != nil && holders[e] {
			s.UnknownID(e.Range())
		}
	}
	_ = hclsyntax.VisitAll(x.Expression, func(n hclsyntax.Node) hcl.Diagnostics {
		switch n := n.(type) {
		case *hclsyntax.ConditionalExpr:
			decide(n.Condition)
		case *hclsyntax.BinaryOpExpr:
			decide(n.LHS)
			decide(n.RHS)
		case *hclsyntax.UnaryOpExpr:
			decide(n.Val)
		case *hclsyntax.IndexExpr:
			decide(n.Key)
		case *hclsyntax.SplatExpr:
			s.checkSplat(n)
		case *hclsyntax.ForExpr:
			decide(n.CondExpr)
			decide(n.KeyExpr)
		case *hclsyntax.ObjectConsExpr:
			for _, item := range n.Items {
				decide(item.KeyExpr)
			}
		case *hclsyntax.FunctionCallExpr:
			if !placing[n.Name] && !lazy[n.Name] {
				for _, arg := range n.Args {
					decide(arg)
				}
			}
		}
		return nil
	})
}

// checkSplat finds monitor.a[*].id, which has no meaning in a map.
func (s *Scope) checkSplat(n *hclsyntax.SplatExpr) {
	source, ok := Unwrap(n.Source).(*hclsyntax.ScopeTraversalExpr)
	if !ok || s.roots[source.Traversal.RootName()].Instances == nil {
		return
	}
	if a, rest, ok := object.AddressOf(source.Traversal); ok && len(rest) == 0 {
		s.Report.Error("unknown_name", "Splat over a map", "The objects of a for_each are a map. Write: values("+a.String()+")[*].id", n.Range())
	}
}

// UnknownID reports that an id decides something at a place.
func (s *Scope) UnknownID(at hcl.Range) {
	for _, d := range s.Report.Diagnostics() {
		// A condition inside a condition is one mistake.
		if d.Summary == unknownIDSummary && d.Subject != nil && at.Filename == d.Subject.Filename && overlap(at, *d.Subject) {
			return
		}
	}
	s.Report.Error("unknown_id", unknownIDSummary, unknownIDDetail, at)
}

func overlap(a, b hcl.Range) bool { return a.Start.Byte < b.End.Byte && b.Start.Byte < a.End.Byte }

// holders lists the parts of an expression whose values depend on an id, in one walk. What a function keeps of an id, such
// as a length, does not.
func (s *Scope) holders(x *Expression) map[hclsyntax.Expression]bool {
	found := map[hclsyntax.Expression]bool{}
	open := []bool{false} // for each node that is being walked, whether something in it depends on an id
	_ = hclsyntax.Walk(x.Expression, &walker{
		enter: func(n hclsyntax.Node) {
			t, ok := n.(*hclsyntax.ScopeTraversalExpr)
			open = append(open, ok && s.traversesID(x, t.Traversal))
		},
		exit: func(n hclsyntax.Node) {
			last := len(open) - 1
			holds := open[last]
			open = open[:last]
			if call, ok := n.(*hclsyntax.FunctionCallExpr); ok && counting[call.Name] {
				holds = false
			}
			if e, ok := n.(hclsyntax.Expression); ok && holds {
				found[e] = true
			}
			open[last-1] = open[last-1] || holds
		},
	})
	return found
}

// traversesID reports whether a traversal leads to an id, directly or through locals.
func (s *Scope) traversesID(x *Expression, t hcl.Traversal) bool {
	if x.isInner(t.RootName()) {
		return false
	}
	root := s.roots[t.RootName()]
	return root.HoldsID != nil && root.HoldsID(t)
}

// walker calls a function on the way into a node and one on the way out.
type walker struct{ enter, exit func(hclsyntax.Node) }

func (w *walker) Enter(n hclsyntax.Node) hcl.Diagnostics { w.enter(n); return nil }

func (w *walker) Exit(n hclsyntax.Node) hcl.Diagnostics { w.exit(n); return nil }

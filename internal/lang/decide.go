package lang

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/object"
)

// checkDecisions reports ids that decide something, as far as the expression itself shows it: in conditions, operators,
// index and object keys, and arguments of functions that inspect a string. Ids that come in through the variables of a
// for expression are found after evaluation, by their marks.
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
			if !passesIDs[n.Name] && !handlesIDs[n.Name] {
				for _, arg := range n.Args {
					decide(arg)
				}
			}
		}
		return nil
	})
}

// checkSplat reports monitor.a[*].id: a block with for_each is a map, which has no splat.
func (s *Scope) checkSplat(n *hclsyntax.SplatExpr) {
	source, ok := Unwrap(n.Source).(*hclsyntax.ScopeTraversalExpr)
	if !ok || s.roots[source.Traversal.RootName()].Instances == nil {
		return
	}
	if a, rest, ok := object.AddressOf(source.Traversal); ok && len(rest) == 0 {
		s.Report.Error("unknown_name", "Splat on a map", a.String()+" is a map because it has for_each. Write: values("+a.String()+")[*].id", n.Range())
	}
}

// UnknownID reports an id that decides something.
func (s *Scope) UnknownID(at hcl.Range) {
	for _, d := range s.Report.Diagnostics() {
		// A condition inside another condition is one error.
		if d.Summary == unknownIDSummary && d.Subject != nil && at.Filename == d.Subject.Filename && overlap(at, *d.Subject) {
			return
		}
	}
	s.Report.Error("unknown_id", unknownIDSummary, unknownIDDetail, at)
}

func overlap(a, b hcl.Range) bool { return a.Start.Byte < b.End.Byte && b.Start.Byte < a.End.Byte }

// holders lists the parts of an expression whose values depend on an id, in one walk. The result of a function such as
// length does not depend on the ids in its argument.
func (s *Scope) holders(x *Expression) map[hclsyntax.Expression]bool {
	found := map[hclsyntax.Expression]bool{}
	open := []bool{false} // for each node that is being walked, whether something in it depends on an id
	names := forNames{}
	_ = hclsyntax.Walk(x.Expression, &walker{
		enter: func(n hclsyntax.Node) {
			names.count(n, 1)
			t, ok := n.(*hclsyntax.ScopeTraversalExpr)
			open = append(open, ok && names[t.Traversal.RootName()] == 0 && s.traversesID(x, t.Traversal))
		},
		exit: func(n hclsyntax.Node) {
			names.count(n, -1)
			last := len(open) - 1
			holds := open[last]
			open = open[:last]
			if call, ok := n.(*hclsyntax.FunctionCallExpr); ok && dropsIDs[call.Name] {
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

// forNames counts the variables of the for expressions around a node. Such a variable can have the name of a kind, as in
// [for monitor in local.monitors : monitor.name].
type forNames map[string]int

// count adds the variables that are defined in a node.
func (f forNames) count(n hclsyntax.Node, by int) {
	if scope, ok := n.(hclsyntax.ChildScope); ok {
		for name := range scope.LocalNames {
			f[name] += by
		}
	}
}

// traversesID reports whether a traversal leads to an id, directly or through locals.
func (s *Scope) traversesID(x *Expression, t hcl.Traversal) bool {
	if x.isInner(t.RootName()) {
		return false
	}
	root := s.roots[t.RootName()]
	return root.HoldsID != nil && root.HoldsID(t)
}

// walker calls enter before and exit after the children of each node.
type walker struct{ enter, exit func(hclsyntax.Node) }

func (w *walker) Enter(n hclsyntax.Node) hcl.Diagnostics { w.enter(n); return nil }

func (w *walker) Exit(n hclsyntax.Node) hcl.Diagnostics { w.exit(n); return nil }

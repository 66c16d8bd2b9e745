package guidefile

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/diag"
	"ddmon/internal/guide"
	"ddmon/internal/lang"
	"ddmon/internal/object"
)

func (r *reader) conclusion(b *hclsyntax.Block) {
	r.report.CheckFields(b, conclusionType)
	f := lang.ReadFields(r.scope, b, nil, []string{"within", "cause", "severity", "impact", "remediation", "verify"})
	c := &guide.Conclusion{Name: b.Labels[0], Range: b.DefRange()}
	c.Within, _ = f.Duration("within")
	c.Cause, _ = f.Text("cause", `"queue-master is scaled to 0."`)
	c.Severity, _ = f.Text("severity", `"high"`)
	c.Impact, _ = f.Text("impact", `"Orders are not shipped."`)
	c.Remediation, _ = f.Text("remediation", `"kubectl scale ..."`)
	c.Verify, _ = f.Text("verify", `"kubectl wait ..."`)
	if a := b.Body.Attributes["when"]; a == nil {
		r.report.Error("missing_field", "Conclusion without condition", "A conclusion needs a condition over steps. Write: when = step.NAME.failed", b.DefRange())
	} else if c.When = r.condition(a.Expr); c.When != nil && r.report.Spend(guide.Size(c.When), 0, a.Expr.Range()) && !guide.Possible(c.When) {
		r.report.Error("invalid_value", "Conclusion can never hold", "No combination of verdicts makes this condition true. A step has one verdict: ok, failed or unknown.", a.Expr.Range())
	}
	if a := b.Body.Attributes["recovered"]; a != nil {
		c.Recovered = r.condition(a.Expr)
	}
	if a := b.Body.Attributes["findings"]; a != nil {
		c.Findings = r.findings(a.Expr)
	}
	if c.When != nil {
		r.guide.Conclusions = append(r.guide.Conclusions, c)
	}
}

// findings reads the steps that are evidence: [step.deployment, step.backlog].
func (r *reader) findings(e hclsyntax.Expression) []string {
	list, ok := lang.Unwrap(e).(*hclsyntax.TupleConsExpr)
	if !ok {
		r.report.Error("wrong_type", "Invalid type", "findings must be a list of steps. Write: findings = [step.deployment]", e.Range())
		return nil
	}
	if len(list.Exprs) > maxBlocks {
		r.report.Error(lang.CodeLimit, "Too many findings", fmt.Sprintf("A conclusion can have at most %d findings.", maxBlocks), e.Range())
		return nil
	}
	var names []string
	for _, item := range list.Exprs {
		if name := r.reference(item, "step", r.steps); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// condition reads a condition over the verdicts of steps; nil if it is invalid.
func (r *reader) condition(e hclsyntax.Expression) guide.Condition {
	switch e := lang.Unwrap(e).(type) {
	case *hclsyntax.BinaryOpExpr:
		if e.Op != hclsyntax.OpLogicalAnd && e.Op != hclsyntax.OpLogicalOr {
			break
		}
		x, y := r.condition(e.LHS), r.condition(e.RHS)
		switch {
		case x == nil || y == nil:
			return nil
		case e.Op == hclsyntax.OpLogicalAnd:
			return guide.All{X: x, Y: y}
		}
		return guide.Any{X: x, Y: y}
	case *hclsyntax.UnaryOpExpr:
		if e.Op != hclsyntax.OpLogicalNot {
			break
		}
		if x := r.condition(e.Val); x != nil {
			return guide.Not{X: x}
		}
		return nil
	case *hclsyntax.ScopeTraversalExpr:
		return r.verdict(e)
	}
	r.report.Error("invalid_value", "Invalid condition", "Combine the verdicts of steps with &&, || and !: step.deployment.failed && !step.backlog.ok.", e.Range())
	return nil
}

// verdict reads step.NAME.VERDICT.
func (r *reader) verdict(e *hclsyntax.ScopeTraversalExpr) guide.Condition {
	t := e.Traversal
	example := "Write step.NAME.ok, step.NAME.failed or step.NAME.unknown."
	if len(t) != 3 || t.RootName() != "step" {
		r.report.Error("invalid_value", "Invalid condition", example, e.Range())
		return nil
	}
	name, _ := attribute(t[1])
	verdict, _ := attribute(t[2])
	if _, ok := r.steps[name]; !ok {
		r.report.Error("unknown_name", "Unknown step", fmt.Sprintf("The guide has no step %q.%s", name, didYouMean(name, r.steps)), e.Range())
		return nil
	}
	known := []string{string(guide.OK), string(guide.Failed), string(guide.Unknown)}
	if !slices.Contains(known, verdict) {
		r.report.Error("invalid_value", "Unknown verdict", example+diag.DidYouMean(verdict, known), e.Range())
		return nil
	}
	return guide.Is{Step: name, Verdict: guide.Verdict(verdict)}
}

// attribute returns the name of an attribute in a traversal.
func attribute(t hcl.Traverser) (string, bool) {
	a, ok := t.(hcl.TraverseAttr)
	return a.Name, ok
}

// addressOf returns the address that a traversal consists of.
func addressOf(e *hclsyntax.ScopeTraversalExpr) (object.Address, bool) {
	a, after, ok := object.AddressOf(e.Traversal)
	return a, ok && len(after) == 0
}

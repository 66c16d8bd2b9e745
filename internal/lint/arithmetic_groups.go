package lint

import (
	"slices"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/diag"
)

func arithmeticGroups() Rule {
	return Rule{Code: "arithmetic_groups", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			if q := m.metric(); q != nil {
				p.groupsOf(q.Expr, m.in)
			}
		}
		for _, t := range p.texts {
			if t.expr != nil {
				p.groupsOf(t.expr, t.in)
			}
		}
	}}
}

// groupsOf reports arithmetic between sources whose groups differ.
func (p *pass) groupsOf(expr ddquery.Expr, at func(ddquery.Node) spot) {
	ddquery.Walk(expr, func(n ddquery.Node) bool {
		binary, ok := n.(*ddquery.Binary)
		if !ok {
			return true
		}
		left, right := sourcesOf(binary.X), sourcesOf(binary.Y)
		if len(left) == 0 || len(right) == 0 {
			return true
		}
		a, b := groupKeys(left[0]), groupKeys(right[0])
		// What is not grouped is the same for every group, as the total that a share is of.
		if len(a) > 0 && len(b) > 0 && !slices.Equal(a, b) {
			p.find(at(right[0]), "Arithmetic between different groups",
				"One side is grouped by %s, the other by %s, so most series have no partner and are dropped. Group both sides by the same keys.", strings.Join(a, ", "), strings.Join(b, ", "))
			return false
		}
		return true
	})
}

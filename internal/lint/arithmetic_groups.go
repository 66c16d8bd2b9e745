package lint

import (
	"slices"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/diag"
	"ddmon/internal/object"
)

func arithmeticGroups() Rule {
	return Rule{Code: "arithmetic_groups", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			if q := m.metric(); q != nil {
				p.compareGroups(q.Expr, m.in)
			}
			p.monitorFormulaGroups(m)
		}
		for _, t := range p.queries {
			if t.expr != nil {
				p.compareGroups(t.expr, t.in)
			}
		}
		for _, d := range p.dashboards {
			p.formulaGroups(d)
		}
	}}
}

// compareGroups reports arithmetic between sources that are grouped by different keys.
func (p *pass) compareGroups(expr ddquery.Expr, at func(ddquery.Node) location) {
	ddquery.Walk(expr, func(n ddquery.Node) bool {
		binary, ok := n.(*ddquery.Binary)
		if !ok {
			return true
		}
		left, right := sourcesOf(binary.X), sourcesOf(binary.Y)
		return len(left) == 0 || len(right) == 0 || !p.reportDifference(groupKeys(left[0]), groupKeys(right[0]), at(right[0]))
	})
}

// reportDifference reports two sides with different group keys. An ungrouped side combines with every group, for
// example the total in a percentage.
func (p *pass) reportDifference(a, b []string, at location) bool {
	if len(a) == 0 || len(b) == 0 || slices.Equal(a, b) {
		return false
	}
	p.addFinding(at, "Arithmetic between different groups",
		"One side is grouped by %s, the other by %s, so Datadog drops most series because they have no match. Group both sides by the same keys.", strings.Join(a, ", "), strings.Join(b, ", "))
	return true
}

// compareFormulaGroups reports arithmetic between queries that are grouped by different keys. groups maps the name of a
// query to its keys.
func (p *pass) compareFormulaGroups(formula ddquery.Expr, groups map[string][]string, at func(ddquery.Node) location) {
	ddquery.Walk(formula, func(n ddquery.Node) bool {
		binary, ok := n.(*ddquery.Binary)
		if !ok {
			return true
		}
		left, right := refsOf(binary.X), refsOf(binary.Y)
		return len(left) == 0 || len(right) == 0 || !p.reportDifference(groups[left[0].Name], groups[right[0].Name], at(right[0]))
	})
}

func (p *pass) monitorFormulaGroups(m *stackMonitor) {
	if m.query == nil {
		return
	}
	q, ok := m.query.Root.(*ddquery.FormulaQuery)
	if !ok {
		return
	}
	groups := map[string][]string{}
	for _, t := range m.variables {
		if i, ok := indexIn(t.path, 2); ok && len(t.sources) == 1 && i < len(m.view.Options.Variables) {
			groups[m.view.Options.Variables[i].Name] = groupKeys(t.sources[0])
		}
	}
	p.compareFormulaGroups(q.Expr, groups, m.in)
}

func (p *pass) formulaGroups(d *dashboard) {
	queries := d.queriesByPath()
	for _, r := range d.requests() {
		groups := map[string][]string{}
		for i, name := range r.names {
			if t := queries[r.path.With("queries").With(i).With("query").String()]; t != nil && len(t.sources) == 1 {
				groups[name] = groupKeys(t.sources[0])
			}
		}
		for _, path := range r.formulas {
			if t := queries[path.String()]; t != nil && t.formula != nil {
				p.compareFormulaGroups(t.formula, groups, t.in)
			}
		}
	}
}

// indexIn returns the list index at a step of a path.
func indexIn(path object.Path, step int) (int, bool) {
	if step >= len(path) {
		return 0, false
	}
	i, ok := path[step].(int)
	return i, ok
}

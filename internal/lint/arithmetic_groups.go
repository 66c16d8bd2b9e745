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
				p.groupsOf(q.Expr, m.in)
			}
			p.groupsOfMonitorFormula(m)
		}
		for _, t := range p.texts {
			if t.expr != nil {
				p.groupsOf(t.expr, t.in)
			}
		}
		for _, d := range p.dashboards {
			p.groupsOfFormulas(d)
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
		return len(left) == 0 || len(right) == 0 || !p.differ(groupKeys(left[0]), groupKeys(right[0]), at(right[0]))
	})
}

// differ reports that two sides have different groups. What is not grouped is the same for every group, as the total
// that a share is of.
func (p *pass) differ(a, b []string, at spot) bool {
	if len(a) == 0 || len(b) == 0 || slices.Equal(a, b) {
		return false
	}
	p.find(at, "Arithmetic between different groups",
		"One side is grouped by %s, the other by %s, so most series have no partner and are dropped. Group both sides by the same keys.", strings.Join(a, ", "), strings.Join(b, ", "))
	return true
}

// groupsOfFormula reports arithmetic between queries whose groups differ; groups has the keys of each by name.
func (p *pass) groupsOfFormula(formula ddquery.Expr, groups map[string][]string, at func(ddquery.Node) spot) {
	ddquery.Walk(formula, func(n ddquery.Node) bool {
		binary, ok := n.(*ddquery.Binary)
		if !ok {
			return true
		}
		left, right := refsOf(binary.X), refsOf(binary.Y)
		return len(left) == 0 || len(right) == 0 || !p.differ(groups[left[0].Name], groups[right[0].Name], at(right[0]))
	})
}

func (p *pass) groupsOfMonitorFormula(m *stackMonitor) {
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
	p.groupsOfFormula(q.Expr, groups, m.in)
}

func (p *pass) groupsOfFormulas(d *dashboard) {
	texts := d.textsByPath()
	for _, r := range d.requests() {
		groups := map[string][]string{}
		for i, name := range r.names {
			if t := texts[r.path.With("queries").With(i).With("query").String()]; t != nil && len(t.sources) == 1 {
				groups[name] = groupKeys(t.sources[0])
			}
		}
		for _, path := range r.formulas {
			if t := texts[path.String()]; t != nil && t.formula != nil {
				p.groupsOfFormula(t.formula, groups, t.in)
			}
		}
	}
}

// indexIn returns the step of a path that is an index.
func indexIn(path object.Path, step int) (int, bool) {
	if step >= len(path) {
		return 0, false
	}
	i, ok := path[step].(int)
	return i, ok
}

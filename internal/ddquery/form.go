package ddquery

import (
	"slices"
	"strings"
)

// Form names a monitor query's form: metric, formula, log, check, composite, slo or none.
func (q *MonitorQuery) Form() string {
	switch q.Root.(type) {
	case *MetricQuery:
		return "metric"
	case *FormulaQuery:
		return "formula"
	case *LogQuery:
		return "log"
	case *CheckQuery:
		return "check"
	case *CompositeQuery:
		return "composite"
	case *SLOQuery:
		return "slo"
	}
	return "none"
}

// formsOf returns the forms that a type of monitor takes, nil for a type that we do not know.
func formsOf(monitorType string) []string {
	switch monitorType {
	case "metric alert", "query alert":
		return []string{"metric", "formula"}
	case "service check":
		return []string{"check"}
	case "composite":
		return []string{"composite"}
	case "slo alert":
		return []string{"slo"}
	case "cost alert", "data-quality alert", "data-jobs alert":
		return []string{"formula"}
	}
	if sourcesOf(monitorType) != nil {
		return []string{"log", "formula"}
	}
	return nil
}

// sourcesOf returns the sources of a type's log-style queries, nil where it has none.
func sourcesOf(monitorType string) []string {
	switch monitorType {
	case "log alert":
		return []string{"logs"}
	case "event alert", "event-v2 alert":
		return []string{"events"}
	case "rum alert":
		return []string{"rum"}
	case "audit alert":
		return []string{"audits"}
	case "process alert":
		return []string{"processes"}
	case "error-tracking alert":
		return []string{"error-tracking", "error-tracking-rum", "error-tracking-traces", "error-tracking-logs"}
	case "ci-pipelines alert", "ci-tests alert", "trace-analytics alert", "database-monitoring alert",
		"network-performance alert", "network-path alert", "llm-observability alert":
		return []string{strings.TrimSuffix(monitorType, " alert")}
	}
	return nil
}

// form checks that type, form and source agree.
func (k *checker) form() {
	forms := formsOf(k.m.Type)
	if forms == nil {
		return
	}
	if form := k.q.Form(); !slices.Contains(forms, form) {
		k.at(k.q.Root, "type_form", SeverityError, "a "+k.m.Type+" does not take a "+form+" query", startHint(k.m.Type)).Server = serverQuery
		return
	}
	if q, ok := k.q.Root.(*LogQuery); ok {
		if sources := sourcesOf(k.m.Type); !slices.Contains(sources, q.Source.Name) {
			k.at(q.Source, "type_source", SeverityWarning, "a "+k.m.Type+" looks at "+sources[0]+", not at "+q.Source.Name,
				"change the type, or write "+sources[0])
		}
	}
}

// groups returns the keys that the query groups by. known is false where its text does not tell: a composite's groups
// are those of its members, and a service check's by("*") is every tag.
func (q *MonitorQuery) groups(variables []FormulaVariable) (keys []string, known bool) {
	switch root := q.Root.(type) {
	case *MetricQuery:
		Walk(root.Expr, func(n Node) bool {
			if by, ok := n.(*GroupBy); ok {
				keys = append(keys, names(by.Keys)...)
			}
			return true
		})
	case *FormulaQuery:
		keys = names(root.By())
		for _, v := range variables {
			keys = append(keys, v.By...)
		}
	case *LogQuery:
		keys = names(root.By())
	case *CheckQuery:
		keys = names(root.By())
	default:
		return nil, false
	}
	return keys, !slices.Contains(keys, "*")
}

// Groups returns the keys that the query groups by, and whether the text tells: of a composite and of by("*") it does
// not. The groups of a formula's queries are not in the text; see Options.Variables.
func (q *MonitorQuery) Groups() (keys []string, known bool) { return q.groups(nil) }

func names(ids []*Ident) []string {
	var list []string
	for _, id := range ids {
		list = append(list, id.Name)
	}
	return list
}

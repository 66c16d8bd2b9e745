package ddquery

import (
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

// Forms returns the query forms that a monitor type supports, nil for an unknown type.
func Forms(monitorType string) []string {
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
	if Sources(monitorType) != nil {
		return []string{"log", "formula"}
	}
	return nil
}

// Sources returns the data sources of a monitor type's log-style queries, nil if it does not support them.
func Sources(monitorType string) []string {
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

// Names returns the names of identifiers.
func Names(ids []*Ident) []string {
	var list []string
	for _, id := range ids {
		list = append(list, id.Name)
	}
	return list
}

// Comparison returns the comparison of the query, or nil if its form has none.
func (q *MonitorQuery) Comparison() *Comparison {
	switch root := q.Root.(type) {
	case *MetricQuery:
		return root.Cmp
	case *FormulaQuery:
		return root.Cmp
	case *LogQuery:
		return root.Cmp
	case *SLOQuery:
		return root.Cmp
	}
	return nil
}

package monitor

import "ddmon/internal/ddquery"

// Variable is a query of a formula. The data source determines which fields are set.
type Variable struct {
	Name string
	// DataSource is metrics, logs, rum, …
	DataSource string
	// By are the facets in group_by. A metric query has its groups in Query.
	By []string
	// Query is a metric query, Aggregator its aggregation over the window.
	Query, Aggregator string
	// Search is the search of an event query, Compute its aggregation. Compute is nil for other queries.
	Search  string
	Compute *Compute
	// Measure and Filter are set for a data quality query. Measure is nil for other queries.
	Measure *string
	Filter  string
	// JobsQuery is set for a data jobs query.
	JobsQuery *string
	// Base is the query that is joined with a reference table.
	Base *Variable
}

// Compute is an aggregation of events and its attribute.
type Compute struct{ Aggregation, Metric string }

// HasQuery reports whether the variable has a query string.
func (v *Variable) HasQuery() bool { return v.Query != "" }

// Expr parses the metric query of a variable. It returns nil if there is no query or it is invalid.
func (v *Variable) Expr() ddquery.Expr {
	if !v.HasQuery() {
		return nil
	}
	x, err := ddquery.ParseMetric(v.Query)
	if err != nil {
		return nil
	}
	return x
}

// GroupKeys returns the keys that the query groups by.
func (v *Variable) GroupKeys() []string {
	if x := v.Expr(); x != nil {
		return ddquery.GroupKeys(x)
	}
	return v.By
}

func variables(v any) []Variable {
	list, _ := v.([]any)
	if len(list) == 0 {
		return nil
	}
	found := make([]Variable, 0, len(list))
	for _, item := range list {
		object, _ := item.(map[string]any)
		found = append(found, variable(object))
	}
	return found
}

func variable(f Fields) Variable {
	v := Variable{
		Name: f.Text("name"), DataSource: f.Text("data_source"), Query: f.Text("query"), Aggregator: f.Text("aggregator"),
		Search: f.Object("search").Text("query"), Filter: f.Text("filter"), Measure: f.optional("measure"), JobsQuery: f.optional("jobs_query"),
	}
	if c := f.Object("compute"); c != nil {
		v.Compute = &Compute{c.Text("aggregation"), c.Text("metric")}
	}
	if b := f.Object("base_query"); b != nil {
		base := variable(b)
		v.Base = &base
	}
	groups, _ := f["group_by"].([]any)
	for _, g := range groups {
		group, _ := g.(map[string]any)
		v.By = append(v.By, Fields(group).Text("facet"))
	}
	return v
}

// optional returns a string field, or nil if it is not set.
func (f Fields) optional(key string) *string {
	if s, ok := f[key].(string); ok {
		return &s
	}
	return nil
}

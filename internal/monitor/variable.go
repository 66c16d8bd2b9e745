package monitor

import "ddmon/internal/ddquery"

// Variable is a query that a formula names. Which fields are set depends on the data source.
type Variable struct {
	Name string
	// DataSource is metrics, logs, rum, …
	DataSource string
	// By are the facets that the query groups by, in group_by; a metric query has its groups in its text.
	By []string
	// Query is a metric query, Aggregator what reduces it over the window.
	Query, Aggregator string
	// Search is the text of a query for logs and the like, Compute what is computed of what it finds; nil if it is not
	// of that form.
	Search  string
	Compute *Compute
	// Measure and Filter are of a data quality query; Measure is nil in any other.
	Measure *string
	Filter  string
	// JobsQuery is of a query for data jobs; nil in any other.
	JobsQuery *string
	// Base is the query that is joined with a reference table; nil without one.
	Base *Variable
}

// Compute is an aggregation of events, and the attribute that it is of.
type Compute struct{ Aggregation, Metric string }

// HasQuery reports whether the variable is written as a text.
func (v *Variable) HasQuery() bool { return v.Query != "" }

// Expr parses the metric query of a variable; nil if it has none, or it does not parse.
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

// optional tells an empty text from none.
func (f Fields) optional(key string) *string {
	if s, ok := f[key].(string); ok {
		return &s
	}
	return nil
}

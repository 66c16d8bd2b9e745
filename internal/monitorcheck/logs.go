package monitorcheck

import (
	"slices"
	"strings"
	"time"

	"ddmon/internal/ddquery"
)

// rollupAggs are the aggregations of a log-style query.
var rollupAggs = []string{"count", "cardinality", "avg", "sum", "min", "max", "median", "pc75", "pc90", "pc95", "pc98", "pc99"}

// maxFacets is the maximum number of facets that a log-style query can group by.
const maxFacets = 4

func (k *checker) logs(q *ddquery.LogQuery) {
	k.noThresholdWindows()
	known := ddquery.LogMethods()
	for _, m := range q.Chain {
		if !slices.Contains(known, m.Name.Name) {
			k.at(m.Name, "unknown_method", SeverityError, "unknown method ."+m.Name.Name+"()", didYouMean(m.Name.Name, known))
		}
	}
	k.logRollup(q)
	if by := q.By(); len(by) > maxFacets {
		k.at(by[maxFacets], "group_limit", SeverityError, "the query groups by more than 4 facets", "remove some")
	}
	ddquery.Walk(q.Search, func(n ddquery.Node) bool {
		if v, ok := n.(*ddquery.SearchVariable); ok {
			k.templateVariable(v, "$"+v.Name)
		}
		return true
	})
	k.logWindow(q)
}

func (k *checker) logRollup(q *ddquery.LogQuery) {
	m := ddquery.MethodNamed(q.Chain, "rollup")
	if m == nil {
		return
	}
	agg, measure := q.Rollup()
	switch {
	case agg == "":
		k.at(m, "rollup", SeverityError, ".rollup() needs an aggregation", `write .rollup("count")`)
	case !slices.Contains(rollupAggs, agg):
		k.at(m.Args[0], "rollup", SeverityError, agg+" is not a valid aggregation", "use "+strings.Join(rollupAggs, ", "))
	case agg != "count" && measure == "":
		k.at(m, "rollup_measure", SeverityError, agg+" needs a measure", `write .rollup("`+agg+`", "@duration")`)
	}
}

// logWindow checks the window. The documented limits depend on the source.
func (k *checker) logWindow(q *ddquery.LogQuery) {
	w := q.Last()
	if w == nil {
		k.at(q, "missing_window", SeverityWarning, "the query has no window", `write .last("5m") before the comparison`)
		return
	}
	switch q.Source.Name {
	case "logs", "events", "rum", "audits", "ci-pipelines", "ci-tests":
		k.windowLimit(w, limit{max: 2 * day, what: "a query of " + q.Source.Name})
	case "trace-analytics":
		k.windowLimit(w, limit{min: 5 * time.Minute, max: 2 * day, what: "a query of " + q.Source.Name})
	case "processes":
		k.windowLimit(w, limit{min: 5 * time.Minute, soft: day, what: "a query of processes"})
	default:
		k.windowLimit(w, limit{soft: 2 * day, what: "a query of " + q.Source.Name})
	}
}

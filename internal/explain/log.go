package explain

import (
	"strings"

	"ddmon/internal/ddquery"
)

// log explains logs("search").rollup("count").last("5m") > 20 and the like of every source of events.
func (m *explainer) log(q *ddquery.LogQuery) reading {
	agg, measure := q.Rollup()
	what := things(q.Source.Name)
	found := matching(what, q.Text.Value)
	if indexes := ddquery.Names(q.Indexes()); len(indexes) > 0 && indexes[0] != "*" {
		found += " in the index " + list(indexes, "and")
	}
	r := reading{
		measures: append([]string{counted(agg, measure, found) + "."}, groups(distinct(ddquery.Names(q.By())))...),
		looks:    []string{m.looks(q.Last(), window(q.Last()))},
	}
	if agg == "count" {
		r.alerts = m.levels(q.Cmp, wording{when: func(op string, v float64) string {
			return "there are " + howMany(op, v) + " " + matching(what, q.Text.Value)
		}})
		return r
	}
	r.alerts = m.levels(q.Cmp, wording{when: func(op string, v float64) string { return "that is " + compared(op, figure(v)) }})
	return r
}

// counted says what a search's results are reduced to.
func counted(agg, measure, found string) string {
	switch agg {
	case "count", "":
		return "Counts the " + found
	case "cardinality":
		return "Counts how many different " + code(measure) + " there are in the " + found
	}
	return "Measures " + aggregated(agg) + " " + code(measure) + " in the " + found
}

// matching says which of the things a search finds.
func matching(what, search string) string {
	if search = strings.TrimSpace(search); search == "" || search == "*" {
		return what + " of any kind"
	}
	return what + " matching " + code(search)
}

// things are what a source holds; a data source of a formula is written with _ for -.
func things(source string) string {
	switch name := strings.ReplaceAll(source, "_", "-"); name {
	case "logs", "events", "processes", "spans":
		return name
	case "rum":
		return "RUM events"
	case "audits", "audit":
		return "audit events"
	case "ci-pipelines":
		return "CI pipeline events"
	case "ci-tests":
		return "CI test events"
	case "trace-analytics":
		return "spans"
	case "llm-observability":
		return "LLM spans"
	case "network", "network-performance":
		return "network flows"
	case "network-path":
		return "network paths"
	default:
		if strings.HasPrefix(name, "error-tracking") {
			return "tracked errors"
		}
		return strings.ReplaceAll(name, "-", " ") + " events"
	}
}

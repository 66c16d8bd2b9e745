package explain

import (
	"strings"

	"ddmon/internal/ddquery"
)

// log explains queries such as logs("search").rollup("count").last("5m") > 20, for every source of events.
func (m *explainer) log(q *ddquery.LogQuery) description {
	agg, measure := q.Rollup()
	what := sourceItems(q.Source.Name)
	found := matching(what, q.Text.Value)
	if indexes := ddquery.Names(q.Indexes()); len(indexes) > 0 && indexes[0] != "*" {
		found += " (index: " + strings.Join(indexes, ", ") + ")"
	}
	r := description{
		measures:   append([]string{counted(agg, measure, found) + "."}, multiAlert(distinct(ddquery.Names(q.By())))...),
		evaluation: []string{m.schedule(q.Last(), window(q.Last()))},
	}
	if agg == "count" {
		r.alerts = m.thresholds(q.Cmp, conditions{brief: func(op string, v float64) string {
			return "there are " + comparedCount(op, v) + " " + matching(what, q.Text.Value)
		}})
		return r
	}
	r.alerts = m.thresholds(q.Cmp, conditions{brief: func(op string, v float64) string { return "the value is " + compared(op, formatNumber(v)) }})
	return r
}

// counted says how the results of a search are aggregated.
func counted(agg, measure, found string) string {
	switch agg {
	case "count", "":
		return "Counts the " + found
	case "cardinality":
		return "Counts the distinct " + code(measure) + " values in the " + found
	}
	return "Measures " + aggregated(agg) + " " + code(measure) + " in the " + found
}

// matching describes the results of a search.
func matching(what, search string) string {
	if search = strings.TrimSpace(search); search == "" || search == "*" {
		return what
	}
	return what + " matching " + code(search)
}

// sourceItems names the items in a source. Data sources of formulas use "_" instead of "-".
func sourceItems(source string) string {
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

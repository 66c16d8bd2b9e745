package explain

import (
	"strings"

	"ddmon/internal/ddquery"
)

// log explains queries such as logs("search").rollup("count").last("5m") > 20, for every source of events.
func (m *explainer) log(q *ddquery.LogQuery) description {
	agg, measure := q.Rollup()
	what := sourceItems(q.Source.Name) + issues(q)
	found := matching(what, q.Text.Value)
	if indexes := ddquery.Names(q.Indexes()); len(indexes) > 0 && indexes[0] != "*" {
		found += " (index: " + strings.Join(indexes, ", ") + ")"
	}
	found += restrictions(q)
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

// issues says which issues an error tracking monitor considers.
func issues(q *ddquery.LogQuery) string {
	switch {
	case ddquery.MethodNamed(q.Chain, "new") != nil:
		return " of issues that are for review (new or regressed)"
	case ddquery.MethodNamed(q.Chain, "impact") != nil:
		return " of issues that are for review or reviewed (high impact)"
	}
	return ""
}

// restrictions describes the methods that select results, except .index(). Unknown methods are shown by name.
func restrictions(q *ddquery.LogQuery) string {
	text := ""
	for _, m := range q.Chain {
		switch m.Name.Name {
		case "index", "new", "impact", "rollup", "by", "last":
		case "source":
			if from := ddquery.Names(q.Sources()); len(from) > 0 && from[0] != "all" {
				text += " (source: " + strings.Join(from, ", ") + ")"
			}
		case "over":
			if over := ddquery.Names(q.Over()); len(over) > 0 && over[0] != "*" {
				text += " on everything tagged " + list(over, "and")
			}
		default:
			text += ", restricted by " + code(ddquery.Print(m)[1:])
		}
	}
	return text
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

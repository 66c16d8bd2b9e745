package sandbox

import (
	"regexp"
	"strconv"

	"ddmon/internal/ddquery"
)

// deriveMissingQuery completes the two notations of the events of a metric SLO: query, with metric queries for the good
// and the total events, and sli_specification.count, with named queries and formulas. The server derives the notation
// that was not sent, since March 2026 in both directions. If both were sent, it keeps both.
func deriveMissingQuery(m object) {
	query, hasQuery := m["query"].(object)
	specification, _ := m["sli_specification"].(object)
	count, hasCount := specification["count"].(object)
	switch {
	case hasQuery && !hasCount:
		if count := deriveCount(stringField(query, "numerator"), stringField(query, "denominator")); count != nil {
			m["sli_specification"] = object{"count": count}
		}
	case hasCount && !hasQuery:
		m["query"] = deriveQuery(count)
	}
}

// deriveCount returns the named queries and formulas for two queries. It returns nil if a query has a form that is not
// recorded, such as a function.
func deriveCount(numerator, denominator string) object {
	n := &queryNamer{queries: []any{}, names: map[string]string{}}
	good, goodOK := n.formula(numerator)
	total, totalOK := n.formula(denominator)
	if !goodOK || !totalOK {
		return nil
	}
	return object{
		"queries":              n.queries,
		"good_events_formula":  object{"formula": good},
		"total_events_formula": object{"formula": total},
	}
}

// queryNamer names metric queries query1, query2 and so on, in the order of appearance.
type queryNamer struct {
	queries []any
	names   map[string]string
}

func (n *queryNamer) formula(query string) (string, bool) {
	x, err := ddquery.ParseMetric(query)
	if err != nil {
		return "", false
	}
	return n.of(query, x)
}

func (n *queryNamer) of(query string, x ddquery.Expr) (formula string, ok bool) {
	switch x := x.(type) {
	case *ddquery.Source:
		return n.name(query[x.From:x.To]), true
	case *ddquery.Number:
		return x.Text, true
	case *ddquery.Paren:
		return n.of(query, x.X)
	case *ddquery.Binary:
		left, leftOK := n.of(query, x.X)
		right, rightOK := n.of(query, x.Y)
		return "(" + left + " " + string(x.Op) + " " + right + ")", leftOK && rightOK
	}
	return "", false
}

func (n *queryNamer) name(query string) string {
	name, known := n.names[query]
	if !known {
		name = "query" + strconv.Itoa(len(n.queries)+1)
		n.names[query] = name
		n.queries = append(n.queries, object{"data_source": "metrics", "name": name, "query": query})
	}
	return name
}

var variablePattern = regexp.MustCompile(`[A-Za-z_]\w*`)

// deriveQuery inserts the named queries into the formulas. If there is a formula for bad events, the total is the sum
// of good and bad events.
func deriveQuery(count object) object {
	byName := map[string]string{}
	for _, q := range objects(count["queries"]) {
		byName[stringField(q, "name")] = stringField(q, "query")
	}
	of := func(key string) string {
		formula, _ := count[key].(object)
		return variablePattern.ReplaceAllStringFunc(stringField(formula, "formula"), func(name string) string {
			if query, known := byName[name]; known {
				return query
			}
			return name
		})
	}
	good := of("good_events_formula")
	total := of("total_events_formula")
	if count["bad_events_formula"] != nil {
		total = "(" + good + ") + (" + of("bad_events_formula") + ")"
	}
	return object{"numerator": good, "denominator": total}
}

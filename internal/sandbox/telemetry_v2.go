package sandbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"ddmon/internal/ddquery"
)

// minStep is the shortest bucket in milliseconds.
const minStep = 1000

// dataRequest is a request for the values of formulas over queries.
type dataRequest struct {
	from, to, step int64
	queries        []Query
	names          []string
	formulas       []string
}

// readData reads a request of the given type. Without formulas, every query is one.
func (ob observer) readData(r *http.Request, kind string) (*dataRequest, *response) {
	body, rejected := readObject(r)
	if rejected != nil {
		return nil, rejected
	}
	data, _ := body["data"].(object)
	if stringField(data, "type") != kind {
		return nil, badRequest(fmt.Sprintf("API input validation failed: Invalid type. Expected %q.", kind))
	}
	attributes, _ := data["attributes"].(object)
	q := &dataRequest{from: integer(attributes["from"], 0), to: ob.until(integer(attributes["to"], 0))}
	q.step = max(minStep, integer(attributes["interval"], DefaultStep(q.to-q.from)))
	for i, sent := range objects(attributes["queries"]) {
		q.add(cmp.Or(stringField(sent, "name"), fmt.Sprintf("query%d", i+1)), sent)
	}
	for _, f := range objects(attributes["formulas"]) {
		q.formulas = append(q.formulas, stringField(f, "formula"))
	}
	if len(q.formulas) == 0 {
		q.formulas = q.names
	}
	return q, nil
}

// add adds one query of the request.
func (q *dataRequest) add(name string, sent object) {
	query := Query{Source: stringField(sent, "data_source"), Text: stringField(sent, "query"), Aggregation: stringField(sent, "aggregator"), From: q.from, To: q.to}
	if query.Source != "metrics" {
		search, _ := sent["search"].(object)
		compute, _ := sent["compute"].(object)
		query.Text, query.Aggregation, query.Measure = stringField(search, "query"), stringField(compute, "aggregation"), stringField(compute, "metric")
		for _, g := range objects(sent["group_by"]) {
			query.By = append(query.By, stringField(g, "facet"))
		}
	}
	q.names, q.queries = append(q.names, name), append(q.queries, query)
}

// query returns the query for a formula: one of the queries, or an expression over metric queries.
func (q *dataRequest) query(formula string) (Query, error) {
	x, err := ddquery.ParseFormula(formula)
	if err != nil {
		return Query{}, err
	}
	var refs []*ddquery.Ref
	ddquery.Walk(x, func(n ddquery.Node) bool {
		if ref, isRef := n.(*ddquery.Ref); isRef {
			refs = append(refs, ref)
		}
		return true
	})
	var found Query
	var text strings.Builder
	end := 0
	for _, ref := range refs {
		i := slices.Index(q.names, ref.Name)
		if i < 0 {
			return Query{}, fmt.Errorf("the formula refers to %s, which is not a query", ref.Name)
		}
		found = q.queries[i]
		if x == ddquery.Expr(ref) {
			return found, nil
		}
		if found.Source != "metrics" {
			return Query{}, errors.New("the sandbox calculates formulas of metrics only")
		}
		text.WriteString(formula[end:ref.Pos()] + "(" + found.Text + ")")
		end = ref.End()
	}
	found.Text = text.String() + formula[end:]
	return found, nil
}

// lines evaluates the formulas of a request, with a list of lines for each.
func (ob observer) lines(ctx context.Context, q *dataRequest, step int64) ([][]Line, error) {
	var all [][]Line
	for _, formula := range q.formulas {
		query, err := q.query(formula)
		if err != nil {
			return nil, err
		}
		query.Step = step
		lines, err := ob.telemetry.Lines(ctx, query)
		if err != nil {
			return nil, err
		}
		all = append(all, lines)
	}
	return all, nil
}

// queryTimeseries returns the points of formulas. Only buckets with data have a time.
func (ob observer) queryTimeseries(r *http.Request) *response {
	q, rejected := ob.readData(r, "timeseries_request")
	if rejected != nil {
		return rejected
	}
	all, err := ob.lines(r.Context(), q, q.step)
	if err != nil {
		return refused(err)
	}
	series, values, times := []any{}, []any{}, allTimes(all)
	for i, lines := range all {
		for _, line := range lines {
			series = append(series, object{"group_tags": tagList(line.Tags), "query_index": i, "unit": nil})
			values = append(values, aligned(line, times))
		}
	}
	return ok(object{"data": object{"id": "0", "type": "timeseries_response", "attributes": object{"series": series, "times": times, "values": values}}})
}

// allTimes returns the times of all points, sorted.
func allTimes(all [][]Line) []int64 {
	times := []int64{}
	for _, lines := range all {
		for _, line := range lines {
			times = append(times, line.At...)
		}
	}
	slices.Sort(times)
	return slices.Compact(times)
}

// aligned returns the values of a line at the given times, with null where it has no point.
func aligned(line Line, times []int64) []any {
	values := make([]any, len(times))
	k := 0
	for i, at := range line.At {
		for times[k] != at {
			k++
		}
		values[k] = finite(line.Values[i])
	}
	return values
}

func tagList(tags []string) []string {
	if tags == nil {
		return []string{}
	}
	return tags
}

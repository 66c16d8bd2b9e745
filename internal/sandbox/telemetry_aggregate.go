package sandbox

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// defaultGroups is the number of groups of a facet without a limit; maxGroups is the maximum over all facets.
const (
	defaultGroups = 10
	maxGroups     = 10000
)

// aggregateLogs computes aggregations of logs by group.
func (ob observer) aggregateLogs(r *http.Request) *response {
	body, rejected := readObject(r)
	if rejected != nil {
		return rejected
	}
	sent, _ := body["filter"].(object)
	filter, problem := ob.newFilter(stringField(sent, "query"), textOf(sent["from"]), textOf(sent["to"]))
	if problem != "" {
		return badRequest(problem)
	}
	query := Query{Source: "logs", Text: filter.query, From: filter.from, To: filter.to, Aggregation: "count"}
	limit := int64(1)
	for _, g := range objects(body["group_by"]) {
		query.By = append(query.By, stringField(g, "facet"))
		limit = min(maxGroups, limit*max(1, min(maxGroups, integer(g["limit"], defaultGroups))))
	}
	counts, err := ob.telemetry.Lines(r.Context(), query)
	if err != nil {
		return refused(err)
	}
	slices.SortStableFunc(counts, func(a, b Line) int { return cmp.Compare(b.Values[0], a.Values[0]) })
	counts = counts[:min(int64(len(counts)), limit)]
	computes := objects(body["compute"])
	if len(computes) == 0 {
		computes = []object{{"aggregation": "count"}}
	}
	buckets := make([]any, len(counts))
	for i, group := range counts {
		buckets[i] = object{"by": byFacet(query.By, group.Tags), "computes": object{}}
	}
	for i, c := range computes {
		values, err := ob.computed(r, query, c)
		if err != nil {
			return refused(err)
		}
		for j, group := range counts {
			if v, known := values[strings.Join(group.Tags, ",")]; known {
				buckets[j].(object)["computes"].(object)["c"+strconv.Itoa(i)] = v
			}
		}
	}
	return ok(object{"meta": object{"status": "done", "elapsed": 1}, "data": object{"buckets": buckets}})
}

// computed returns the value of one computation by group: a number, or a list of points for a timeseries.
func (ob observer) computed(r *http.Request, q Query, c object) (map[string]any, error) {
	q.Aggregation, q.Measure = cmp.Or(stringField(c, "aggregation"), "count"), stringField(c, "metric")
	if stringField(c, "type") == "timeseries" {
		q.Step = DefaultStep(q.To - q.From)
		if every, ok := offset("+" + stringField(c, "interval")); ok && every > 0 {
			q.Step = every.Milliseconds()
		}
	}
	lines, err := ob.telemetry.Lines(r.Context(), q)
	if err != nil {
		return nil, err
	}
	values := map[string]any{}
	for _, line := range lines {
		name := strings.Join(line.Tags, ",")
		if q.Step == 0 {
			values[name] = line.Values[0]
			continue
		}
		points := make([]any, len(line.At))
		for i, at := range line.At {
			points[i] = object{"time": rfc3339(at), "value": line.Values[i]}
		}
		values[name] = points
	}
	return values, nil
}

// byFacet returns the values of the facets of a group.
func byFacet(facets, tags []string) object {
	by := object{}
	for i, facet := range facets {
		if i < len(tags) {
			by[facet] = strings.TrimPrefix(tags[i], facet+":")
		}
	}
	return by
}

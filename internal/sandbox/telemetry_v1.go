package sandbox

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"ddmon/internal/ddquery"
)

// queryV1 returns the points of a metric query. Times are in seconds in the request, in milliseconds in the response.
func (ob observer) queryV1(r *http.Request) *response {
	q := r.URL.Query()
	from, fromProblem := intParam(q, "from", 0)
	to, toProblem := intParam(q, "to", 0)
	if problem := cmp.Or(fromProblem, toProblem); problem != "" {
		return badRequest(problem)
	}
	text := q.Get("query")
	x, err := ddquery.ParseMetric(text)
	if err != nil {
		return badRequest("Error parsing query: " + err.Error())
	}
	step := DefaultStep((to - from) * 1000)
	lines, err := ob.telemetry.Lines(r.Context(), Query{Source: "metrics", Text: text, From: from * 1000, To: ob.until(to * 1000), Step: step})
	if err != nil {
		return refused(err)
	}
	source, _ := x.(*ddquery.Source)
	series := []any{}
	for _, line := range lines {
		series = append(series, seriesV1(text, source, line, step))
	}
	return ok(object{
		"status": "ok", "resp_version": 1, "res_type": "time_series", "from_date": from * 1000, "to_date": to * 1000, "query": text,
		"message": "", "group_by": groupKeys(source), "series": series, "times": []any{}, "values": []any{},
	})
}

// seriesV1 is one series. An expression has no metric and scope of its own.
func seriesV1(text string, source *ddquery.Source, line Line, step int64) object {
	points := make([]any, len(line.At))
	for i, at := range line.At {
		points[i] = []any{at, finite(line.Values[i])}
	}
	metric, scope, expression := text, "*", text
	var aggregation any
	if source != nil {
		metric = source.Metric.Name
		scope = strings.TrimSuffix(strings.TrimPrefix(ddquery.Print(source.Scope), "{"), "}")
		if len(line.Tags) > 0 {
			scope = strings.TrimPrefix(strings.TrimPrefix(scope, "*")+","+strings.Join(line.Tags, ","), ",")
		}
		expression = metric + "{" + scope + "}"
		if source.Agg != nil {
			aggregation, expression = source.Agg.Name, source.Agg.Name+":"+expression
		}
	}
	return object{
		"metric": metric, "display_name": metric, "expression": expression, "scope": scope, "aggr": aggregation, "tag_set": tagList(line.Tags),
		"attributes": object{}, "interval": step / 1000, "start": line.At[0], "end": line.At[len(line.At)-1] + step - 1000,
		"length": len(points), "query_index": 0, "unit": nil, "pointlist": points,
	}
}

// groupKeys returns the keys of the groups of a query.
func groupKeys(source *ddquery.Source) []string {
	keys := []string{}
	if source != nil && source.By != nil {
		for _, key := range source.By.Keys {
			keys = append(keys, key.Name)
		}
	}
	return slices.Clip(keys)
}

package ddapi

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// Query asks the timeseries endpoint for a formula over queries, which are in the notation of the API.
type Query struct {
	Formula  string
	Queries  []map[string]any
	From, To time.Time
	Interval time.Duration
}

// Points are the points of one group. Times are Unix milliseconds; missing points are left out.
type Points struct {
	Tags   []string // key:value
	At     []int64
	Values []float64
}

// Timeseries returns the points of a formula by group.
func (c *Client) Timeseries(ctx context.Context, q Query) (all []Points, err error) {
	queries := make([]any, len(q.Queries))
	for i, one := range q.Queries {
		queries[i] = one
	}
	err = c.do(ctx, call{
		action: "query metrics", permission: "timeseries_query", method: http.MethodPost, route: "/api/v2/query/timeseries",
		body: map[string]any{"data": map[string]any{"type": "timeseries_request", "attributes": map[string]any{
			"formulas": []any{map[string]any{"formula": q.Formula}}, "queries": queries,
			"from": q.From.UnixMilli(), "to": q.To.UnixMilli(), "interval": q.Interval.Milliseconds(),
		}}},
		read: func(r *responseReader) (err error) {
			all, err = timeseries(r)
			return err
		},
	})
	return all, err
}

// timeseries reads a response, in which the values of each series are parallel to the common times.
func timeseries(r *responseReader) ([]Points, error) {
	response, err := r.object("it")
	if err != nil {
		return nil, err
	}
	data, err := member[map[string]any](response, "data")
	if err != nil {
		return nil, err
	}
	attributes, err := member[map[string]any](data, "attributes")
	if err != nil {
		return nil, err
	}
	lists := map[string][]any{}
	for _, key := range []string{"series", "times", "values"} {
		if lists[key], err = optional[[]any](attributes, key); err != nil {
			return nil, err
		}
	}
	if len(lists["series"]) != len(lists["values"]) {
		return nil, wrongShape("%d series have %d lists of values", len(lists["series"]), len(lists["values"]))
	}
	all := make([]Points, len(lists["series"]))
	for i, item := range lists["series"] {
		series, err := typed[map[string]any](item, `an item of "series"`)
		if err != nil {
			return nil, err
		}
		values, err := typed[[]any](lists["values"][i], `an item of "values"`)
		if err != nil {
			return nil, err
		}
		if all[i], err = points(lists["times"], values); err != nil {
			return nil, err
		}
		if all[i].Tags, err = stringsOf(series, "group_tags"); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func points(times, values []any) (Points, error) {
	var p Points
	if len(times) != len(values) {
		return p, wrongShape("%d times have %d values", len(times), len(values))
	}
	for i := range times {
		if values[i] == nil {
			continue
		}
		at, isTime := float(times[i])
		v, isNumber := float(values[i])
		if !isTime || !isNumber {
			return p, wrongShape("a point is not a number")
		}
		p.At, p.Values = append(p.At, int64(at)), append(p.Values, v)
	}
	return p, nil
}

func float(v any) (float64, bool) {
	n, isNumber := v.(json.Number)
	if !isNumber {
		return 0, false
	}
	f, err := n.Float64()
	return f, err == nil
}

// stringsOf returns a list of strings; nil if the key is missing or null.
func stringsOf(o map[string]any, key string) ([]string, error) {
	list, err := optional[[]any](o, key)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, item := range list {
		text, err := typed[string](item, "an item of "+strconv.Quote(key))
		if err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, nil
}

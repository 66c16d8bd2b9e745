package ddapi

import (
	"context"
	"net/http"
	"strconv"
	"time"
)

// LogCount asks for the number of logs that match a search.
type LogCount struct {
	Search   string
	From, To time.Time
	// By are the facets of the groups, and Limit the maximum number of values of each.
	By    []string
	Limit int
	// Interval is the length of a bucket.
	Interval time.Duration
}

// CountLogs counts logs by group, over time. Tags are facet:value, in the order of the facets. Empty buckets are left out.
func (c *Client) CountLogs(ctx context.Context, q LogCount) (all []Points, err error) {
	groups := make([]any, len(q.By))
	for i, facet := range q.By {
		groups[i] = map[string]any{"facet": facet, "limit": q.Limit, "sort": map[string]any{"aggregation": "count", "order": "desc"}}
	}
	err = c.do(ctx, call{
		action: "count logs", permission: "logs_read_data", method: http.MethodPost, route: "/api/v2/logs/analytics/aggregate",
		body: map[string]any{
			"filter":   searchFilter(q.Search, q.From, q.To),
			"compute":  []any{map[string]any{"aggregation": "count", "type": "timeseries", "interval": intervalText(q.Interval)}},
			"group_by": groups,
		},
		read: func(r *responseReader) (err error) {
			all, err = logCounts(r, q.By)
			return err
		},
	})
	return all, err
}

func searchFilter(search string, from, to time.Time) map[string]any {
	return map[string]any{"query": search, "from": instant(from), "to": instant(to)}
}

// instant formats a time with milliseconds, the resolution of logs and events.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// intervalText formats an interval in the largest unit of the API that it is a multiple of: "90s", "5m".
func intervalText(d time.Duration) string {
	switch {
	case d%time.Hour == 0:
		return strconv.Itoa(int(d/time.Hour)) + "h"
	case d%time.Minute == 0:
		return strconv.Itoa(int(d/time.Minute)) + "m"
	}
	return strconv.Itoa(int(d/time.Second)) + "s"
}

func logCounts(r *responseReader, by []string) ([]Points, error) {
	response, err := r.object("it")
	if err != nil {
		return nil, err
	}
	data, err := member[map[string]any](response, "data")
	if err != nil {
		return nil, err
	}
	buckets, err := objects(data, "buckets")
	if err != nil {
		return nil, err
	}
	var all []Points
	for _, bucket := range buckets {
		p, err := logBucket(bucket, by)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// logBucket reads the counts of one group.
func logBucket(bucket map[string]any, by []string) (Points, error) {
	var p Points
	values, err := optional[map[string]any](bucket, "by")
	if err != nil {
		return p, err
	}
	for _, facet := range by {
		value, err := member[string](values, facet)
		if err != nil {
			return p, err
		}
		p.Tags = append(p.Tags, facet+":"+value)
	}
	computes, err := member[map[string]any](bucket, "computes")
	if err != nil {
		return p, err
	}
	counts, err := objects(computes, "c0")
	if err != nil {
		return p, err
	}
	for _, point := range counts {
		text, err := member[string](point, "time")
		if err != nil {
			return p, err
		}
		at, err := time.Parse(time.RFC3339, text)
		value, ok := float(point["value"])
		if err != nil || !ok {
			return p, wrongShape("a count is not a number at a time")
		}
		p.At, p.Values = append(p.At, at.UnixMilli()), append(p.Values, value)
	}
	return p, nil
}

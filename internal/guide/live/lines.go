package live

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"ddmon/internal/ddapi"
	"ddmon/internal/guide"
)

// Limits of a count.
const (
	// maxBuckets is the number of buckets for which a count is requested.
	maxBuckets = 1000
	// maxGroups is the maximum number of groups of a count; with several facets, their product.
	maxGroups = 1000
)

// Count implements guide.Source. Gaps have the resolution of the buckets: a second for windows up to 1,000 s.
func (s *Source) Count(ctx context.Context, q guide.Question, w guide.Window) ([]guide.Count, error) {
	step := interval(w)
	found, err := s.counts(ctx, q.Product, q.Query, q.By, w, resolution(w, step))
	if err != nil {
		return nil, err
	}
	var all []guide.Count
	for _, p := range found {
		if c := s.count(p, w, step, resolution(w, step)); c.Total > 0 {
			c.Group = groupOfFacets(p.Tags)
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b guide.Count) int { return strings.Compare(a.Group, b.Group) })
	return all, nil
}

// counts counts logs or events over time.
func (s *Source) counts(ctx context.Context, p guide.Product, search string, by []string, w guide.Window, every time.Duration) ([]ddapi.Points, error) {
	if p == guide.Logs {
		return s.client.CountLogs(ctx, ddapi.LogCount{Search: search, From: w.From, To: w.To, By: by, Limit: limitOf(len(by)), Interval: every})
	}
	groups := make([]any, len(by))
	for i, facet := range by {
		groups[i] = map[string]any{"facet": facet, "limit": limitOf(len(by)), "sort": map[string]any{"aggregation": "count", "order": "desc"}}
	}
	return s.client.Timeseries(ctx, ddapi.Query{Formula: "query1", From: w.From, To: w.To, Interval: every, Queries: []map[string]any{{
		"data_source": "events", "name": "query1", "search": map[string]any{"query": search}, "indexes": []any{"*"},
		"compute": map[string]any{"aggregation": "count"}, "group_by": groups,
	}}})
}

// limitOf returns the maximum number of values of each of n facets, so that their product is at most maxGroups.
func limitOf(n int) int {
	limit := 1
	for power(limit+1, n) <= maxGroups && limit < maxGroups {
		limit++
	}
	return limit
}

func power(base, n int) int {
	result := 1
	for range n {
		if result > maxGroups {
			return result
		}
		result *= base
	}
	return result
}

// resolution returns the shortest interval that divides step and gives at most maxBuckets buckets; otherwise step.
func resolution(w guide.Window, step time.Duration) time.Duration {
	for _, d := range []time.Duration{1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600} {
		if d *= time.Second; step%d == 0 && w.Length() <= maxBuckets*d {
			return d
		}
	}
	return step
}

// count sums fine buckets to those of step, and finds the longest part of the window without a line.
func (s *Source) count(p ddapi.Points, w guide.Window, step, fine time.Duration) guide.Count {
	c := guide.Count{Gap: guide.Window{From: w.From, To: w.From}}
	quiet := w.From
	at := w.From.Truncate(step)
	gap := func(to time.Time) {
		if g := (guide.Window{From: quiet, To: to}); g.Length() > c.Gap.Length() {
			c.Gap = g
		}
	}
	i := 0
	for ; at.Before(w.To); at = at.Add(step) {
		n := 0.0
		for ; i < len(p.At) && s.time(p.At[i]).Before(at.Add(step)); i++ {
			if p.Values[i] == 0 {
				continue
			}
			n += p.Values[i]
			start := s.time(p.At[i])
			gap(later(start, w.From))
			quiet = later(quiet, earlier(start.Add(fine), w.To))
		}
		c.Total += int(n)
		c.Buckets = append(c.Buckets, guide.Point{At: at.In(s.location), Value: n})
	}
	gap(w.To)
	return c
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// groupOfFacets returns the name of a group, in which attributes have no @.
func groupOfFacets(tags []string) string {
	named := make([]string, len(tags))
	for i, tag := range tags {
		named[i] = strings.TrimPrefix(tag, "@")
	}
	return groupOf(named)
}

// Line implements guide.Source.
func (s *Source) Line(ctx context.Context, q guide.Question, w guide.Window, first bool) (*guide.Line, error) {
	find := s.client.FirstLog
	if q.Product == guide.Events {
		find = s.client.FirstEvent
	}
	found, err := find(ctx, q.Query, roundUp(w.From), roundUp(w.To), !first)
	if err != nil || found == nil {
		return nil, err
	}
	return &guide.Line{At: found.At.In(s.location), Text: cmp.Or(found.Message, found.Title)}, nil
}

// roundUp rounds to the milliseconds of the API, so that [from, to) includes the same lines.
func roundUp(t time.Time) time.Time {
	if rounded := t.Truncate(time.Millisecond); !rounded.Equal(t) {
		return rounded.Add(time.Millisecond)
	}
	return t
}

// Values implements guide.Source.
func (s *Source) Values(ctx context.Context, p guide.Product, query, facet string, w guide.Window) ([]string, error) {
	counts := map[string]float64{}
	if p == guide.Metric {
		series, err := s.Metric(ctx, "avg:"+query+"{*} by {"+facet+"}", w, 0)
		for _, one := range series {
			if value, ok := strings.CutPrefix(one.Group, facet+":"); ok && value != "N/A" {
				counts[value]++
			}
		}
		return frequent(counts), err
	}
	found, err := s.counts(ctx, p, query, []string{facet}, w, interval(w))
	for _, one := range found {
		value := strings.TrimPrefix(groupOf(one.Tags), facet+":")
		for _, n := range one.Values {
			counts[value] += n
		}
	}
	return frequent(counts), err
}

// frequent returns the keys, the most frequent first.
func frequent(counts map[string]float64) []string {
	var values []string
	for v := range counts {
		values = append(values, v)
	}
	slices.SortFunc(values, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b)) })
	return values
}

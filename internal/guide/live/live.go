// Package live answers the questions of a guide from Datadog. It only reads. Start reading at New.
package live

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"ddmon/internal/ddapi"
	"ddmon/internal/ddquery"
	"ddmon/internal/guide"
	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/suggest"
)

// Client is what a Source needs of Datadog; *ddapi.Client has it.
type Client interface {
	Timeseries(ctx context.Context, q ddapi.Query) ([]ddapi.Points, error)
	CountLogs(ctx context.Context, q ddapi.LogCount) ([]ddapi.Points, error)
	FirstLog(ctx context.Context, search string, from, to time.Time, last bool) (*ddapi.Document, error)
	FirstEvent(ctx context.Context, search string, from, to time.Time, last bool) (*ddapi.Document, error)
	ActiveMetrics(ctx context.Context, since time.Time) ([]string, error)
	MonitorGroups(ctx context.Context, m object.Marker) ([]ddapi.MonitorGroup, error)
}

// Source answers questions from Datadog. Each question is one request, except for retries.
type Source struct {
	client   Client
	monitors map[string]object.Marker
	location *time.Location
}

var _ guide.Source = (*Source)(nil)

// New returns a source. monitors are the markers of the stack's monitors by address, and location is for displaying
// times.
func New(client Client, monitors map[string]object.Marker, location *time.Location) *Source {
	return &Source{client, monitors, location}
}

// Metric implements guide.Source. Without a step, the points have the interval that Datadog uses in graphs.
func (s *Source) Metric(ctx context.Context, query string, w guide.Window, step time.Duration) ([]guide.Series, error) {
	if step == 0 {
		step = interval(w)
	}
	q, err := metricQuery(query)
	if err != nil {
		return nil, err
	}
	q.From, q.To, q.Interval = w.From, w.To, step
	found, err := s.client.Timeseries(ctx, q)
	if err != nil {
		return nil, err
	}
	all := make([]guide.Series, len(found))
	for i, p := range found {
		all[i].Group = groupOf(p.Tags)
		for j, at := range p.At {
			all[i].Points = append(all[i].Points, guide.Point{At: s.time(at), Value: p.Values[j]})
		}
	}
	return slices.DeleteFunc(all, func(one guide.Series) bool { return len(one.Points) == 0 }), nil
}

func interval(w guide.Window) time.Duration {
	return time.Duration(replay.Options{}.Interval(w.Length())) * time.Millisecond
}

// metricQuery splits a metric query into a formula and the queries of its metrics, which Datadog expects apart.
func metricQuery(text string) (ddapi.Query, error) {
	var q ddapi.Query
	x, err := ddquery.ParseMetric(text)
	if err != nil {
		return q, err
	}
	if _, isList := x.(*ddquery.List); isList {
		return q, errors.New("the query has several expressions: use a step for each")
	}
	end := 0
	ddquery.Walk(x, func(n ddquery.Node) bool {
		source, isSource := n.(*ddquery.Source)
		if !isSource {
			return true
		}
		name := "query" + strconv.Itoa(len(q.Queries)+1)
		q.Queries = append(q.Queries, map[string]any{"data_source": "metrics", "name": name, "query": text[source.Pos():source.End()]})
		q.Formula += text[end:source.Pos()] + name
		end = source.End()
		return false
	})
	q.Formula += text[end:]
	return q, nil
}

// groupOf returns the name of a group with tags.
func groupOf(tags []string) string {
	if len(tags) == 0 {
		return "*"
	}
	return strings.Join(tags, ",")
}

func (s *Source) time(ms int64) time.Time { return time.UnixMilli(ms).In(s.location) }

// Status implements guide.Source. Datadog has only current statuses: one that has changed since is unknown.
func (s *Source) Status(ctx context.Context, address string, at time.Time) ([]guide.Status, error) {
	marker, ok := s.monitors[address]
	if !ok {
		return nil, fmt.Errorf("the stack has no %s", address)
	}
	groups, err := s.client.MonitorGroups(ctx, marker)
	if err != nil {
		return nil, err
	}
	var all []guide.Status
	for _, g := range groups {
		if g.Changed.After(at) {
			return nil, fmt.Errorf("only the current status of %s is known, and the status of %s changed after %s, at %s",
				address, g.Name, at.Format(time.DateTime), g.Changed.In(s.location).Format(time.DateTime))
		}
		status := guide.Status{Group: g.Name, Status: g.Status}
		if !g.Changed.IsZero() {
			status.Since = g.Changed.In(s.location)
		}
		all = append(all, status)
	}
	return all, nil
}

// Similar implements guide.Source.
func (s *Source) Similar(ctx context.Context, metric string, w guide.Window) (string, error) {
	names, err := s.client.ActiveMetrics(ctx, w.From)
	switch {
	case err != nil:
		return "", err
	case slices.Contains(names, metric):
		return metric, nil
	}
	return suggest.Closest(metric, names), nil
}

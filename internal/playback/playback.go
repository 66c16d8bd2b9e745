// Package playback answers the queries that the sandbox receives from a recording, with the evaluator of replay. It is
// pure: the time comes with each query. Start reading at New.
package playback

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/sandbox"
	"ddmon/internal/series"
)

// Source is the telemetry of a recording. It is safe for concurrent use.
type Source struct {
	rec *series.Recording

	mu       sync.Mutex
	replayed replayed
}

var _ sandbox.Telemetry = (*Source)(nil)

// New returns the telemetry of a recording.
func New(rec *series.Recording) *Source { return &Source{rec: rec} }

// Clock returns the time in a recording that starts at one time and passes speed times as fast as now does.
func Clock(start time.Time, speed float64, now func() time.Time) func() time.Time {
	began := now()
	return func() time.Time { return start.Add(time.Duration(float64(now().Sub(began)) * speed)) }
}

// Lines implements sandbox.Telemetry.
func (s *Source) Lines(ctx context.Context, q sandbox.Query) ([]sandbox.Line, error) {
	var all []sandbox.Line
	err := evaluate.Alone(ctx, s.rec, "the query", func(in evaluate.Input) error {
		lines, err := linesOf(in, q)
		for _, line := range lines {
			all = append(all, sandbox.Line{Tags: line.Group, At: line.At, Values: line.Values})
		}
		return err
	})
	return all, err
}

func linesOf(in evaluate.Input, q sandbox.Query) ([]evaluate.Line, error) {
	switch {
	case q.Source != "metrics":
		return evaluate.Tally{
			Source: q.Source, Search: q.Text, Aggregation: q.Aggregation, Measure: q.Measure, By: q.By, From: q.From, To: q.To, Step: q.Step,
		}.Documents(in)
	case q.Step > 0:
		in.Bucket = q.Step
		return evaluate.Graph(in, q.Text, q.From, q.To)
	}
	in.Bucket = sandbox.DefaultStep(q.To - q.From)
	lines, err := evaluate.Graph(in, q.Text, q.From, q.To)
	for i, line := range lines {
		value, ok := line.Reduce(q.Aggregation)
		if !ok {
			return nil, evaluate.NotEvaluated("the aggregator " + q.Aggregation + " is not supported")
		}
		lines[i].At, lines[i].Values = []int64{q.From}, []float64{value}
	}
	return lines, err
}

// Documents implements sandbox.Telemetry.
func (s *Source) Documents(ctx context.Context, q sandbox.Query) ([]sandbox.Document, error) {
	search, err := ddquery.ParseSearch(q.Text)
	if err != nil {
		return nil, err
	}
	match, err := evaluate.CompileSearch(search)
	if err != nil {
		return nil, err
	}
	var found []sandbox.Document
	add := func(number int, d evaluate.Document, made func() sandbox.Document) {
		if d.At() >= q.From && d.At() < q.To && match(d) {
			shown := made()
			shown.Number, shown.At = number, d.At()
			found = append(found, shown)
		}
	}
	if q.Source == "events" {
		for i := range s.rec.Events {
			e := &s.rec.Events[i]
			add(i, evaluate.Document{Event: e}, func() sandbox.Document {
				return sandbox.Document{Title: e.Title, Message: e.Text, Source: e.Source, Tags: e.Tags}
			})
		}
		return found, ctx.Err()
	}
	for i := range s.rec.Logs {
		l := &s.rec.Logs[i]
		add(i, evaluate.Document{Log: l}, func() sandbox.Document {
			return sandbox.Document{Message: l.Message, Service: l.Service, Status: l.Status, Host: l.Host, Source: l.Source, Tags: l.Tags, Attributes: l.Attributes}
		})
	}
	return found, ctx.Err()
}

// Metrics implements sandbox.Telemetry.
func (s *Source) Metrics(from, to int64) []sandbox.Metric {
	found := map[string]*sandbox.Metric{}
	for _, one := range s.rec.Series {
		if one.Type == series.ServiceCheck || !hasSample(one, from, to) {
			continue
		}
		m := found[one.Metric]
		if m == nil {
			m = &sandbox.Metric{Name: one.Metric, Type: string(one.Type), Unit: one.Unit}
			found[one.Metric] = m
		}
		m.Tags = append(m.Tags, one.Tags...)
	}
	all := make([]sandbox.Metric, 0, len(found))
	for _, m := range found {
		slices.Sort(m.Tags)
		m.Tags = slices.Compact(m.Tags)
		all = append(all, *m)
	}
	slices.SortFunc(all, func(a, b sandbox.Metric) int { return strings.Compare(a.Name, b.Name) })
	return all
}

func hasSample(s *series.Series, from, to int64) bool {
	for range s.In(from, to) {
		return true
	}
	return false
}

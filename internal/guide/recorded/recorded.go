// Package recorded answers the questions of a guide from a recording, with the evaluator of replay. It is pure. Start
// reading at New.
package recorded

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"ddmon/internal/evaluate"
	"ddmon/internal/guide"
	"ddmon/internal/replay"
	"ddmon/internal/series"
	"ddmon/internal/suggest"
)

// Source answers questions from a recording.
type Source struct {
	rec      *series.Recording
	monitors []replay.Monitor
	replayed *replay.Result    // on first use
	queries  *evaluate.Queries // all questions share their limits
}

var _ guide.Source = (*Source)(nil)

// New returns a source that answers from a recording. The monitors are replayed when a question asks for the status of
// one.
func New(rec *series.Recording, monitors []replay.Monitor) *Source {
	return &Source{rec: rec, monitors: monitors}
}

// run answers a question within the limits.
func (s *Source) run(ctx context.Context, f func(evaluate.Input) error) error {
	if s.queries == nil {
		s.queries = evaluate.NewQueries(ctx, s.rec, "the guide's queries")
	}
	return s.queries.Run(f)
}

// Metric implements guide.Source. Without a step, the points have the interval that Datadog uses in graphs.
func (s *Source) Metric(ctx context.Context, query string, w guide.Window, step time.Duration) ([]guide.Series, error) {
	if step == 0 {
		step = time.Duration(replay.Options{}.Interval(w.Length())) * time.Millisecond
	}
	var lines []evaluate.Line
	err := s.run(ctx, func(in evaluate.Input) (err error) {
		in.Bucket = step.Milliseconds()
		lines, err = evaluate.Graph(in, query, w.From.UnixMilli(), w.To.UnixMilli())
		return err
	})
	if err != nil {
		return nil, err
	}
	all := make([]guide.Series, len(lines))
	for i, line := range lines {
		all[i].Group = groupName(line.Group.String())
		for j, at := range line.At {
			all[i].Points = append(all[i].Points, guide.Point{At: s.time(at), Value: line.Values[j]})
		}
	}
	return all, nil
}

func groupName(tags string) string {
	if tags == "" {
		return "*"
	}
	return tags
}

// Status implements guide.Source: it replays the stack's monitors.
func (s *Source) Status(ctx context.Context, address string, at time.Time) ([]guide.Status, error) {
	if s.replayed == nil {
		result, err := replay.Run(s.monitors, s.rec, replay.Options{Context: ctx})
		if err != nil {
			return nil, err
		}
		s.replayed = result
	}
	i := slices.IndexFunc(s.replayed.Monitors, func(m replay.MonitorResult) bool { return m.Address == address })
	if i < 0 {
		return nil, fmt.Errorf("the stack has no %s", address)
	}
	m := s.replayed.Monitors[i]
	if !m.Evaluated {
		return nil, errors.New(m.Reason)
	}
	var all []guide.Status
	for _, g := range m.Groups {
		status := guide.Status{Group: groupName(g.Group), Status: g.Initial.String(), Since: g.Start.In(s.rec.Location)}
		for _, t := range g.Transitions {
			if t.At.After(at) {
				break
			}
			status.Status, status.Since = t.To.String(), t.At.In(s.rec.Location)
		}
		all = append(all, status)
	}
	return all, nil
}

// Similar implements guide.Source.
func (s *Source) Similar(_ context.Context, metric string, w guide.Window) (string, error) {
	var names []string
	for _, one := range s.rec.Series {
		if hasPoint(one, w) && !slices.Contains(names, one.Metric) {
			names = append(names, one.Metric)
		}
	}
	if slices.Contains(names, metric) {
		return metric, nil
	}
	return suggest.Closest(metric, names), nil
}

func hasPoint(s *series.Series, w guide.Window) bool {
	for range s.In(w.From.UnixMilli(), w.To.UnixMilli()) {
		return true
	}
	return false
}

// Values implements guide.Source.
func (s *Source) Values(ctx context.Context, p guide.Product, query, facet string, w guide.Window) ([]string, error) {
	counts := map[string]int{}
	if p == guide.Metric {
		for _, one := range s.rec.Metric(query) {
			if !hasPoint(one, w) {
				continue
			}
			for _, tag := range one.Tags {
				if key, value, _ := strings.Cut(tag, ":"); key == facet {
					counts[value]++
				}
			}
		}
		return frequent(counts), nil
	}
	err := s.matching(ctx, guide.Question{Product: p, Query: query}, w, func(d evaluate.Document, _ *evaluate.Account) bool {
		for _, v := range d.Facet(facet) {
			counts[v]++
		}
		return true
	})
	return frequent(counts), err
}

// frequent returns the keys, the most frequent first.
func frequent(counts map[string]int) []string {
	var values []string
	for v := range counts {
		values = append(values, v)
	}
	slices.SortFunc(values, func(a, b string) int {
		if d := counts[b] - counts[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return values
}

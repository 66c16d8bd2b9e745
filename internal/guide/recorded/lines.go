package recorded

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"ddmon/internal/evaluate"
	"ddmon/internal/guide"
	"ddmon/internal/replay"
)

// documents yields the logs or events in a window, in order of time.
func (s *Source) documents(p guide.Product, w guide.Window) iter.Seq[evaluate.Document] {
	from, to := millisecond(w.From), millisecond(w.To)
	return func(yield func(evaluate.Document) bool) {
		if p == guide.Events {
			events := s.rec.EventsIn(from, to)
			for i := range events {
				if !yield(evaluate.Document{Event: &events[i]}) {
					return
				}
			}
			return
		}
		logs := s.rec.LogsIn(from, to)
		for i := range logs {
			if !yield(evaluate.Document{Log: &logs[i]}) {
				return
			}
		}
	}
}

// millisecond rounds a time up, so that [from, to) includes the same lines.
func millisecond(t time.Time) int64 {
	return (t.UnixNano() + int64(time.Millisecond) - 1) / int64(time.Millisecond)
}

// matching calls a function for each log or event that matches a question, in order of time, until it returns false.
func (s *Source) matching(ctx context.Context, q guide.Question, w guide.Window, visit func(evaluate.Document, *evaluate.Account) bool) error {
	return s.run(ctx, func(in evaluate.Input) error {
		match, err := evaluate.NewMatcher(q.Query, in.Account)
		if err != nil {
			return err
		}
		for d := range s.documents(q.Product, w) {
			if match(d) && !visit(d, in.Account) {
				break
			}
		}
		return nil
	})
}

// Count implements guide.Source.
func (s *Source) Count(ctx context.Context, q guide.Question, w guide.Window) ([]guide.Count, error) {
	times := map[string][]int64{}
	err := s.matching(ctx, q, w, func(d evaluate.Document, a *evaluate.Account) bool {
		for _, g := range groups(d, q.By, a) {
			a.Keep(1, evaluate.SampleBytes)
			times[g] = append(times[g], d.At())
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	var all []guide.Count
	for g, at := range times {
		all = append(all, s.count(g, at, w))
	}
	slices.SortFunc(all, func(a, b guide.Count) int { return strings.Compare(a.Group, b.Group) })
	return all, nil
}

// count counts the times of one group by bucket.
func (s *Source) count(group string, times []int64, w guide.Window) guide.Count {
	step := replay.Options{}.Interval(w.Length())
	from, to := w.From.UnixMilli(), w.To.UnixMilli()
	at := make([]time.Time, len(times))
	for i, ms := range times {
		at[i] = s.time(ms)
	}
	c := guide.Count{Group: group, Total: len(times), Gap: guide.LongestGap(at, w)}
	for at := evaluate.FloorDiv(from, step) * step; at < to; at += step {
		n := 0
		for n < len(times) && times[n] < at+step {
			n++
		}
		c.Buckets = append(c.Buckets, guide.Point{At: s.time(at), Value: float64(n)})
		times = times[n:]
	}
	return c
}

func (s *Source) time(at int64) time.Time { return time.UnixMilli(at).In(s.rec.Location) }

// groups returns the groups of a line: the combinations of its values of the facets. A line without a value has none.
func groups(d evaluate.Document, by []string, a *evaluate.Account) []string {
	if len(by) == 0 {
		return []string{"*"}
	}
	all := []string{""}
	for _, facet := range by {
		var next []string
		for _, g := range all {
			for _, v := range d.Facet(facet) {
				a.Keep(1, len(g)+len(facet)+len(v))
				next = append(next, strings.TrimPrefix(g+","+strings.TrimPrefix(facet, "@")+":"+v, ","))
			}
		}
		all = next
	}
	return all
}

// Line implements guide.Source.
func (s *Source) Line(ctx context.Context, q guide.Question, w guide.Window, first bool) (*guide.Line, error) {
	var found *guide.Line
	err := s.matching(ctx, q, w, func(d evaluate.Document, _ *evaluate.Account) bool {
		found = &guide.Line{At: s.time(d.At()), Text: d.Text()}
		return !first
	})
	return found, err
}

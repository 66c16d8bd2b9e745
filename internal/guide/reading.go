package guide

import (
	"context"
	"slices"
	"strings"
	"time"
)

// allGroups is the group of an answer without groups.
const allGroups = "*"

// reading is the answer to a question for one group.
type reading struct {
	group string
	// points are the points of a metric, or the number of lines by bucket.
	points []Point
	// lines means that points are counts of logs or events; total is their sum.
	lines bool
	total int
	// counted means that a metric has a point of 0 where nothing was counted.
	counted bool
	gap     Window
}

// empty reports whether the group has no data, or only zeros that can mean missing data.
func (a reading) empty() bool {
	if a.lines {
		return a.total == 0
	}
	if !a.counted {
		return len(a.points) == 0
	}
	return !slices.ContainsFunc(a.points, func(p Point) bool { return p.Value != 0 })
}

// ask asks a question about a metric, logs or events.
func (r *runner) ask(ctx context.Context, from Source, q Question, w Window) ([]reading, error) {
	r.asked++
	var answer []reading
	if q.Product == Metric {
		series, err := from.Metric(ctx, q.Query, w, 0)
		if err != nil {
			return nil, err
		}
		for _, s := range series {
			answer = append(answer, reading{group: s.Group, points: s.Points, counted: countsMissing(q.Query), gap: LongestGap(times(s.Points), w)})
		}
	} else {
		counts, err := from.Count(ctx, q, w)
		if err != nil {
			return nil, err
		}
		for _, c := range counts {
			answer = append(answer, reading{group: c.Group, points: c.Buckets, lines: true, total: c.Total, gap: c.Gap})
		}
	}
	slices.SortFunc(answer, func(a, b reading) int { return strings.Compare(a.group, b.group) })
	return answer, nil
}

// LongestGap returns the longest part of a window without any of the times, which are in order.
func LongestGap(times []time.Time, w Window) Window {
	longest, from := Window{w.From, w.From}, w.From
	for _, at := range append(slices.Clip(times), w.To) {
		if gap := (Window{from, at}); gap.Length() > longest.Length() {
			longest = gap
		}
		from = at
	}
	return longest
}

func times(points []Point) []time.Time {
	all := make([]time.Time, len(points))
	for i, p := range points {
		all[i] = p.At
	}
	return all
}

// withMissing adds the groups that the control window has and the answer has not.
func withMissing(answer, control []reading, w Window) []reading {
	for _, c := range control {
		if find(answer, c.group) == nil {
			answer = append(answer, reading{group: c.group, lines: c.lines, counted: c.counted, gap: w})
		}
	}
	slices.SortFunc(answer, func(a, b reading) int { return strings.Compare(a.group, b.group) })
	return answer
}

// inControl returns the group of an answer in the control window. A group of lines that the control window does not have,
// although it has others, has no lines there.
func inControl(control []reading, a reading) *reading {
	if found := find(control, a.group); found != nil || len(control) == 0 || !a.lines {
		return found
	}
	none := reading{group: a.group, lines: true}
	for _, p := range control[0].points {
		none.points = append(none.points, Point{At: p.At})
	}
	return &none
}

func find(answer []reading, group string) *reading {
	for i := range answer {
		if answer[i].group == group {
			return &answer[i]
		}
	}
	return nil
}

// needsControl reports whether the verdict needs the control window: for a change, or because an answer is empty or has
// a gap.
func (r *runner) needsControl(s *Step, answer []reading) bool {
	if s.Expect.Change != nil || len(answer) == 0 {
		return true
	}
	return slices.ContainsFunc(answer, func(a reading) bool {
		return a.empty() || s.Expect.Gap != nil && !s.Expect.Gap.Holds(a.gap.Length().Seconds())
	}) || len(s.Question.By) > 0 || grouped(s.Question)
}

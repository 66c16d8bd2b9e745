package guide

import (
	"context"
	"slices"
	"time"
)

// fine is the resolution at which an onset is refined, and fineWindow the longest window that Datadog answers at that
// resolution.
const (
	fine       = time.Second
	fineWindow = 200 * time.Second
)

// history adds to a result what happened before: when a failure began, the lines around a silence, and how long after
// the remediation the expectation held again.
func (r *runner) history(ctx context.Context, result *StepResult) {
	if result.Verdict == Unknown {
		return
	}
	back := Window{r.options.At.Add(-max(DefaultLookback, result.Step.Window)), r.options.At}
	if back.From.Before(r.options.Start) {
		back.From = r.options.Start
	}
	if result.Step.Question.Product != Metric {
		r.lines(ctx, result, back)
		return
	}
	if result.Verdict == OK && r.options.Remediated.IsZero() {
		return
	}
	answer, err := r.ask(ctx, r.source, result.Step.Question, back)
	if err != nil {
		return
	}
	exact := map[time.Time][]Series{} // groups that fail together share the points around their onset
	for i := range result.Groups {
		g := &result.Groups[i]
		a := find(answer, g.Group)
		if a == nil {
			continue
		}
		if silent := silence(result.Groups[i : i+1]); silent != nil && g.Verdict == Failed {
			g.Onset = lastBefore(a.points, silent.To)
		} else if g.Verdict == Failed {
			g.Onset = r.refined(ctx, result.Step, exact, g.Group, onset(result.Step.Expect, a.points, result.Window))
		} else if restored := restoredAt(result.Step.Expect, a.points, r.options.Remediated); !restored.IsZero() {
			result.Restored = max(result.Restored, restored.Sub(r.options.Remediated))
		}
	}
}

// lastBefore returns the time of the last point before a time; zero without one.
func lastBefore(points []Point, t time.Time) time.Time {
	last := time.Time{}
	for _, p := range points {
		if p.At.Before(t) {
			last = p.At
		}
	}
	return last
}

// lines adds the lines around a silence. The last line before it is the onset of a failed step.
func (r *runner) lines(ctx context.Context, result *StepResult, back Window) {
	q := result.Step.Question
	silent := silence(result.Groups)
	if silent == nil {
		r.firstLine(ctx, result)
		r.restoredLine(ctx, result, back)
		return
	}
	r.asked++
	// The silence begins after the last line, which is at its start.
	last, err := r.source.Line(ctx, q, Window{back.From, silent.From.Add(time.Nanosecond)}, false)
	if err == nil && last != nil {
		result.LastBefore = last
		for i := range result.Groups {
			if result.Groups[i].Verdict == Failed {
				result.Groups[i].Onset = last.At
			}
		}
	}
	r.asked++
	if first, err := r.source.Line(ctx, q, Window{silent.To, r.options.At}, true); err == nil && first != nil {
		result.FirstAfter = first
	}
}

// firstLine finds the first line of a step that fails because of its lines: its onset.
func (r *runner) firstLine(ctx context.Context, result *StepResult) {
	if result.Verdict != Failed || len(result.Step.Question.By) > 0 {
		return
	}
	r.asked++
	if first, err := r.source.Line(ctx, result.Step.Question, result.Window, true); err == nil && first != nil {
		result.FirstAfter, result.Groups[0].Onset = first, first.At
	}
}

// restoredLine finds the first line after the remediation, if the step was silent before it for longer than its window.
func (r *runner) restoredLine(ctx context.Context, result *StepResult, back Window) {
	at := r.options.Remediated
	if result.Verdict != OK || at.IsZero() || !at.After(back.From) || !at.Before(back.To) {
		return
	}
	r.asked++
	before, err := r.source.Line(ctx, result.Step.Question, Window{at.Add(-result.Step.Window), at}, false)
	if err != nil || before != nil {
		return
	}
	r.asked++
	if first, err := r.source.Line(ctx, result.Step.Question, Window{at, back.To}, true); err == nil && first != nil {
		result.Restored = first.At.Sub(at)
	}
}

// silence returns the part of the window without data that the verdicts of groups depend on; nil if they depend on data.
func silence(groups []GroupResult) *Window {
	for _, g := range groups {
		for _, c := range g.Checks {
			if c.silent != nil {
				return c.silent
			}
		}
	}
	return nil
}

// violates returns the condition that a point must meet to violate the expectation by itself. "max > 0" has none: it fails
// only if all points are too low.
func (e Expectation) violates() func(Point) bool {
	var comparisons []Comparison
	if e.Last != nil {
		comparisons = append(comparisons, *e.Last)
	}
	if e.Min != nil && e.Min.Op[0] == '>' {
		comparisons = append(comparisons, *e.Min)
	}
	if e.Max != nil && e.Max.Op[0] == '<' {
		comparisons = append(comparisons, *e.Max)
	}
	return func(p Point) bool {
		return slices.ContainsFunc(comparisons, func(c Comparison) bool { return !c.Holds(p.Value) })
	}
}

// onset returns when the failure that a window shows began: the first point of the last uninterrupted violation or, for
// a trend, the last point before the series left its extreme. It is zero if the failure began before the first point.
func onset(e Expectation, points []Point, w Window) time.Time {
	violates := e.violates()
	last := len(points) - 1
	for last >= 0 && !violates(points[last]) && !points[last].At.Before(w.From) {
		last--
	}
	if last >= 0 && violates(points[last]) {
		first := last
		for first > 0 && violates(points[first-1]) {
			first--
		}
		if first == 0 {
			return time.Time{}
		}
		return points[first].At
	}
	if len(e.Trend) == 0 || len(points) == 0 {
		return time.Time{}
	}
	return leftExtreme(e.Trend, points)
}

// leftExtreme returns the last point at which a series that must not grow is at its minimum, or one that must not drain
// at its maximum.
func leftExtreme(accepted []Trend, points []Point) time.Time {
	extreme := slices.Min(valuesOf(points))
	if slices.Contains(accepted, Growing) {
		extreme = slices.Max(valuesOf(points))
	}
	for i := len(points) - 1; i >= 0; i-- {
		if points[i].Value == extreme {
			return points[i].At
		}
	}
	return time.Time{}
}

// restoredAt returns when the points began to meet the expectation for good, if that was after the remediation; zero if
// they met it before, or there was no violation.
func restoredAt(e Expectation, points []Point, remediated time.Time) time.Time {
	violates := e.violates()
	for i := len(points) - 1; i > 0; i-- {
		if violates(points[i-1]) {
			if points[i].At.After(remediated) {
				return points[i].At
			}
			return time.Time{}
		}
	}
	return time.Time{}
}

// refined looks for the exact time of an onset with points of a second, which exact holds by onset.
func (r *runner) refined(ctx context.Context, s *Step, exact map[time.Time][]Series, group string, coarse time.Time) time.Time {
	if coarse.IsZero() {
		return coarse
	}
	series, known := exact[coarse]
	if !known {
		w := Window{coarse.Add(-fineWindow / 2), coarse.Add(fineWindow / 2)}
		if w.To.After(r.options.At) {
			w.To = r.options.At
		}
		r.asked++
		series, _ = r.source.Metric(ctx, s.Question.Query, w, fine) // without an answer, the coarse time remains
		exact[coarse] = series
	}
	violates := s.Expect.violates()
	for _, one := range series {
		if one.Group != group {
			continue
		}
		for i, p := range one.Points {
			if violates(p) && (i == 0 || !violates(one.Points[i-1])) && p.At.Sub(coarse).Abs() <= fineWindow/2 {
				return p.At
			}
		}
	}
	return coarse
}

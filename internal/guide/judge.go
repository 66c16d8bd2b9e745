package guide

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// group compares the answer for one group with the expectation.
func (r *runner) group(ctx context.Context, result *StepResult, a reading, control *reading) GroupResult {
	done := GroupResult{Group: a.group, Points: a.points, Verdict: OK}
	done.Checks = checks(result.Step.Expect, a, control, result.Window)
	for i := range done.Checks {
		c := &done.Checks[i]
		if c.silent != nil && !r.isEvidence(ctx, result, *c, a, control) {
			c.Verdict = Unknown
		}
		if c.Verdict == Failed || c.Verdict == Unknown && done.Verdict == OK {
			done.Verdict = c.Verdict
		}
	}
	if done.Verdict == Unknown && !a.lines && len(a.points) == 0 {
		r.missing(ctx, result, a, control)
	}
	return done
}

// checks compares an answer with each attribute of an expectation. A check whose result depends on an absence says in
// which part of the window.
func checks(e Expectation, a reading, control *reading, w Window) []Check {
	var all []Check
	add := func(attribute, expected, actual string, holds bool, silent *Window) {
		c := Check{Attribute: attribute, Expected: expected, Actual: actual, Verdict: Failed, silent: silent}
		if holds {
			c.Verdict = OK
		}
		all = append(all, c)
	}
	nothing := &w
	if !a.empty() {
		nothing = nil
	}
	if e.Count != nil {
		add("count", e.Count.Text, strconv.Itoa(a.total), e.Count.Holds(float64(a.total)), nothing)
	}
	if e.Present {
		add("present", "true", strconv.FormatBool(!a.empty()), !a.empty(), nothing)
	}
	if e.Absent {
		add("absent", "true", strconv.FormatBool(a.empty()), a.empty(), nothing)
	}
	if e.Gap != nil {
		length := a.gap.Length()
		holds := e.Gap.Holds(length.Seconds())
		var silent *Window
		if !holds || a.empty() {
			silent = &a.gap
		}
		add("gap", e.Gap.Text, length.String(), holds, silent)
	}
	return append(all, pointChecks(e, a, control, nothing)...)
}

// pointChecks compares the points of an answer with the expectation. Without points, they are unknown.
func pointChecks(e Expectation, a reading, control *reading, nothing *Window) []Check {
	var all []Check
	values := valuesOf(a.points)
	add := func(attribute, expected string, actual func() (text string, holds bool)) {
		c := Check{Attribute: attribute, Expected: expected, Actual: "no data", Verdict: Unknown}
		if len(values) > 0 {
			text, holds := actual()
			c.Actual, c.Verdict, c.silent = text, Failed, nothing
			if holds {
				c.Verdict = OK
			}
		}
		all = append(all, c)
	}
	compare := func(attribute string, c *Comparison, value func() float64) {
		if c != nil {
			add(attribute, c.Text, func() (string, bool) { v := value(); return Number(v), c.Holds(v) })
		}
	}
	compare("last", e.Last, func() float64 { return values[len(values)-1] })
	compare("min", e.Min, func() float64 { return slices.Min(values) })
	compare("max", e.Max, func() float64 { return slices.Max(values) })
	if len(e.Trend) > 0 {
		add("trend", trends(e.Trend), func() (string, bool) { t := trendOf(values); return string(t), slices.Contains(e.Trend, t) })
	}
	if e.Change != nil {
		all = append(all, changeCheck(*e.Change, a, control, nothing))
	}
	return all
}

// changeCheck compares the mean of an answer with that of the control window.
func changeCheck(e Comparison, a reading, control *reading, nothing *Window) Check {
	c := Check{Attribute: "change", Expected: e.Text, Actual: "no data in the control window", Verdict: Unknown}
	switch {
	case control == nil || len(control.points) == 0:
		return c
	case mean(control.points) == 0 && mean(a.points) == 0:
		c.Actual = "0 in the control window"
		return c
	}
	if !a.lines && len(a.points) == 0 {
		c.Actual = "no data"
		return c
	}
	factor := mean(a.points) / mean(control.points) // infinite for what the control window does not have
	c.Actual, c.Verdict, c.silent = Number(factor)+"x", Failed, nothing
	if mean(control.points) == 0 {
		c.Actual = "new: 0 in the control window"
	}
	if e.Holds(factor) {
		c.Verdict = OK
	}
	return c
}

// mean returns the mean of points; 0 without points, because no lines are a rate of 0.
func mean(points []Point) float64 {
	if len(points) == 0 {
		return 0
	}
	sum := 0.0
	for _, p := range points {
		sum += p.Value
	}
	return sum / float64(len(points))
}

func valuesOf(points []Point) []float64 {
	values := make([]float64, len(points))
	for i, p := range points {
		values[i] = p.Value
	}
	return values
}

// Number writes a number with at most four digits after the point.
func Number(v float64) string {
	text := strconv.FormatFloat(v, 'f', 4, 64)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

func trends(all []Trend) string {
	var names []string
	for _, t := range all {
		names = append(names, string(t))
	}
	return joined(names)
}

func joined(names []string) string { return strings.Join(names, " or ") }

// reason says why the verdict of a step is unknown.
func reason(result *StepResult) string {
	var open []string
	for _, c := range result.Causes {
		if !c.Excluded {
			open = append(open, c.Detail)
		}
	}
	if len(open) > 0 {
		return strings.Join(open, " ")
	}
	for _, g := range result.Groups {
		for _, c := range g.Checks {
			if c.Verdict == Unknown {
				return fmt.Sprintf("%s: %s.", c.Attribute, c.Actual)
			}
		}
	}
	return "There is no data."
}

// span writes a window for a sentence.
func span(w Window) string {
	return w.From.Format(time.TimeOnly) + " to " + w.To.Format(time.TimeOnly)
}

package replay_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"ddmon/internal/replay"
)

// evaluation is an evaluate statement with its result.
type evaluation struct {
	*testData
	options replay.Options
	patch   map[string]any
	expect  []line
	result  replay.MonitorResult
	passed  map[string]int // of a group's evaluations: how many each lines have compared so far
}

// evaluate runs the monitors and compares the result of the tested one.
func (w *testData) evaluate(s statement) []failure {
	if w.rec == nil || len(w.monitors) == 0 {
		return broken(s.number, "evaluate needs a load and a monitor above it")
	}
	e := &evaluation{testData: w, options: replay.Options{Values: true, OnePhase: true}}
	for _, l := range s.lines {
		if err := e.setting(l); err != nil {
			return broken(l.number, "%v", err)
		}
	}
	if len(e.expect) == 0 {
		return broken(s.number, "evaluate without an expectation")
	}
	monitors := slices.Clone(w.monitors)
	monitors[w.tested].Body = patched(monitors[w.tested].Body, e.patch)
	r, err := replay.Run(monitors, w.rec, e.options)
	if err != nil {
		return broken(s.number, "%v", err)
	}
	e.result = r.Monitors[w.tested]
	return e.compare()
}

// setting parses a setting. Other lines are expectations.
func (e *evaluation) setting(l line) (err error) {
	switch l.word {
	case "with":
		e.patch, err = object(l.rest)
	case "second":
		e.options.Phase, err = strconv.Atoi(l.rest)
	case "buckets":
		var step time.Duration
		step, err = time.ParseDuration(l.rest)
		e.options.Rollup = []replay.Rollup{{Window: time.Hour, Interval: step}}
	default:
		e.options.OnePhase = e.options.OnePhase && !strings.Contains(l.rest, "..")
		e.expect = append(e.expect, l)
	}
	return err
}

// compare returns the expectations that are not met.
func (e *evaluation) compare() []failure {
	first := e.expect[0]
	if first.word == "fails" {
		reason := strings.TrimPrefix(e.result.Reason, "not evaluated: ")
		if e.result.Evaluated || reason == e.result.Reason || !strings.Contains(reason, first.rest) || first.rest == "" || len(e.expect) > 1 {
			return []failure{{first.number, "fails " + first.rest, fmt.Sprintf("evaluated %t, %s", e.result.Evaluated, e.result.Reason)}}
		}
		return nil
	}
	if !e.result.Evaluated {
		return []failure{{first.number, first.word + " " + first.rest, e.result.Reason}}
	}
	var failures []failure
	var groupHistories, notified []line
	e.passed = map[string]int{}
	for _, l := range e.expect {
		switch {
		case l.word[0] == '{' || l.word == "no" && l.rest == "groups":
			groupHistories = append(groupHistories, l)
		case l.word == "notify" || l.word == "notifies" && l.rest == "no one":
			notified = append(notified, l)
		default:
			failures = append(failures, e.single(l)...)
		}
	}
	if groupHistories != nil {
		failures = append(failures, e.groupHistories(groupHistories)...)
	}
	if notified != nil {
		failures = append(failures, e.notifications(notified)...)
	}
	for _, g := range e.result.Groups {
		if n := e.passed[g.Group]; n > 0 && n < len(g.Values) {
			failures = append(failures, broken(first.number, "{%s} has %d evaluations, each is of %d", g.Group, len(g.Values), n)...)
		}
	}
	return failures
}

// single compares an expectation about one evaluation or one message.
func (e *evaluation) single(l line) []failure {
	var got string
	var err error
	switch l.word {
	case "at":
		got, err = e.at(l.rest)
	case "each":
		got, err = e.each(l.rest)
	case "first":
		got = "nothing"
		if len(e.result.Groups) > 0 {
			got = e.show(e.result.Groups[0].Start) + " every " + strings.TrimSuffix(e.result.Every.String(), "0s")
		}
	case "title", "message":
		got, err = e.text(l)
	default:
		err = fmt.Errorf("%q is not an expectation", l.word)
	}
	if err != nil {
		return broken(l.number, "%s %s: %v", l.word, l.rest, err)
	}
	want := l.rest
	if l.word == "each" || l.word == "at" {
		want = strings.Join(strings.Fields(want), " ") // they may be aligned
	}
	if got != want {
		return []failure{{l.number, l.word + " " + want, l.word + " " + got}}
	}
	return nil
}

// grouped splits "{host:a} text".
func grouped(text string) (group, rest string, err error) {
	group, rest, ok := strings.Cut(text, "}")
	if !ok || group == "" || group[0] != '{' {
		return "", "", fmt.Errorf("expected a group such as {host:a} or {*} before %q", text)
	}
	return group[1:], strings.TrimSpace(rest), nil
}

func (e *evaluation) group(name string) (replay.GroupResult, error) {
	for _, g := range e.result.Groups {
		if g.Group == name {
			return g, nil
		}
	}
	return replay.GroupResult{}, fmt.Errorf("there is no group {%s}", name)
}

// at returns "TIME {GROUP} VALUE STATUS" at the time in an expectation of that form.
func (e *evaluation) at(want string) (string, error) {
	when, rest, _ := strings.Cut(want, " ")
	name, rest, err := grouped(rest)
	if err != nil {
		return "", err
	}
	g, err := e.group(name)
	if err != nil {
		return "", err
	}
	number, status, _ := strings.Cut(rest, " ")
	for _, v := range g.Values {
		if e.show(v.At) != when {
			continue
		}
		got := fmt.Sprintf("%s {%s} %s", when, name, shownValue(v.Value, v.HasValue, number))
		if status != "" {
			got += " " + statusName(v.Status)
		}
		return got, nil
	}
	return "", fmt.Errorf("there is no evaluation at %s", when)
}

// each returns "{GROUP} STATUS, STATUS, ..." for as many evaluations as an expectation of that form has. It starts
// after the evaluations of the previous each lines.
func (e *evaluation) each(want string) (string, error) {
	name, statuses, err := grouped(want)
	if err != nil {
		return "", err
	}
	g, err := e.group(name)
	if err != nil {
		return "", err
	}
	from := e.passed[name]
	e.passed[name] += strings.Count(statuses, ",") + 1
	var list []string
	for i := from; i < min(e.passed[name], len(g.Values)); i++ {
		list = append(list, statusName(g.Values[i].Status))
	}
	return "{" + name + "} " + strings.Join(list, ", "), nil
}

// text returns "TIME text" of the only notification at the time in an expectation of that form.
func (e *evaluation) text(l line) (string, error) {
	when, _, _ := strings.Cut(l.rest, " ")
	var found []string
	for _, n := range e.result.Notifications {
		if e.show(n.At) == when {
			found = append(found, map[string]string{"title": n.Title, "message": n.Message}[l.word])
		}
	}
	if len(found) != 1 {
		return "", fmt.Errorf("there are %d notifications at %s", len(found), when)
	}
	return strings.TrimSpace(when + " " + found[0]), nil
}

// show formats a time as in vectors: a time of day, with the date in a recording longer than a day.
func (w *testData) show(at time.Time) string {
	layout := time.TimeOnly
	if w.rec.End-w.rec.Start > (24 * time.Hour).Milliseconds() {
		layout = time.RFC3339
	}
	return at.In(w.rec.Location).Format(layout)
}

// statusName returns Datadog's name of a status, or absent for a group that is not known.
func statusName(s replay.Status) string {
	if s == replay.Gone {
		return "absent"
	}
	return s.String()
}

// shownValue formats a number as in the expectation if they are equal except for rounding; _ for none.
func shownValue(v float64, has bool, want string) string {
	if !has || math.IsNaN(v) {
		return "_"
	}
	if w, err := strconv.ParseFloat(want, 64); err == nil && math.Abs(w-v) <= 1e-9*max(1, math.Abs(w)) {
		return want
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

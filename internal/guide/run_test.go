package guide

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// fake answers from tables: by query, and for the window of the run or the control window.
type fake struct {
	points  map[string][]float64 // of metrics, one per minute before the end
	lines   map[string]int       // numbers of lines of searches
	values  map[string][]string  // by query and facet
	similar string
	status  []Status
	err     error
	end     time.Time
	asked   int // for values
}

func (f *fake) Metric(_ context.Context, query string, w Window, _ time.Duration) ([]Series, error) {
	if f.err != nil || len(f.points[query]) == 0 {
		return nil, f.err
	}
	s := Series{Group: "*"}
	values := f.points[query]
	for i, v := range values {
		at := f.end.Add(-time.Duration(len(values)-i) * time.Minute)
		if !at.Before(w.From) && at.Before(w.To) {
			s.Points = append(s.Points, Point{at, v})
		}
	}
	return []Series{s}, nil
}

func (f *fake) Count(_ context.Context, q Question, w Window) ([]Count, error) {
	n := f.lines[q.Query]
	if f.err != nil || n == 0 {
		return nil, f.err
	}
	return []Count{{Group: "*", Total: n, Buckets: []Point{{w.From, float64(n)}}, Gap: Window{w.To.Add(-time.Second), w.To}}}, nil
}

func (f *fake) Line(_ context.Context, q Question, w Window, _ bool) (*Line, error) {
	if f.lines[q.Query] == 0 {
		return nil, f.err
	}
	return &Line{w.From, "a line"}, f.err
}

func (f *fake) Status(context.Context, string, time.Time) ([]Status, error) { return f.status, f.err }

func (f *fake) Values(_ context.Context, _ Product, query, facet string, _ Window) ([]string, error) {
	f.asked++
	return f.values[query+" "+facet], f.err
}

func (f *fake) Similar(_ context.Context, metric string, _ Window) (string, error) {
	if f.similar == "" {
		return metric, f.err
	}
	return f.similar, f.err
}

const (
	consumerQuery = "service:queue-master"
	probeQuery    = "kube_namespace:sock-shop"
	trafficQuery  = "sum:orders.paid{*}"
)

// silentGuide is a guide with one step about logs.
func silentGuide(e Expectation) *Guide {
	return &Guide{
		Name:    "g",
		Control: Control{Traffic: trafficQuery},
		Probes:  []Probe{{Name: "p", Question: Question{Product: Logs, Query: probeQuery}}},
		Steps:   []*Step{{Name: "s", Question: Question{Product: Logs, Query: consumerQuery}, Window: 10 * time.Minute, Probe: "p", Expect: e}},
	}
}

// runFake runs a guide with one source for the time of the run and one for the control window.
func runFake(t *testing.T, g *Guide, now, control *fake) *Result {
	t.Helper()
	return runSources(t, g, now, now, control)
}

// runSources does the same with any source, which answers from the tables in now.
func runSources(t *testing.T, g *Guide, source Source, now, control *fake) *Result {
	t.Helper()
	at := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	before := at.Add(-24 * time.Hour)
	now.end, control.end = at, before.Add(30*time.Minute)
	r, err := Run(t.Context(), g, source, Options{At: at, Place: func(Control) Place {
		return Place{Window: Window{before, control.end}, Source: control}
	}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestAbsenceIsEvidence goes through all combinations of what can make an answer empty. An absence is evidence only if
// all causes except the silence itself are excluded.
func TestAbsenceIsEvidence(t *testing.T) {
	for _, e := range []struct {
		name    string
		expect  Expectation
		verdict Verdict // if the absence is evidence
		traffic bool    // whether the verdict needs traffic at the time of the run
	}{
		{"present", Expectation{Present: true}, Failed, true},
		{"count", Expectation{Count: &Comparison{Op: ">", Value: 0}}, Failed, true},
		{"gap", Expectation{Gap: &Comparison{Op: "<", Value: 120}}, Failed, true},
		{"absent", Expectation{Absent: true}, OK, false},
		{"change", Expectation{Change: &Comparison{Op: "<", Value: 2}}, OK, false},
	} {
		for set := range 16 {
			hits, idle, pipeline, quiet := set&1 != 0, set&2 != 0, set&4 != 0, set&8 != 0
			now, control := &fake{lines: map[string]int{}, points: map[string][]float64{}}, &fake{lines: map[string]int{}, points: map[string][]float64{}}
			if hits {
				control.lines[consumerQuery] = 10
			}
			if !quiet {
				control.points[trafficQuery] = []float64{0, 5}
			}
			if !idle {
				now.points[trafficQuery] = []float64{5}
			}
			if pipeline {
				now.lines[probeQuery] = 10
			}
			want := Unknown
			if hits && pipeline && !quiet && (!idle || !e.traffic) {
				want = e.verdict
			}
			r := runFake(t, silentGuide(e.expect), now, control).Steps[0]
			if r.Verdict != want {
				t.Errorf("%s, hits in control %t, idle %t, pipeline %t, control without traffic %t: %s, want %s (%s)", e.name, hits, idle, pipeline, quiet, r.Verdict, want, r.Reason)
			}
			if want == Unknown && r.Reason == "" {
				t.Errorf("%s, %d: unknown without a reason", e.name, set)
			}
			for _, c := range r.Causes {
				if want != Unknown && !c.Excluded {
					t.Errorf("%s, %d: %s is not excluded, but the verdict is %s", e.name, set, c.Name, want)
				}
			}
		}
	}
}

// TestNoControlIsUnknown: without traffic or a probe in the guide, an absence is never evidence.
func TestNoControlIsUnknown(t *testing.T) {
	control := &fake{lines: map[string]int{consumerQuery: 10, probeQuery: 10}, points: map[string][]float64{trafficQuery: {5}}}
	now := &fake{lines: map[string]int{probeQuery: 10}, points: map[string][]float64{trafficQuery: {5}}}
	for name, change := range map[string]func(*Guide){
		"traffic": func(g *Guide) { g.Control.Traffic = "" },
		"probe":   func(g *Guide) { g.Steps[0].Probe = "" },
	} {
		g := silentGuide(Expectation{Present: true})
		change(g)
		if s := runFake(t, g, now, control).Steps[0]; s.Verdict != Unknown || !strings.Contains(s.Reason, name) {
			t.Errorf("without %s: %s (%s)", name, s.Verdict, s.Reason)
		}
	}
}

// TestTrafficOfAStep: a step about another source than the guide's traffic can name its own.
func TestTrafficOfAStep(t *testing.T) {
	const cluster = "sum:replicas{*}"
	control := &fake{lines: map[string]int{consumerQuery: 10}, points: map[string][]float64{cluster: {1}}}
	now := &fake{lines: map[string]int{probeQuery: 10}}
	for traffic, want := range map[string]Verdict{"": Unknown, cluster: OK, trafficQuery: Unknown} {
		g := silentGuide(Expectation{Absent: true})
		g.Steps[0].Control = &Control{Traffic: traffic}
		if s := runFake(t, g, now, control).Steps[0]; s.Verdict != want {
			t.Errorf("traffic %q: %s (%s)", traffic, s.Verdict, s.Reason)
		}
	}
}

// TestQueryRefused: a step whose question is not answered is unknown, and the others run.
func TestQueryRefused(t *testing.T) {
	g := silentGuide(Expectation{Present: true})
	g.Steps = append(g.Steps, &Step{Name: "m", Question: Question{Product: Monitor, Query: "monitor.a"}, Expect: Expectation{Status: []string{"OK"}}})
	r := runFake(t, g, &fake{err: errors.New("403 Forbidden")}, &fake{})
	for _, s := range r.Steps {
		if s.Verdict != Unknown || !strings.Contains(s.Reason, "403 Forbidden") || s.Causes[0].Name != QueryRefused {
			t.Errorf("%s: %s (%s)", s.Step.Name, s.Verdict, s.Reason)
		}
	}
	if r.Outcome != CouldNotTell || !slices.Equal(r.Preventing, []string{"s", "m"}) {
		t.Errorf("%s because of %v", r.Outcome, r.Preventing)
	}
}

// TestHints: a query without hits in the control window names what exists instead.
func TestHints(t *testing.T) {
	empty := map[string]int{}
	for _, c := range []struct {
		name     string
		question Question
		control  *fake
		want     string
	}{
		{"other value", Question{Product: Logs, Query: "a:b service:queue-master"}, &fake{lines: empty, values: map[string][]string{"a:b * service": {"sock-shop-orders", "sock-shop-queue-master"}}},
			"service:queue-master matches nothing. Existing values: sock-shop-orders, sock-shop-queue-master. Did you mean service:sock-shop-queue-master?"},
		{"wrong sigil", Question{Product: Logs, Query: "@pod_name:x*"}, &fake{lines: empty, values: map[string][]string{"* pod_name": {"x-1"}}},
			"@pod_name has no values, because it is a tag: write pod_name"},
		{"wrong product", Question{Product: Logs, Query: "@evt.name:queue-master"}, &fake{lines: map[string]int{`"queue-master"`: 1}},
			"use events instead of logs"},
		{"other metric", Question{Product: Metric, Query: "sum:a.c{*}"}, &fake{similar: "a.b"}, "The metric a.c has no data. Did you mean a.b?"},
		{"no tag", Question{Product: Metric, Query: "sum:a.b{x:1}"}, &fake{}, "a.b has no tag x."},
		{"other tag value", Question{Product: Metric, Query: "sum:a.b{x:one}"}, &fake{values: map[string][]string{"a.b x": {"two", "the-one"}}}, "Did you mean x:the-one?"},
	} {
		g := silentGuide(Expectation{Present: true})
		g.Steps[0].Question = c.question
		if s := runFake(t, g, &fake{}, c.control).Steps[0]; s.Verdict != Unknown || !strings.Contains(s.Reason, c.want) {
			t.Errorf("%s: %s (%s)", c.name, s.Verdict, s.Reason)
		}
	}
}

// TestWithin: a conclusion holds only if its findings began close to each other.
func TestWithin(t *testing.T) {
	metric := func(name, query string) *Step {
		return &Step{Name: name, Window: 10 * time.Minute, Question: Question{Product: Metric, Query: query}, Expect: Expectation{Last: &Comparison{Op: ">=", Value: 1}}}
	}
	g := &Guide{Steps: []*Step{metric("a", "avg:a{*}"), metric("b", "avg:b{*}"), metric("c", "avg:c{*}")}}
	both := All{Is{"a", Failed}, Is{"b", Failed}}
	g.Conclusions = []*Conclusion{
		{Name: "near", When: both, Within: 3 * time.Minute, Findings: []string{"a", "b"}},
		{Name: "far", When: both, Within: time.Minute, Findings: []string{"a", "b"}},
		{Name: "unknown", When: both, Within: time.Hour, Findings: []string{"a", "c"}},
	}
	now := &fake{points: map[string][]float64{"avg:a{*}": {1, 1, 1, 1, 0}, "avg:b{*}": {1, 1, 0, 0, 0}, "avg:c{*}": {0, 0, 0}}}
	r := runFake(t, g, now, &fake{})
	var got []Truth
	for _, c := range r.Conclusions {
		got = append(got, c.Holds)
	}
	if !slices.Equal(got, []Truth{True, False, Unsure}) {
		t.Errorf("conclusions: %v", got)
	}
	if onsets := r.Conclusions[0].Onsets; len(onsets) != 2 || onsets[0].Step != "b" || onsets[1].After != 2*time.Minute {
		t.Errorf("onsets: %v", onsets)
	}
}

// TestOutcome: healthy needs every step to be ok.
func TestOutcome(t *testing.T) {
	step := func(name, query string) *Step {
		return &Step{Name: name, Window: 5 * time.Minute, Question: Question{Product: Metric, Query: query}, Expect: Expectation{Last: &Comparison{Op: ">=", Value: 1}}}
	}
	now := &fake{points: map[string][]float64{"avg:up{*}": {1}, "avg:down{*}": {1, 0}}}
	for _, c := range []struct {
		queries []string
		when    Condition
		want    Outcome
	}{
		{[]string{"avg:up{*}", "avg:up{*}"}, Is{"1", Failed}, Healthy},
		{[]string{"avg:up{*}", "avg:down{*}"}, Is{"1", Failed}, Findings},
		{[]string{"avg:up{*}", "avg:down{*}"}, Is{"0", Failed}, CouldNotTell},
		{[]string{"avg:up{*}", "avg:nothing{*}"}, Is{"1", Failed}, CouldNotTell},
		{[]string{"avg:down{*}", "avg:nothing{*}"}, Any{Is{"0", Failed}, Is{"1", Failed}}, Findings},
		{[]string{"avg:up{*}", "avg:nothing{*}"}, Is{"1", Unknown}, Findings},
	} {
		g := &Guide{Conclusions: []*Conclusion{{Name: "c", When: c.when}}}
		for i, q := range c.queries {
			g.Steps = append(g.Steps, step(string(rune('0'+i)), q))
		}
		if r := runFake(t, g, now, &fake{}); r.Outcome != c.want {
			t.Errorf("%v: %s, want %s", c.queries, r.Outcome, c.want)
		}
	}
}

// TestHintsAreLimited: a query of many conditions does not take a search for each of them.
func TestHintsAreLimited(t *testing.T) {
	query := ""
	for i := range 3000 {
		query += fmt.Sprintf(" k%d:v%d", i, i)
	}
	g := silentGuide(Expectation{Present: true})
	g.Steps[0].Question.Query = query
	control := &fake{}
	if runFake(t, g, &fake{}, control); control.asked > 2*maxTerms {
		t.Errorf("%d questions", control.asked)
	}
}

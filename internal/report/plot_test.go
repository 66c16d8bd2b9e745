package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddtest/recordingtest"
	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// recordingOf returns a recording of ten minutes. Each line is a series: metric, tags, values.
func recordingOf(t testing.TB, lines ...string) *series.Recording {
	t.Helper()
	text := "start = \"2025-11-09T12:00:00Z\"\nend = \"2025-11-09T12:10:00Z\"\n"
	for _, l := range lines {
		f := strings.SplitN(l, " ", 3)
		text += recordingtest.Gauge(f[0], f[1], f[2])
	}
	return recordingtest.New(t, text, nil)
}

// watching returns a monitor on metrics, with transitions and a critical threshold.
func watching(name string, direct bool, transitions int, critical float64, metrics ...string) monitor {
	m := monitor{queryMetrics: queryMetrics{metrics: metrics, direct: direct}, result: replay.MonitorResult{
		Address: "monitor." + name, Evaluated: true, Every: time.Minute, Comparator: ">", Thresholds: replay.Thresholds{Critical: &critical},
		Groups: []replay.GroupResult{{Group: "*", Transitions: make([]replay.Transition, transitions)}},
	}}
	for i := range 3 {
		m.result.Groups[0].Values = append(m.result.Groups[0].Values, replay.Value{At: time.UnixMilli(int64(i) * 60_000), Value: float64(i), HasValue: true})
	}
	return m
}

// describe writes plots: title, lines, thresholds.
func describe(all []*plot) (texts []string) {
	for _, p := range all {
		text := p.title + ":"
		for _, l := range p.lines {
			text += " " + l.kind + "(" + l.label + ")"
		}
		for _, l := range p.thresholds {
			text += " [" + l.text() + "]"
		}
		texts = append(texts, string(text))
	}
	return texts
}

func TestPlots(t *testing.T) {
	rec := recordingOf(t, "x a:1 1x40", "x a:2 0x40", "y a:1 5x40", "z a:1 7x40")
	scoped := watching("one", true, 0, 5, "x")
	scoped.input = &Input{Series: rec.Metric("x")[1:]}
	refused := watching("odd", true, 0, 5, "z")
	refused.result = replay.MonitorResult{Address: "monitor.anomaly", Reason: "not evaluated"}
	for _, c := range []struct {
		name     string
		monitors []monitor
		want     []string
	}{
		{"no monitors: all metrics", nil, []string{"x: series(a:1) series(a:2)", "y: series(a:1)", "z: series(a:1)"}},
		{"the value lies on its metric", []monitor{watching("one", true, 0, 5, "y")}, []string{"y: series(a:1) value(one) [> 5 one]"}},
		{"a value of another scale has its own plot", []monitor{watching("one", false, 0, 5, "y", "x", "y")},
			[]string{"y: series(a:1)", "x: series(a:1) series(a:2)", "value of one: value(one) [> 5 one]"}},
		{"monitors share a plot and a threshold", []monitor{watching("one", true, 0, 5, "y"), watching("two", true, 0, 5, "y"), watching("far", true, 0, 6, "y")},
			[]string{"y: series(a:1) value(one) value(two) value(far) [> 5 one, two] [> 6 far]"}},
		{"what is not in the scope goes back", []monitor{scoped}, []string{"x: series(a:2) other(a:1) value(one) [> 5 one]"}},
		{"one scope is not known", []monitor{scoped, watching("two", true, 0, 5, "x")}, []string{"x: series(a:1) series(a:2) value(one) value(two) [> 5 one, two]"}},
		{"not evaluated: the series all the same", []monitor{refused}, []string{"z: series(a:1)"}},
		{"a metric that is not recorded", []monitor{watching("one", true, 0, 5, "nowhere")}, []string{"value of one: value(one) [> 5 one]"}},
	} {
		all, total := plots(rec, c.monitors)
		if d := cmp.Diff(c.want, describe(all)); d != "" || total != len(all) {
			t.Errorf("%s: %d plots\n%s", c.name, total, d)
		}
	}
}

// TestManyPlots: the plots of monitors with transitions are kept, in their order.
func TestManyPlots(t *testing.T) {
	var lines []string
	var monitors []monitor
	for i := range 40 {
		metric := fmt.Sprintf("m%02d", i)
		lines = append(lines, metric+" a:1 1x40")
		monitors = append(monitors, watching(metric, true, i/30, 5, metric))
	}
	all, total := plots(recordingOf(t, lines...), monitors)
	if len(all) != maxPlots || total != 40 || all[maxPlots-1].title != "m39" || all[maxPlots-10].title != "m30" || all[0].title != "m00" {
		t.Errorf("%d of %d plots: %v", len(all), total, describe(all))
	}
}

// TestManySeries: a plot of a thousand series draws some and counts the others.
func TestManySeries(t *testing.T) {
	var lines []string
	for i := range 1000 {
		lines = append(lines, fmt.Sprintf("m a:%d 1x40", i))
	}
	rec := recordingOf(t, lines...)
	all, _ := plots(rec, nil)
	if p := all[0]; len(p.lines) != maxSeries || p.left != 1000-maxSeries || !strings.Contains(string(p.summary(newClock(rec))), "976 more not drawn") {
		t.Errorf("%d lines, %d left: %s", len(p.lines), p.left, p.summary(newClock(rec)))
	}
}

// TestSharedLines: replays of the same recording share the points of its series.
func TestSharedLines(t *testing.T) {
	rec := recordingOf(t, "x a:1 1x40")
	s := Section{Recording: rec, Result: &replay.Result{}, Untested: true}
	other := s
	other.Result = &replay.Result{}
	m, err := newModel(Page{Sections: []Section{s, other}})
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Data.Lines) != 1 || m.Data.Sections[1].Plots[0].Lines[0].Points != 0 || m.Summary != "2 replayed" || m.Class != "replayed" {
		t.Errorf("%d lines, %s", len(m.Data.Lines), m.Summary)
	}
}

func TestPlotSummary(t *testing.T) {
	rec := recordingOf(t, "x pod:a 3x10", "x pod:b _x20 8x20")
	p := newPlot(rec, "x", nil)
	p.thresholds = []threshold{{value: 5, op: ">", kind: "critical", monitors: []safe.Text{"one", "two"}}, {value: 900, op: ">", kind: "warning", monitors: []safe.Text{"one"}}}
	p.scale()
	want := "2 lines; lowest 3 (first at 12:00:00), highest 8 (first at 12:05:00); pod:a ends at 12:02:15, pod:b begins at 12:05:00; threshold > 5 one, two; threshold > 900 one warns (off the scale)"
	if got := string(p.summary(newClock(rec))); got != want {
		t.Errorf("%s\nnot\n%s", got, want)
	}
}

// TestQuiet: monitors without transitions are only listed, and their states are counted.
func TestQuiet(t *testing.T) {
	var monitors []monitor
	for i := range 20 {
		monitors = append(monitors, watching(fmt.Sprint("m", i), true, i/19, 5, "x"))
	}
	monitors[3].result.Groups = append(monitors[3].result.Groups, replay.GroupResult{Initial: replay.OK}, replay.GroupResult{Initial: replay.OK})
	monitors[4].result.Groups = nil
	m := sectionModel{}
	m.states(monitors, clock{zone: time.UTC, end: 1000})
	if len(m.Monitors) != 1 || len(m.Quiet) != 19 || m.Quiet[3].States != "2 OK, 1 Gone" || m.Quiet[4].States != "no groups" || m.Quiet[5].States != "Gone" {
		t.Errorf("%d shown, %v", len(m.Monitors), m.Quiet)
	}
	if m.QuietStates != "1 OK, 18 Gone" {
		t.Errorf("together %s", m.QuietStates)
	}
}

// TestManyMonitors: among very many monitors with transitions, the first have timelines and the others are listed.
func TestManyMonitors(t *testing.T) {
	var monitors []monitor
	for i := range 100 {
		monitors = append(monitors, watching(fmt.Sprint("m", i), true, 2, 5, "x"))
	}
	m := sectionModel{}
	m.states(monitors, clock{zone: time.UTC, end: 1000})
	if len(m.Monitors) != 60 || len(m.More) != 40 || m.More[0] != (quietModel{Address: "m60", States: "2 changes"}) {
		t.Errorf("%d shown, %d more: %v", len(m.Monitors), len(m.More), m.More[0])
	}
}

package report

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

func TestText(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain", "plain"},
		{"", ""},
		{"twelve bytes", "twelve bytes"},
		{"thirteen byte", "thirteen byt … [truncated: 13 bytes in total]"},
		{"eleven bytéé", "eleven byté … [truncated: 14 bytes in total]"}, // not in the middle of a character
		{strings.Repeat("x", 1<<20), "xxxxxxxxxxxx … [truncated: 1.0 MB in total]"},
		{"a\nb\u202ec", `a\nb\u202ec`},
		{"\xff", `\xff`},
	} {
		if got := string(shown(c.in, 12)); got != c.want {
			t.Errorf("%.20q is %q, not %q", c.in, got, c.want)
		}
	}
	if got := shownLines("a\n\tb\x1b", 12); got != "a\n\tb\\x1b" {
		t.Errorf("lines: %q", got)
	}
}

func TestNumber(t *testing.T) {
	for in, want := range map[float64]string{0: "0", 50: "50", 0.1 + 0.2: "0.3", 48.1e6: "48100000", 1e15: "1e+15", 1e-9: "1e-09", -2.5: "-2.5", 1234567: "1234570"} {
		if got := string(number(in)); got != want {
			t.Errorf("%g is %q, not %q", in, got, want)
		}
	}
}

func kolkata(t *testing.T) *time.Location {
	zone, err := time.LoadLocation("Asia/Kolkata")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func clockOf(zone *time.Location, start string, length time.Duration) clock {
	at, err := time.ParseInLocation(time.DateTime, start, zone)
	if err != nil {
		panic(err)
	}
	return newClock(&series.Recording{Location: zone, Start: at.UnixMilli(), End: at.Add(length).UnixMilli()})
}

func TestClock(t *testing.T) {
	for _, c := range []struct {
		name             string
		clock            clock
		span, zone, half string
	}{
		{"hour", clockOf(kolkata(t), "2025-11-09 19:17:02", time.Hour), "9 November 2025, 19:17:02 to 20:17:02", "Asia/Kolkata (UTC+05:30)", "19:47:02"},
		{"a day to midnight", clockOf(time.UTC, "2025-11-09 00:00:00", 24*time.Hour), "9 November 2025, 00:00:00 to 10 November 2025, 00:00:00", "UTC", "12:00:00"},
		{"over midnight", clockOf(time.UTC, "2025-11-09 23:00:00", 4*time.Hour), "9 November 2025, 23:00:00 to 10 November 2025, 03:00:00", "UTC", "10 Nov 01:00:00"},
		{"no zone", clock{zone: time.UTC, end: 2000}, "1 January 1970, 00:00:00 to 00:00:02", "UTC", "00:00:01"},
	} {
		half := c.clock.ms((c.clock.start + c.clock.end) / 2)
		if d := cmp.Diff([]string{c.span, c.zone, c.half}, []string{string(c.clock.span()), string(c.clock.offset()), string(half)}); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
	c := clock{start: 1000, end: 3000}
	for at, want := range map[int64]float64{0: 0, 1000: 0, 1500: 0.25, 3000: 1, 9000: 1} {
		if got := c.share(at); got != want {
			t.Errorf("%d lies at %g, not %g", at, got, want)
		}
	}
}

// TestTicks: ticks are at round times of the zone, not of UTC.
func TestTicks(t *testing.T) {
	c := clockOf(kolkata(t), "2025-11-09 19:17:02", 70*time.Minute)
	for view, want := range map[[2]float64]string{{0, 1}: "19:20 19:30 19:40 19:50 20:00 20:10 20:20", {0, 0.1}: "19:18 19:19 19:20 19:21 19:22 19:23 19:24", {0, 0.015}: "19:17:15 19:17:30 19:17:45 19:18:00"} {
		var got []string
		for _, tick := range ticks(view, c) {
			got = append(got, string(tick.Text))
		}
		if text := strings.Join(got, " "); text != want {
			t.Errorf("%v: %s, not %s", view, text, want)
		}
	}
	for _, tick := range ticks([2]float64{0, 1}, clockOf(kolkata(t), "2025-11-09 00:00:00", 24*time.Hour)) {
		if !tick.Text.HasSuffix(":00") {
			t.Errorf("a day has a tick at %s", tick.Text)
		}
	}
}

func TestReadQuery(t *testing.T) {
	formula := map[string]any{"variables": []any{
		map[string]any{"name": "a", "data_source": "metrics", "query": "sum:x{*}"}, map[string]any{"name": "b", "data_source": "metrics", "query": "sum:y{*} by {host}"},
		map[string]any{"name": "c", "data_source": "logs"},
	}}
	for _, c := range []struct {
		typ     string
		query   any
		options map[string]any
		metrics string
		direct  bool
	}{
		{"query alert", "max(last_2m):sum:x.y{a:b} by {host} < 1", nil, "x.y", true},
		{"query alert", "sum(last_2m):sum:x{*} > 1", nil, "x", false},
		{"query alert", "avg(last_2m):sum:x{*}.as_count() > 1", nil, "x", false},
		{"query alert", "avg(last_2m):sum:x{*} / sum:y{*} > 1", nil, "x y", false},
		{"query alert", "avg(last_2m):abs(avg:x{*}) > 1", nil, "x", false},
		{"query alert", "change(avg(last_5m),last_1h):avg:x{*} > 1", nil, "x", false},
		{"service check", `"rabbitmq.aliveness".over("*").by("host").last(2).count_by_status()`, nil, "rabbitmq.aliveness", false},
		{"log alert", `logs("x").index("*").rollup("count").last("5m") > 5`, nil, "", false},
		{"query alert", `formula("a / b").last("5m") > 1`, formula, "x y", false},
		{"query alert", "nonsense", nil, "", false},
		{"query alert", nil, nil, "", false},
	} {
		l := readQuery(replay.Monitor{Body: map[string]any{"type": c.typ, "query": c.query, "options": c.options}})
		if got := strings.Join(l.metrics, " "); got != c.metrics || l.direct != c.direct {
			t.Errorf("%v looks at %q, direct %v", c.query, got, l.direct)
		}
	}
	composite := object.Text{{Ref: &object.Address{Kind: "monitor", Name: "a"}}, {Literal: " && !123"}}
	if l := readQuery(replay.Monitor{Body: map[string]any{"type": "composite", "query": composite}}); l.query != "monitor.a && !123" || l.metrics != nil {
		t.Errorf("the composite is %q, %v", l.query, l.metrics)
	}
}

// TestTimeline: the parts cover the recording without gaps or overlaps.
func TestTimeline(t *testing.T) {
	c := clock{zone: time.UTC, start: 0, end: 100_000}
	at := func(s int64) time.Time { return time.UnixMilli(s * 1000) }
	g := replay.GroupResult{Group: "host:a", Start: at(10), Initial: replay.OK, Transitions: []replay.Transition{
		{From: replay.OK, To: replay.Warn, At: at(30), Earliest: at(25), Latest: at(40), Share: 1},
		{From: replay.Warn, To: replay.Alert, At: at(50), Earliest: at(50), Latest: at(50), Share: 0.5},
		{From: replay.Alert, To: replay.OK, At: at(120), Earliest: at(90), Latest: at(140), Share: 1},
	}, Elsewhere: []replay.Transition{{From: replay.OK, To: replay.NoData, At: at(5), Earliest: at(5), Latest: at(6), Share: 0.001}}}
	want := timeline{
		Group: "host:a",
		Parts: []timelinePart{
			{A: 0, B: 0.1, LabelAt: 0, Class: "before", Title: "not evaluated before 00:00:10"},
			{A: 0.1, B: 0.3, LabelAt: 0.1, Class: "ok", Text: "OK", Title: "OK from 00:00:10 to 00:00:30"},
			{A: 0.3, B: 0.5, LabelAt: 0.4, Class: "warn", Text: "Warn", Title: "Warn from 00:00:30 to 00:00:50"},
			{A: 0.5, B: 1, LabelAt: 0.5, Class: "alert", Text: "Alert", Title: "Alert from 00:00:50 to 00:01:40"},
		},
		Uncertainties: []uncertainty{
			{A: 0.25, B: 0.4, Title: "OK to Warn between 00:00:25 and 00:00:40"},
			{A: 0.9, B: 1, Title: "Alert to OK between 00:01:30 and 00:02:20"},
			{A: 0.05, B: 0.06, Elsewhere: true, Title: "OK to No Data between 00:00:05 and 00:00:06, in 1 % of the seconds of evaluation"},
		},
		Summary: "OK initially, Warn at 00:00:30, Alert at 00:00:50, OK at 00:02:00, OK to No Data between 00:00:05 and 00:00:06, in 1 % of the seconds of evaluation",
	}
	if d := cmp.Diff(want, newTimeline(g, c)); d != "" {
		t.Error(d)
	}
}

// TestManyGroups: groups with transitions come first, and omitted groups are counted.
func TestManyGroups(t *testing.T) {
	m := replay.MonitorResult{}
	for i := range 100 {
		g := replay.GroupResult{Group: string(rune('a' + i)), Start: time.UnixMilli(0), Initial: replay.OK}
		if i >= 95 {
			g.Transitions = []replay.Transition{{To: replay.Alert, At: time.UnixMilli(500), Share: 1}}
		}
		m.Groups = append(m.Groups, g)
	}
	all, left := timelines(m, clock{zone: time.UTC, end: 1000})
	if len(all) != maxTimelines || left != 100-maxTimelines || string(all[0].Group) != m.Groups[95].Group || all[5].Group != "a" {
		t.Errorf("%d bands, %d left, first %s", len(all), left, all[0].Group)
	}
}

func TestScale(t *testing.T) {
	for _, c := range []struct {
		name      string
		low, high float64
		limits    []float64
		from, to  float64
		outside   bool
	}{
		{"0 is near", 1, 10, nil, 0, 10.8, false},
		{"0 is far", 90, 100, nil, 89.2, 100.8, false},
		{"a threshold above", 0, 37, []float64{50}, 0, 54, false},
		{"a threshold far above", 0, 37, []float64{5000}, 0, 39.96, true},
		{"a threshold far below", 0, 37, []float64{-5000}, 0, 39.96, true},
		{"always 0", 0, 0, nil, 0, 1.08, false},
		{"always 5", 5, 5, []float64{4}, 0, 5.4, false},
		{"below 0", -10, -1, nil, -10.8, 0.8, false},
	} {
		p := plot{lines: []line{{low: c.low, high: c.high}}}
		for _, v := range c.limits {
			p.thresholds = append(p.thresholds, threshold{value: v})
		}
		from, to := p.scale()
		if sixDigits(from) != c.from || sixDigits(to) != c.to || len(p.thresholds) > 0 && p.thresholds[0].outside != c.outside {
			t.Errorf("%s: %g to %g, %v", c.name, from, to, p.thresholds)
		}
	}
}

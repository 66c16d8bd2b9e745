package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// logsEvery returns logs of a service at a fixed interval in seconds.
func logsEvery(service string, from, to, every int64) (all []series.Log) {
	for at := from; at < to; at += every {
		all = append(all, series.Log{At: at * 1000, Service: service, Message: fmt.Sprint("at ", at), File: service, Line: int(at)})
	}
	return all
}

// TestStreams: rows are by log query, or by service without log queries. The summary mentions a silence.
func TestStreams(t *testing.T) {
	rec := &series.Recording{Location: time.UTC, End: 600_000, Logs: append(logsEvery("a", 0, 200, 10), logsEvery("a", 500, 600, 10)...)}
	rec.Logs = uniqueLines(append(rec.Logs, logsEvery("b", 3, 600, 10)...))
	c := newClock(rec)
	rows, lines, left := streams(rec, nil, c)
	want := []stream{
		{Label: "a", Summary: "30 lines, at most 1 in 5 s, none from 00:03:10 to 00:08:20"},
		{Label: "b", Summary: "60 lines, at most 1 in 5 s"},
	}
	for i := range rows {
		if n := strings.Count(string(rows[i].Path), "M"); n != []int{30, 60}[i] {
			t.Errorf("%s has %d bars", rows[i].Label, n)
		}
		rows[i].Path = ""
	}
	if d := cmp.Diff(want, rows); d != "" || len(lines) != 90 || left != 0 {
		t.Errorf("%s, %d lines, %d left", d, len(lines), left)
	}
	found := logsEvery("a", 0, 30, 10)
	monitors := []monitor{
		{result: replay.MonitorResult{Address: "monitor.one"}, input: &Input{Logs: found}},
		{result: replay.MonitorResult{Address: "monitor.same"}, input: &Input{Logs: found}},
		{result: replay.MonitorResult{Address: "monitor.metric"}, input: &Input{}},
		{result: replay.MonitorResult{Address: "monitor.unknown"}},
		{result: replay.MonitorResult{Address: "monitor.none"}, input: &Input{Logs: []series.Log{}}},
	}
	rows, lines, _ = streams(rec, monitors, c)
	var labels []string
	for _, r := range rows {
		labels = append(labels, string(r.Label+": "+r.Summary))
	}
	wantLabels := []string{"matched by one: 3 lines, at most 1 in 5 s", "matched by same: 3 lines, at most 1 in 5 s", "matched by none: 0 lines, at most 0 in 5 s"}
	if d := cmp.Diff(wantLabels, labels); d != "" || len(lines) != 3 {
		t.Errorf("%s, %d lines", d, len(lines))
	}
}

// TestExcerpts: close moments share their lines; omitted lines and moments are counted.
func TestExcerpts(t *testing.T) {
	c := clock{zone: time.UTC, end: 10_000_000}
	lines := logsEvery("a", 0, 1000, 1)
	all, left := excerpts(lines, []moment{{at: 500_000, what: []safe.Text{"later"}}, {at: 100_000, what: []safe.Text{"first"}}, {at: 110_000, what: []safe.Text{"second"}}, {at: 5_000_000, what: []safe.Text{"silent"}}}, c)
	if len(all) != 2 || left != 0 {
		t.Fatalf("%d excerpts, %d left", len(all), left)
	}
	if all[0].Title != "00:01:40 to 00:01:50: first, second" || len(all[0].Lines) != maxLines || all[0].Left != 11 || all[0].Lines[0].Time != "00:01:20.000" {
		t.Errorf("%s: %d lines from %s, %d left", all[0].Title, len(all[0].Lines), all[0].Lines[0].Time, all[0].Left)
	}
	if all[1].Title != "00:08:20: later" || all[1].Left != 1 {
		t.Errorf("%s: %d left", all[1].Title, all[1].Left)
	}
	var many []moment
	for i := range 50 {
		many = append(many, moment{at: int64(i) * 100_000})
	}
	lines = logsEvery("a", 0, 5000, 50)
	if all, left = excerpts(lines, many, c); len(all) != maxMoments || left != 20 {
		t.Errorf("%d excerpts, %d left", len(all), left)
	}
}

func TestBucket(t *testing.T) {
	for length, want := range map[time.Duration]time.Duration{time.Minute: time.Second, 70 * time.Minute: 30 * time.Second, 24 * time.Hour: 10 * time.Minute, 31 * 24 * time.Hour: 6 * time.Hour, 10 * 365 * 24 * time.Hour: 10 * 365 * 24 * time.Hour / 160} {
		if got := bucket(clock{end: length.Milliseconds()}); got != want {
			t.Errorf("%s: %s, not %s", length, got, want)
		}
	}
}

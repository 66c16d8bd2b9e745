package recorded_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ddmon/internal/evaluate"
	"ddmon/internal/guide"
	"ddmon/internal/guide/recorded"
	"ddmon/internal/series"
)

// minute returns a time of the recording of load.
func minute(n float64) time.Time {
	return time.Date(2026, 3, 2, 14, 0, 0, 0, time.UTC).Add(time.Duration(n * float64(time.Minute)))
}

func window(from, to float64) guide.Window { return guide.Window{From: minute(from), To: minute(to)} }

// load returns a recording of an hour: two hosts, one of which ends after ten minutes, and logs at minutes 1, 2 and 7.
func load(t *testing.T) *recorded.Source {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"recording.hcl": `note = "n"
start = "2026-03-02T14:00:00Z"
end = "2026-03-02T15:00:00Z"
interval = "1m"
series "app.load" {
  tags   = ["host:a", "env:prod"]
  type   = "gauge"
  values = "1x60"
}
series "app.load" {
  tags   = ["host:b", "env:prod"]
  type   = "gauge"
  values = "3x10"
}
logs "l.jsonl" {
  service = "web"
  tags    = ["env:prod"]
}
events "e.jsonl" { source = "kubernetes" }
`,
		"l.jsonl": `{"timestamp": "2026-03-02T14:01:00Z", "message": "one", "attributes": {"pod": ["x", "y"]}}
{"timestamp": "2026-03-02T14:02:00Z", "message": "two", "attributes": {"pod": "x"}}
{"timestamp": "2026-03-02T14:07:00Z", "message": "three", "status": "error"}
`,
		"e.jsonl": `{"timestamp": "2026-03-02T14:05:00Z", "title": "Killing", "text": "Stopping web"}` + "\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	rec, diags := series.Load(dir)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return recorded.New(rec, nil)
}

func TestMetric(t *testing.T) {
	s := load(t)
	got, err := s.Metric(t.Context(), "avg:app.load{env:prod} by {host}", window(5, 15), 0)
	if err != nil || len(got) != 2 || len(got[0].Points) != 10 || len(got[1].Points) != 5 || got[1].Group != "host:b" || got[1].Points[4] != (guide.Point{At: minute(9), Value: 3}) {
		t.Errorf("by host: %v, %v", got, err)
	}
	if got, err := s.Metric(t.Context(), "sum:app.load{*}", window(20, 30), 0); err != nil || len(got) != 1 || got[0].Group != "*" || got[0].Points[0].Value != 1 {
		t.Errorf("without groups: %v, %v", got, err)
	}
	if got, err := s.Metric(t.Context(), "sum:app.nothing{*}", window(0, 10), 0); err != nil || len(got) != 0 {
		t.Errorf("without data: %v, %v", got, err)
	}
	for query, want := range map[string]string{"sum:app.load{": "expected", "anomalies(avg:app.load{*}, 'basic', 2)": "not evaluated"} {
		if _, err := s.Metric(t.Context(), query, window(0, 10), 0); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", query, err)
		}
	}
}

func TestCount(t *testing.T) {
	s := load(t)
	for _, c := range []struct {
		question guide.Question
		window   guide.Window
		want     string
	}{
		{guide.Question{Product: guide.Logs, Query: "env:prod"}, window(0, 10), "* 3 gap 2-7"},
		{guide.Question{Product: guide.Logs, Query: "env:prod"}, window(1, 10), "* 3 gap 2-7"}, // the start is inside
		{guide.Question{Product: guide.Logs, Query: "env:prod"}, window(0, 7), "* 2 gap 2-7"},  // the end is not
		{guide.Question{Product: guide.Logs, Query: "env:prod", By: []string{"@pod"}}, window(0, 10), "pod:x 2 gap 2-10, pod:y 1 gap 1-10"},
		{guide.Question{Product: guide.Logs, Query: "env:prod", By: []string{"status"}}, window(0, 10), "status:error 1 gap 0-7, status:info 2 gap 2-10"},
		{guide.Question{Product: guide.Logs, Query: "env:test"}, window(0, 10), ""},
		{guide.Question{Product: guide.Events, Query: "source:kubernetes web"}, window(0, 10), "* 1 gap 0-5"},
	} {
		counts, err := s.Count(t.Context(), c.question, c.window)
		var got []string
		for _, n := range counts {
			sum := 0.0
			for _, b := range n.Buckets {
				sum += b.Value
			}
			if int(sum) != n.Total {
				t.Errorf("%v: buckets have %g of %d lines", c.question, sum, n.Total)
			}
			got = append(got, fmt.Sprintf("%s %d gap %g-%g", n.Group, n.Total, n.Gap.From.Sub(minute(0)).Minutes(), n.Gap.To.Sub(minute(0)).Minutes()))
		}
		if text := strings.Join(got, ", "); err != nil || text != c.want {
			t.Errorf("%v: %s, want %s (%v)", c.question, text, c.want, err)
		}
	}
}

func TestLineAndValues(t *testing.T) {
	s := load(t)
	logs := guide.Question{Product: guide.Logs, Query: "env:prod"}
	first, err := s.Line(t.Context(), logs, window(0, 10), true)
	if err != nil || first.Text != "one" || !first.At.Equal(minute(1)) {
		t.Errorf("first: %v, %v", first, err)
	}
	if last, _ := s.Line(t.Context(), logs, window(0, 7), false); last.Text != "two" {
		t.Errorf("last: %v", last)
	}
	if none, err := s.Line(t.Context(), logs, window(8, 10), true); none != nil || err != nil {
		t.Errorf("none: %v, %v", none, err)
	}
	for _, c := range []struct {
		product      guide.Product
		query, facet string
		want         string
	}{
		{guide.Logs, "*", "@pod", "[x y]"},
		{guide.Logs, "*", "service", "[web]"},
		{guide.Logs, "*", "pod", "[]"},
		{guide.Metric, "app.load", "host", "[a b]"},
		{guide.Metric, "app.load", "zone", "[]"},
	} {
		if got, err := s.Values(t.Context(), c.product, c.query, c.facet, window(0, 10)); err != nil || fmt.Sprint(got) != c.want {
			t.Errorf("%s %s: %v, %v", c.query, c.facet, got, err)
		}
	}
	if got, _ := s.Values(t.Context(), guide.Metric, "app.load", "host", window(20, 30)); fmt.Sprint(got) != "[a]" {
		t.Errorf("values after host b ended: %v", got)
	}
	for name, want := range map[string]string{"app.load": "app.load", "app.lod": "app.load", "other": ""} {
		if got, err := s.Similar(t.Context(), name, window(0, 10)); err != nil || got != want {
			t.Errorf("similar to %s: %q, %v", name, got, err)
		}
	}
}

// TestLimits: all questions of a guide together are limited, so that neither long searches nor many of them hang.
func TestLimits(t *testing.T) {
	rec, diags := series.Load(filepath.Join("..", "..", "..", "testdata", "incident-5"))
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	s := recorded.New(rec, nil)
	w := guide.Window{From: time.UnixMilli(rec.Start), To: time.UnixMilli(rec.End)}
	q := guide.Question{Product: guide.Logs, Query: strings.Repeat("*a*b*c* OR ", 5000) + "x"}
	_, err := s.Count(t.Context(), q, w)
	if limit := (*evaluate.LimitError)(nil); !errors.As(err, &limit) {
		t.Fatalf("a long search: %v", err)
	}
	if _, err := s.Line(t.Context(), guide.Question{Product: guide.Logs, Query: "service:orders"}, w, true); err == nil {
		t.Error("a question after the limit is answered")
	}
}

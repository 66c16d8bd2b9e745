package replay

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"ddmon/internal/ddquery"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestExpressions evaluates expressions over six minutes, a bucket a minute.
func TestExpressions(t *testing.T) {
	n := math.NaN()
	minutely := func(metric, typ, tags, values string) string {
		return strings.Replace(one(metric, typ, tags, values), "values", "interval = \"60s\"\n values", 1)
	}
	rec := recorded(t, minutely("a", "gauge", "h:1", "1 2 4 _ 16 -3")+minutely("b", "gauge", "h:1", "10 0 10 10 10 10")+
		minutely("b", "gauge", "h:2", "20 20 _ 20 20 20")+minutely("c", "count", "h:1", "6 _ 6 6 6 6")+minutely("r", "rate", "h:1", "1x6"), nil)
	for _, test := range []struct {
		query string
		want  []float64
	}{
		{"avg:a{*}", []float64{1, 2, 4, n, 16, -3}},
		{"-avg:a{h:1}", []float64{-1, -2, -4, n, -16, 3}},
		{"a{h:2}", []float64{n, n, n, n, n, n}},
		{"sum:b{*}", []float64{30, 20, 30, 30, 30, 30}},
		{"sum:b{*}.fill(null)", []float64{30, 20, 10, 30, 30, 30}},
		{"sum:b{*}.fill(zero)", []float64{30, 20, 10, 30, 30, 30}},
		{"max:b{*} - min:b{*}", []float64{10, 20, 10, 10, 10, 10}},
		{"avg:a{*} / avg:b{h:1}", []float64{.1, n, .4, n, 1.6, -.3}},
		{"avg:a{*} * 2 + 1", []float64{3, 5, 9, n, 33, -5}},
		{"avg:a{*}.fill(linear)", []float64{1, 2, 4, 10, 16, -3}},
		{"avg:a{*}.fill(last, 60)", []float64{1, 2, 4, 4, 16, -3}},
		{"avg:a{*}.fill(zero)", []float64{1, 2, 4, 0, 16, -3}},
		{"default_zero(sum:c{*}.as_count())", []float64{6, 0, 6, 6, 6, 6}},
		{"default_zero(avg:a{*})", []float64{1, 2, 4, 4, 16, -3}},
		{"default_zero(avg:a{h:2})", []float64{n, n, n, n, n, n}},
		{"sum:c{*}.as_rate()", []float64{.1, n, .1, .1, .1, .1}},
		{"sum:r{*}.as_count()", []float64{60, 60, 60, 60, 60, 60}},
		{"sum:a{*}.as_count()", []float64{1, 2, 4, n, 16, -3}},
		{"throughput(sum:c{*}.as_count())", []float64{.1, n, .1, .1, .1, .1}},
		{"abs(avg:a{*})", []float64{1, 2, 4, n, 16, 3}},
		{"log2(avg:a{*})", []float64{0, 1, 2, n, 4, n}},
		{"log10(avg:b{h:1})", []float64{1, n, 1, 1, 1, 1}},
		{"clamp_max(avg:a{*}, 4)", []float64{1, 2, 4, n, 4, -3}},
		{"clamp_min(avg:a{*}, 2)", []float64{2, 2, 4, n, 16, 2}},
		{"cutoff_max(avg:a{*}, 4)", []float64{1, 2, 4, n, n, -3}},
		{"cutoff_min(avg:a{*}, 2)", []float64{n, 2, 4, n, 16, n}},
		{"diff(avg:a{*})", []float64{n, 1, 2, n, 12, -19}},
		{"monotonic_diff(avg:a{*})", []float64{n, 1, 2, n, 12, n}},
		{"per_minute(avg:a{*})", []float64{n, 1, 2, n, 6, -19}},
		{"derivative(avg:a{*} * 60)", []float64{n, 1, 2, n, 6, -19}},
		{"sum:diff(b{h:1})", nil},
		{"diff(sum:b{*}.fill(null))", []float64{n, -10, 10, 0, 0, 0}}, // before the series are put together
		{"diff(sum:b{*}.fill(null) * 1)", []float64{n, -10, -10, 20, 0, 0}},
		{"cumsum(avg:a{*})", []float64{1, 3, 7, n, 23, 20}},
		{"integral(avg:b{h:1})", []float64{600, 600, 1200, 1800, 2400, 3000}},
		{"ewma_3(avg:a{*})", []float64{1, 1.5, 2.75, n, 9.375, 3.1875}},
		{"median_3(avg:a{*})", []float64{1, 1.5, 2, n, 4, 4}},
		{"moving_rollup(avg:a{*}, 120, 'max')", []float64{1, 2, 4, 4, 16, 16}},
		{"count_nonzero(avg:b{*} by {h})", []float64{2, 1, 1, 2, 2, 2}},
		{"count_not_null(avg:b{*} by {h})", []float64{2, 2, 1, 2, 2, 2}},
		{"sum:b{h:1 OR h:2}", []float64{30, 20, 30, 30, 30, 30}},
		{"sum:b{!h:2}", []float64{10, 0, 10, 10, 10, 10}},
		{"sum:b{h IN (2,3)}", []float64{20, 20, n, 20, 20, 20}},
		{"sum:b{h NOT IN (2) AND h:*}", []float64{10, 0, 10, 10, 10, 10}},
		{"timeshift(avg:a{*}, -60)", []float64{n, 1, 2, 4, n, 16}},
		{"avg:a{*}.timeshift(-60)", []float64{n, 1, 2, 4, n, 16}},
		{"top(avg:b{*} by {h}, 1, 'mean', 'desc')", []float64{n, n, n, n, n, n}},
		{"exclude_null(avg:a{*})", []float64{1, 2, 4, n, 16, -3}},
	} {
		x, err := ddquery.ParseMetric(test.query)
		if err != nil {
			if test.want != nil {
				t.Errorf("%s: %v", test.query, err)
			}
			continue
		}
		c := &compiler{rec: rec, step: minute}
		node, err := c.expr(x, nil)
		if err != nil {
			t.Errorf("%s: %v", test.query, err)
			continue
		}
		got := node.eval(newGrid(rec.Start, rec.Start+6*minute, minute, false))
		if diff := cmp.Diff(test.want, got[0], cmpopts.EquateNaNs(), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
			t.Errorf("%s: %s", test.query, diff)
		}
	}
}

// TestRank keeps the first groups only.
func TestRank(t *testing.T) {
	rec := recorded(t, gauge("m", "h:a", "1x240")+gauge("m", "h:b", "3x240")+gauge("m", "h:c", "2x240"), nil)
	for query, want := range map[string]string{
		"top(avg:m{*} by {h}, 2, 'max', 'desc')": "_ 3 2", "top(avg:m{*} by {h}, 1, 'sum', 'asc')": "1 _ _",
		"top5(avg:m{*} by {h})": "1 3 2", "bottom1_min(avg:m{*} by {h})": "1 _ _", "top1_l2norm(avg:m{*} by {h})": "_ 3 _",
		"top1_area(avg:m{*} by {h})": "_ 3 _", "top1_last(avg:m{*} by {h})": "_ 3 _",
	} {
		x, err := ddquery.ParseMetric(query)
		if err != nil {
			t.Fatal(err)
		}
		node, err := (&compiler{rec: rec, step: minute}).expr(x, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, row := range node.eval(newGrid(rec.Start, rec.Start+minute, minute, false)) {
			if missing(row[0]) {
				got = append(got, "_")
			} else {
				got = append(got, fmt.Sprint(row[0]))
			}
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

// TestWindows: change, cumulative windows, delay and cadence.
func TestWindows(t *testing.T) {
	rec := recorded(t, `start = "2025-01-01T00:00:00Z"
end = "2025-01-03T00:00:00Z"
`+strings.Replace(one("m", "count", "", "1x2880"), "values", "interval = \"60s\"\n values", 1)+
		strings.Replace(one("ramp", "gauge", "", "0+1x2880"), "values", "interval = \"60s\"\n values", 1), nil)
	first := func(q string, options ...any) (string, float64, string) {
		m := replayed(t, rec, query(q, options...), Options{Values: true})
		g := only(t, m)
		return g.Values[0].At.UTC().Format("02 15:04"), g.Values[0].Value, m.Every.String()
	}
	for _, test := range []struct {
		query   string
		options []any
		at      string
		value   float64
		every   string
	}{
		{"sum(last_1h):sum:m{*}.as_count() > 9999", nil, "01 01:00", 60, "1m0s"},
		{"sum(last_1h):sum:m{*}.as_count() > 9999", []any{"evaluation_delay", 900}, "01 01:15", 60, "1m0s"},
		{"sum(last_1d):sum:m{*}.as_count() > 9999", nil, "02 00:00", 1440, "10m0s"},
		{"change(avg(last_1h),last_1h):avg:ramp{*} > 9999", nil, "01 02:00", 60, "1m0s"},
		{"pct_change(avg(last_1h),60m_ago):avg:ramp{*} > 9e9", nil, "01 02:00", 0, "1m0s"},
		{"sum(current_1h):sum:m{*}.as_count() > 9999", []any{"scheduling_options", map[string]any{"evaluation_window": map[string]any{"hour_starts": 30}}}, "01 00:31", 1, "1m0s"},
		{"sum(current_1d):sum:m{*}.as_count() > 9999", []any{"scheduling_options", map[string]any{"evaluation_window": map[string]any{"day_starts": "14:00", "timezone": "Asia/Tokyo"}}}, "01 05:10", 10, "10m0s"},
	} {
		at, value, every := first(test.query, test.options...)
		if at != test.at || every != test.every || test.value != 0 && value != test.value {
			t.Errorf("%s: first at %s, %v, every %s; want %s, %v, %s", test.query, at, value, every, test.at, test.value, test.every)
		}
	}
}

// TestFormula evaluates formulas over logs and metrics.
func TestFormula(t *testing.T) {
	rec := recorded(t, one("hits", "count", "service:a", "2x240")+one("hits", "count", "service:b", "1x240")+"logs \"l\" {}\n", map[string]string{
		"l": `{"timestamp": "+21m", "message": "boom", "service": "a", "attributes": {"ms": 7}}` + "\n" + `{"timestamp": "+21m", "message": "boom", "service": "a", "attributes": {"ms": 9}}` + "\n",
	})
	variables := []any{
		map[string]any{"name": "errors", "data_source": "logs", "search": map[string]any{"query": "boom"}, "compute": map[string]any{"aggregation": "count"}},
		map[string]any{"name": "slow", "data_source": "logs", "search": map[string]any{"query": "*"}, "compute": map[string]any{"aggregation": "pc50", "metric": "@ms"},
			"group_by": []any{map[string]any{"facet": "service"}}},
		map[string]any{"name": "hits", "data_source": "metrics", "query": "sum:hits{*}.as_count()", "aggregator": "sum"},
		map[string]any{"name": "by", "data_source": "metrics", "query": "sum:hits{*} by {service}.as_count()", "aggregator": "sum"},
		map[string]any{"name": "rum", "data_source": "rum"},
	}
	for _, test := range []struct {
		query string
		want  []string
		value float64
	}{
		{`formula("errors / hits * 100").last("5m") > 3`, []string{"* OK: 00:22:00 Alert, 00:27:00 OK"}, 100 * 2.0 / 60},
		{`formula("default_zero(errors)").last("5m") >= 2`, []string{"* OK: 00:22:00 Alert, 00:27:00 OK"}, 2},
		{`formula("slow").last("5m") > 7.5`, []string{"service:a Gone: 00:22:00 Alert"}, 8},
		{`formula("by / hits").last("5m") > 0.5`, []string{"service:a OK: 00:05:00 Alert", "service:b OK: "}, 2. / 3},
	} {
		m := replayed(t, rec, monitor("log alert", test.query, "variables", variables, "on_missing_data", "default"), Options{})
		if diff := cmp.Diff(test.want, stories(m)); diff != "" {
			t.Errorf("%s: %s %s", test.query, diff, m.Reason)
		} else if got := m.Groups[0].Transitions[0].Value; math.Abs(got-test.value) > 1e-9 {
			t.Errorf("%s: %v, want %v", test.query, got, test.value)
		}
	}
	for _, q := range []string{`formula("rum").last("5m") > 1`, `formula("derivative(hits)").last("5m") > 1`, `formula("hits").last("5m").anomaly(threshold=10) > 1`} {
		if m := replayed(t, rec, monitor("log alert", q, "variables", variables), Options{}); m.Evaluated {
			t.Errorf("%s is evaluated", q)
		}
	}
}

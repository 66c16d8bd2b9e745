package guide

import (
	"slices"
	"testing"
	"time"
)

func TestParseComparison(t *testing.T) {
	length := func(text string) (Comparison, bool) {
		return ParseLength(text, func(s string) (time.Duration, bool) { d, err := time.ParseDuration(s); return d, err == nil })
	}
	for _, c := range []struct {
		text  string
		parse func(string) (Comparison, bool)
		want  string // "" if it is invalid
		value float64
	}{
		{">= 1", ParseNumber, ">= 1", 1},
		{" >=1 ", ParseNumber, ">= 1", 1},
		{"0", ParseNumber, "== 0", 0},
		{"-0.5", ParseNumber, "== -0.5", -0.5},
		{"!= 1e3", ParseNumber, "!= 1e3", 1000},
		{"=> 1", ParseNumber, "", 0},
		{"> one", ParseNumber, "", 0},
		{"> NaN", ParseNumber, "", 0},
		{"> inf", ParseNumber, "", 0},
		{">", ParseNumber, "", 0},
		{"", ParseNumber, "", 0},
		{"< 2x", ParseFactor, "< 2x", 2},
		{"<= 150%", ParseFactor, "<= 150%", 1.5},
		{"< 2", ParseFactor, "", 0},
		{"< x", ParseFactor, "", 0},
		{"< 2m", length, "< 2m", 120},
		{"< 2", length, "", 0},
	} {
		got, ok := c.parse(c.text)
		if ok != (c.want != "") || ok && (got.Text != c.want || got.Value != c.value) {
			t.Errorf("%q: %+v, %t; want %q", c.text, got, ok, c.want)
		}
	}
}

func TestTrend(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   Trend
	}{
		{nil, Flat},
		{[]float64{0, 9}, Flat},
		{[]float64{0, 1, 2, 3, 4, 5}, Growing},
		{[]float64{5, 4, 3, 2, 1, 0}, Draining},
		{[]float64{0, 0, 1, 0, 0, 0, 1, 0, 0}, Flat}, // single outliers
		{[]float64{0, 0, 0, 0, 0, 0, 0, 0, 99}, Flat},
		{[]float64{1000, 1003, 999, 1001, 1002, 1000}, Flat},
		{[]float64{100, 100, 100, 111, 112, 112}, Growing},
		{[]float64{-5, -5, -3, -3, -1, -1}, Growing},
		{[]float64{3, 3, 3, 3, 3, 3}, Flat},
	} {
		if got := trendOf(c.values); got != c.want {
			t.Errorf("%v: %s, want %s", c.values, got, c.want)
		}
	}
}

func TestOnset(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	points := func(values ...float64) []Point {
		var all []Point
		for i, v := range values {
			all = append(all, Point{start.Add(time.Duration(i) * time.Minute), v})
		}
		return all
	}
	at := func(minute int) time.Time { return start.Add(time.Duration(minute) * time.Minute) }
	least := &Comparison{Op: ">=", Value: 1}
	most := &Comparison{Op: "<=", Value: 8}
	for _, c := range []struct {
		name   string
		expect Expectation
		points []Point
		want   time.Time
	}{
		{"last", Expectation{Last: least}, points(1, 1, 0, 0), at(2)},
		{"interrupted", Expectation{Last: least}, points(1, 0, 1, 0), at(3)},
		{"over before the end", Expectation{Max: most}, points(1, 1, 1, 9, 9, 1), at(3)},
		{"from the beginning", Expectation{Last: least}, points(0, 0, 0, 0), time.Time{}},
		{"no single point violates", Expectation{Max: least}, points(0, 0, 0, 0), time.Time{}},
		{"growing", Expectation{Trend: []Trend{Flat, Draining}}, points(0, 1, 0, 2, 4, 6), at(2)},
		{"draining", Expectation{Trend: []Trend{Growing}}, points(1, 9, 9, 7, 5, 3), at(2)},
		{"nothing", Expectation{Last: least}, nil, time.Time{}},
	} {
		if got := onset(c.expect, c.points, Window{at(2), at(9)}); !got.Equal(c.want) {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestQueries(t *testing.T) {
	terms := searchTerms(`kube_namespace:sock-shop (service:orders OR service:x) -status:info @http.status_code:[1 TO 5] "text" pod_name:a*`)
	const rest = ` -status:info @http.status_code:[1 TO 5] "text" `
	want := []term{
		{"kube_namespace", "sock-shop", `* (service:orders OR service:x)` + rest + `pod_name:a*`, false},
		{"service", "orders", `kube_namespace:sock-shop *` + rest + `pod_name:a*`, true},
		{"service", "x", `kube_namespace:sock-shop *` + rest + `pod_name:a*`, true},
		{"pod_name", "a*", `kube_namespace:sock-shop (service:orders OR service:x)` + rest + `*`, false},
	}
	if !slices.Equal(terms, want) {
		t.Errorf("search terms: %+v", terms)
	}
	metrics, tags := metricTerms("sum:a.b{x:1,y:2} / avg:c.d{(x:1 OR z:3) AND v:4} by {w}")
	if len(metrics) != 2 || len(tags) != 3 || tags[2] != (metricTerm{"c.d", "v", "4"}) {
		t.Errorf("metric terms: %v %+v", metrics, tags)
	}
	for query, zeros := range map[string]bool{
		"sum:a.b{*}": false, "sum:a.b{*}.as_count()": true, "sum:a.b{*}.as_rate()": true, "default_zero(sum:a.b{*})": true, "(": false,
	} {
		if countsMissing(query) != zeros {
			t.Errorf("%s: %t", query, !zeros)
		}
	}
}

package explain

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"ddmon/internal/ddquery"
	"ddmon/internal/ddtest"
	"ddmon/internal/object"

	"github.com/google/go-cmp/cmp"
)

// TestQuery: a query without a monitor says nothing about recovery, missing data or recipients, which depend on
// options.
func TestQuery(t *testing.T) {
	cases := []struct {
		name, query string
		want        []Section
	}{
		{"metric", "max(last_1m):sum:rabbitmq.queue.consumers{kube_namespace:sock-shop,queue:shipping-task} < 1", []Section{
			{"What it measures", []string{"Measures the sum of rabbitmq.queue.consumers over everything tagged kube_namespace:sock-shop and queue:shipping-task."}},
			{"How it is evaluated", []string{"Every minute, Datadog evaluates the last minute and takes the maximum."}},
			{"When it alerts", []string{
				"Alerts when the value is below 1 for the whole window.",
				"Alerts at the earliest about 1 minute after the last value at or above 1.",
			}},
		}},
		{"log", `logs("status:error").rollup("count").last("5m") > 20`, []Section{
			{"What it measures", []string{"Counts the logs matching `status:error`."}},
			{"How it is evaluated", []string{"Every minute, Datadog evaluates the last 5 minutes."}},
			{"When it alerts", []string{"Alerts when there are more than 20 logs matching `status:error`."}},
		}},
		{"log without window", `logs("") >= 10`, []Section{
			{"What it measures", []string{"Counts the logs."}},
			{"How it is evaluated", []string{"Datadog evaluates a window that the query does not specify."}},
			{"When it alerts", []string{"Alerts when there are at least 10 logs."}},
		}},
		{"check", `"a.up".over("*").by("host").last(2).count_by_status()`, []Section{
			{"What it measures", []string{"Monitors the status of the check `a.up` wherever it runs.", "Multi alert: alerts separately for each host."}},
			{"How it is evaluated", []string{"Datadog evaluates the last 2 check runs."}},
			{"When it alerts", []string{"Alerts after the number of consecutive critical check runs in its thresholds."}},
		}},
		{"composite", "1", []Section{
			{"What it measures", []string{"Combines the states of 1 other monitor: monitor 1."}},
			{"How it is evaluated", []string{"Evaluated after its members."}},
			{"When it alerts", []string{"Triggers while this is true: monitor 1.", "A member is triggered while it alerts, warns or has no data."}},
		}},
		{"formula", `formula("a * 2").last("3d") > 5`, []Section{
			{"What it measures", []string{"Measures `a * 2`."}},
			{"How it is evaluated", []string{"Every 30 minutes, Datadog evaluates the last 3 days."}},
			{"When it alerts", []string{"Alerts when the value is above 5."}},
		}},
		{"synthetics", "no_query", []Section{
			{"What it measures", []string{"Monitors a Synthetic test, which is defined elsewhere."}},
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := Query("", c.query)
			if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestInvalidQuery(t *testing.T) {
	_, err := Query("query alert", "max(last_15):a{*} > 1")
	var parseErr *ddquery.Error
	if !errors.As(err, &parseErr) || parseErr.Code != "window_unit" {
		t.Errorf("the error is %v", err)
	}
}

// TestMembersByAddress: a member that does not exist yet is looked up by its address, once for each reference.
func TestMembersByAddress(t *testing.T) {
	a := object.Address{Kind: "monitor", Name: "a"}
	b := object.Address{Kind: "monitor", Name: "b", Key: "k", Keyed: true}
	body := map[string]any{"type": "composite", "name": "c", "query": object.Text{
		{Ref: &a}, {Literal: " && !("}, {Ref: &b}, {Literal: " || "}, {Ref: &a}, {Literal: " || 7)"},
	}}
	got := show(Monitor(body, nil))
	want := `Triggers while this is true: monitor.a and not (monitor.b["k"] or monitor.a or monitor 7).`
	if !strings.Contains(got, want) {
		t.Errorf("want %q in:\n%s", want, got)
	}
	var asked []string
	Monitor(body, func(id string) string { asked = append(asked, id); return "" })
	if diff := cmp.Diff([]string{"monitor.a", `monitor.b["k"]`, "monitor.a", "7"}, asked[:4]); diff != "" {
		t.Errorf("asked for %v", asked)
	}
}

func TestFormatNumber(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 1: "1", -0.5: "-0.5", 9999: "9999", 10000: "10,000", -1234567.25: "-1,234,567.25", 1e18: "1e+18", 1e-9: "1e-09"} {
		if got := formatNumber(v); got != want {
			t.Errorf("%v is formatted as %s, want %s", v, got, want)
		}
	}
}

// FuzzQuery: every query that parses is explained in complete sentences, and so is a monitor that uses it.
func FuzzQuery(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		body := ddtest.Object(f, string(ddtest.Read(f, file)))
		query, written := body["query"].(string)
		if message, ok := body["message"].(string); ok && written {
			f.Add(query, message)
		}
	}
	f.Add("burn_rate(\"abc\").over(\"7d\").long_window(\"1h\r).short_window(\"5m", "")
	f.Add("0", "{{#is_no_data}}@oncinfra{{\ris_alert}}{{/is_no_data}}")
	f.Fuzz(func(t *testing.T, query, message string) {
		if sections, err := Query("", query); err == nil {
			checkSentences(t, query, sections)
		}
		body := map[string]any{"query": query, "message": message, "options": map[string]any{
			"on_missing_data": "default", "renotify_interval": 5.0, "thresholds": map[string]any{"warning": 1.0, "critical_recovery": 0.0}}}
		checkSentences(t, query, Monitor(body, nil))
	})
}

// TestLogMethods: each method of a log-style query changes the explanation, unless it selects everything. A method that
// is not known is shown by name.
func TestLogMethods(t *testing.T) {
	explained := func(method string) string {
		sections, err := Query("error-tracking alert", `error-tracking("service:shop")`+method+`.last("5m") > 3`)
		if err != nil {
			t.Fatal(err)
		}
		return show(sections)
	}
	examples := map[string]string{
		"index": `.index("main")`, "source": `.source("browser")`, "new": ".new()", "impact": ".impact()",
		"rollup": `.rollup("cardinality", "@usr.id")`, "by": `.by("@issue.id")`, "over": `.over("env:prod")`, "regression": ".regression()",
	}
	plain := explained("")
	for _, name := range append(ddquery.LogMethods(), "regression") {
		if name == "last" {
			continue // part of each query
		}
		example, ok := examples[name]
		if !ok {
			t.Errorf("no example of .%s()", name)
			continue
		}
		text := explained(example)
		if text == plain || name == "regression" && !strings.Contains(text, "`regression()`") {
			t.Errorf("%s is explained as\n%s", example, text)
		}
	}
	for _, all := range []string{`.index("*")`, `.source("all")`, `.over("*")`} {
		if text := explained(all); text != plain {
			t.Errorf("%s is explained as\n%s", all, text)
		}
	}
	if text := explained(`.source("all").new().rollup("count").by("@issue.id")`); !strings.Contains(text, "Alerts when there are more than 3 tracked errors of issues that are for review (new or regressed) matching `service:shop`.") {
		t.Error(text)
	}
}

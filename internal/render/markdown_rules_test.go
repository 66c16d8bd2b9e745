package render_test

import (
	"fmt"
	"strings"
	"testing"

	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render/markdown"
)

// TestLoosened checks each rule in both directions: one loosens, the other tightens.
func TestLoosened(t *testing.T) {
	metric := func(agg, window, op string, n float64) string {
		return fmt.Sprintf("%s(last_%s):avg:m{*} by {host} %s %v", agg, window, op, n)
	}
	logs := func(window, op string) string {
		return fmt.Sprintf("logs(\"a\").index(\"*\").rollup(\"count\").last(%q) %s 5", window, op)
	}
	const usual = "avg(last_5m):avg:m{*} > 1"
	tests := []struct {
		name, typ              string
		tightQuery, looseQuery string
		tight, loose           string // the options
		tightMessage, looseMsg string
	}{
		{name: "above", tightQuery: metric("avg", "5m", ">", 50), looseQuery: metric("avg", "5m", ">", 70)},
		{name: "below", tightQuery: metric("avg", "5m", "<", 70), looseQuery: metric("avg", "5m", "<=", 50)},
		{name: "equal", tightQuery: metric("avg", "5m", ">=", 50), looseQuery: metric("avg", "5m", ">", 50)},
		{name: "min above", tightQuery: metric("min", "5m", ">", 5), looseQuery: metric("min", "15m", ">", 5)},
		{name: "max below", tightQuery: metric("max", "5m", "<", 5), looseQuery: metric("max", "1h", "<", 5)},
		{name: "max above", tightQuery: metric("max", "15m", ">", 5), looseQuery: metric("max", "5m", ">", 5)},
		{name: "min below", tightQuery: metric("min", "15m", "<", 5), looseQuery: metric("min", "5m", "<", 5)},
		{name: "count above", typ: "log alert", tightQuery: logs("10m", ">"), looseQuery: logs("5m", ">")},
		{name: "count below", typ: "log alert", tightQuery: logs("5m", "<"), looseQuery: logs("10m", "<")},
		{name: "aggregation", tightQuery: metric("max", "5m", ">", 5), looseQuery: metric("avg", "5m", ">", 5)},
		{name: "aggregation below", tightQuery: metric("min", "5m", "<", 5), looseQuery: metric("avg", "5m", "<", 5)},
		{name: "warning", tight: `{"thresholds":{"warning":1}}`, loose: `{"thresholds":{"warning":2}}`},
		{name: "no warning", tight: `{"thresholds":{"warning":1}}`, loose: `{}`},
		{
			name: "service check", typ: "service check", tightQuery: `"up".over("*").by("host").last(4).count_by_status()`,
			tight: `{"thresholds":{"critical":2}}`, loose: `{"thresholds":{"critical":3}}`,
		},
		{name: "handles", tightMessage: "@slack-a @pagerduty-b", looseMsg: "@slack-a"},
		{name: "missing data", tight: `{"notify_no_data":true}`, loose: `{"notify_no_data":false}`},
		{name: "on missing data", tight: `{"on_missing_data":"show_and_notify_no_data"}`, loose: `{"on_missing_data":"show_no_data"}`},
		{name: "time of missing data", tight: `{"notify_no_data":true,"no_data_timeframe":10}`, loose: `{"notify_no_data":true,"no_data_timeframe":20}`},
		{name: "repeats", tight: `{"renotify_interval":60}`, loose: `{"renotify_interval":0}`},
		{name: "repeats later", tight: `{"renotify_interval":60}`, loose: `{"renotify_interval":90}`},
		{name: "delay", tight: `{"evaluation_delay":60}`, loose: `{"evaluation_delay":900}`},
	}
	for _, test := range tests {
		side := func(query, message, options string) map[string]any {
			for _, q := range []string{query, test.tightQuery, usual} {
				if q != "" {
					query = q
					break
				}
			}
			if options == "" {
				options = "{}"
			}
			b := body(t, `{"options":`+options+`}`)
			b["type"], b["query"], b["message"] = test.typ, query, message
			return b
		}
		tight := side(test.tightQuery, test.tightMessage, test.tight)
		loose := side(test.looseQuery, test.looseMsg, test.loose)
		if got := headlineOfUpdate(t, tight, loose, nil); got != "1 monitor loosened" {
			t.Errorf("%s: one way it is %q", test.name, got)
		}
		if got := headlineOfUpdate(t, loose, tight, nil); got != "1 monitor tightened" {
			t.Errorf("%s: the other way it is %q", test.name, got)
		}
	}
}

// headlineOfUpdate is the headline of an update, without the recipients.
func headlineOfUpdate(t *testing.T, before, after map[string]any, sensitive map[string][]string) string {
	t.Helper()
	a := object.Address{Kind: "monitor", Name: "m"}
	p := &plan.Plan{Stack: "s", Changes: []plan.Change{{
		Address: a, Action: plan.Update, Before: before, After: after, Desired: &object.Object{Address: a, Sensitive: sensitive},
	}}}
	_, text, _ := strings.Cut(asMarkdown(t, markdown.Input{Plan: shownPlan(p)}), "### ")
	text, _, _ = strings.Cut(text, "\n")
	text, _, _ = strings.Cut(text, ":")
	return text
}

// TestNotComparable: changes that cannot be compared are updates, neither loosened nor tightened.
func TestNotComparable(t *testing.T) {
	query := func(q string) map[string]any { return map[string]any{"type": "query alert", "query": q} }
	tests := []struct {
		name, before, after string
		sensitive           map[string][]string
	}{
		{name: "another metric", before: "avg(last_5m):avg:m{*} > 1", after: "avg(last_5m):avg:n{*} > 2"},
		{name: "another direction", before: "avg(last_5m):avg:m{*} > 1", after: "avg(last_5m):avg:m{*} < 2"},
		{name: "an average's window", before: "avg(last_5m):avg:m{*} > 1", after: "avg(last_15m):avg:m{*} > 1"},
		{name: "no query", before: "avg(last_5m", after: "avg(last_15m):avg:m{*} > 1"},
		{name: "sensitive", before: "avg(last_5m):avg:m{*} > 1", after: "avg(last_5m):avg:m{*} > 2", sensitive: map[string][]string{"query": {"limit"}}},
	}
	for _, test := range tests {
		if got := headlineOfUpdate(t, query(test.before), query(test.after), test.sensitive); got != "1 monitor updated" {
			t.Errorf("%s is %q", test.name, got)
		}
	}
	before := map[string]any{"type": "query alert", "query": "avg(last_5m):avg:m{*} > 1", "message": "@slack-a"}
	after := map[string]any{"type": "query alert", "query": "avg(last_5m):avg:m{*} > 2", "message": "@slack-a @slack-b"}
	if got := headlineOfUpdate(t, before, after, nil); got != "1 monitor loosened and tightened" {
		t.Errorf("both is %q", got)
	}
}

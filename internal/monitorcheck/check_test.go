package monitorcheck

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/monitor"
)

// opt returns a pointer to an option value.
func opt[T any](v T) *T { return &v }

// found formats a problem as code@field[offset,end), with ? after the code of a warning.
func found(p Problem) string {
	mark := ""
	if p.Severity == SeverityWarning {
		mark = "?"
	}
	return fmt.Sprintf("%s%s@%s[%d,%d)", p.Code, mark, p.Field, p.Offset, p.End)
}

const (
	metric  = "avg(last_5m):avg:a{env:x} > 90"
	below   = "avg(last_5m):avg:a{env:x} < 90"
	grouped = "avg(last_5m):avg:a{env:x} by {host} > 90"
	logs    = `logs("x").rollup("count").last("5m") > 90`
	cluster = `"a.b".over("*").by("*").last(1).pct_by_status()`
	check   = `"a.b".over("*").by("host").last(3).count_by_status()`
)

func query(query string) *monitor.Monitor { return &monitor.Monitor{Type: "query alert", Query: query} }

func typed(monitorType, query string) *monitor.Monitor {
	return &monitor.Monitor{Type: monitorType, Query: query}
}

func with(m *monitor.Monitor, change func(*monitor.Options)) *monitor.Monitor {
	change(&m.Options)
	return m
}

func thresholds(m *monitor.Monitor, t monitor.Thresholds) *monitor.Monitor {
	m.Options.Thresholds = t
	return m
}

// TestServerMessages has, for each known error message of Datadog, two monitors that are rejected with it and two
// similar monitors that are accepted.
func TestServerMessages(t *testing.T) {
	tests := []struct {
		server             string
		rejected, accepted []*monitor.Monitor
	}{
		{
			server: "The value provided for parameter 'query' is invalid",
			rejected: []*monitor.Monitor{
				query("sumlast_24h):default_zero(sum:datadog.agent.running{}.as_count()) < 1"),
				query("max(last_15):avg:a{*} > 5"), typed("log alert", metric),
			},
			accepted: []*monitor.Monitor{
				query("sum(last_24h):default_zero(sum:datadog.agent.running{}.as_count()) < 1"), query("max(last_15m):avg:a{*} > 5"),
			},
		},
		{
			server:   "The value provided for parameter 'query' is invalid: invalid operator specified: ",
			rejected: []*monitor.Monitor{typed("log alert", "query"), typed("log alert", `logs("x").rollup("count").last("5m")`)},
			accepted: []*monitor.Monitor{typed("log alert", logs), typed("log alert", `logs("x").rollup("count").last("5m") != 90`)},
		},
		{
			server: "Alert threshold (90.0) does not match that used in the query (200.0).",
			rejected: []*monitor.Monitor{
				thresholds(query("avg(last_5m):avg:a{*} > 200"), monitor.Thresholds{Critical: opt(90.0)}),
				thresholds(typed("log alert", `logs("x").last("5m") > 200`), monitor.Thresholds{Critical: opt(90.0)}),
			},
			accepted: []*monitor.Monitor{
				thresholds(query("avg(last_5m):avg:a{*} > 2e2"), monitor.Thresholds{Critical: opt(200.0)}), query("avg(last_5m):avg:a{*} > 200"),
			},
		},
		{
			server: "Alert status is required.",
			rejected: []*monitor.Monitor{
				thresholds(query(metric), monitor.Thresholds{Warning: opt(80.0)}), thresholds(typed("log alert", logs), monitor.Thresholds{Warning: opt(80.0)}),
			},
			accepted: []*monitor.Monitor{
				thresholds(query(metric), monitor.Thresholds{Warning: opt(80.0), Critical: opt(90.0)}), thresholds(typed("service check", check), monitor.Thresholds{Warning: opt(1.0)}),
			},
		},
		{
			server: "Warning threshold (90.0) must be less than the alert threshold (90.0) with > comparison.",
			rejected: []*monitor.Monitor{
				thresholds(query(metric), monitor.Thresholds{Critical: opt(90.0), Warning: opt(90.0)}),
				thresholds(typed("log alert", logs), monitor.Thresholds{Critical: opt(90.0), Warning: opt(90.0)}),
			},
			accepted: []*monitor.Monitor{
				thresholds(query(metric), monitor.Thresholds{Critical: opt(90.0), Warning: opt(89.9)}),
				thresholds(query("avg(last_5m):avg:a{*} == 90"), monitor.Thresholds{Critical: opt(90.0), Warning: opt(90.0)}),
			},
		},
		{
			server: "Warning threshold (20.5) must be greater than the alert threshold (90.0) with < comparison.",
			rejected: []*monitor.Monitor{
				thresholds(query(below), monitor.Thresholds{Critical: opt(90.0), Warning: opt(20.5)}),
				thresholds(typed("log alert", strings.Replace(logs, ">", "<", 1)), monitor.Thresholds{Critical: opt(90.0), Warning: opt(20.5)}),
			},
			accepted: []*monitor.Monitor{
				thresholds(query(below), monitor.Thresholds{Critical: opt(90.0), Warning: opt(91.0)}),
				thresholds(query(metric), monitor.Thresholds{Critical: opt(90.0), Warning: opt(20.5)}),
			},
		},
		{
			server: "Invalid threshold statuses found: critical_recovery.",
			rejected: []*monitor.Monitor{
				thresholds(typed("log alert", logs), monitor.Thresholds{Critical: opt(90.0), CriticalRecovery: opt(80.0)}),
				thresholds(typed("event-v2 alert", `events("x").last("5m") > 90`), monitor.Thresholds{Critical: opt(90.0), CriticalRecovery: opt(80.0)}),
			},
			accepted: []*monitor.Monitor{
				thresholds(query(metric), monitor.Thresholds{Critical: opt(90.0), CriticalRecovery: opt(80.0)}),
				thresholds(typed("log alert", logs), monitor.Thresholds{Critical: opt(90.0), Warning: opt(80.0)}),
			},
		},
		{
			server: "Invalid monitor option: on_missing_data",
			rejected: []*monitor.Monitor{
				with(typed("service check", check), func(o *monitor.Options) { o.OnMissingData = "default" }),
				with(typed("composite", "1 && 2"), func(o *monitor.Options) { o.OnMissingData = "resolve" }),
			},
			accepted: []*monitor.Monitor{
				with(query(metric), func(o *monitor.Options) { o.OnMissingData = "default" }),
				with(typed("log alert", logs), func(o *monitor.Options) { o.OnMissingData = "resolve" }),
			},
		},
		{
			server: "The new_group_delay option can only be used for multi-alert monitors",
			rejected: []*monitor.Monitor{
				with(query(metric), func(o *monitor.Options) { o.NewGroupDelay = opt(60.0) }),
				with(typed("log alert", logs), func(o *monitor.Options) { o.NewGroupDelay = opt(60.0) }),
			},
			accepted: []*monitor.Monitor{
				with(query(grouped), func(o *monitor.Options) { o.NewGroupDelay = opt(60.0) }),
				with(typed("log alert", `logs("x").by("a").last("5m") > 1`), func(o *monitor.Options) { o.NewGroupDelay = opt(60.0) }),
			},
		},
		{
			server: "no_data_timeframe must not exceed group retention",
			rejected: []*monitor.Monitor{
				with(typed("log alert", logs), func(o *monitor.Options) { o.GroupRetentionDuration, o.NoDataTimeframe = "1h", opt(61.0) }),
				with(typed("rum alert", `rum("x").last("5m") > 1`), func(o *monitor.Options) { o.GroupRetentionDuration, o.NoDataTimeframe = "90m", opt(91.0) }),
			},
			accepted: []*monitor.Monitor{
				with(typed("log alert", logs), func(o *monitor.Options) { o.GroupRetentionDuration, o.NoDataTimeframe = "1h", opt(60.0) }),
				with(typed("log alert", logs), func(o *monitor.Options) { o.GroupRetentionDuration, o.NoDataTimeframe = "1d", opt(61.0) }),
			},
		},
		{
			server: "Monitors with an evaluation_window scheduling_option must have a current query period and vice versa.",
			rejected: []*monitor.Monitor{
				query("avg(current_1h):avg:a{*} > 1"),
				with(query(metric), func(o *monitor.Options) { o.EvaluationWindow = &monitor.EvaluationWindow{HourStarts: opt(0.0)} }),
			},
			accepted: []*monitor.Monitor{
				query(metric),
				with(query("avg(current_1h):avg:a{*} > 1"), func(o *monitor.Options) { o.EvaluationWindow = &monitor.EvaluationWindow{HourStarts: opt(0.0)} }),
			},
		},
		{
			server: "A grouping must be specified for custom checks",
			rejected: []*monitor.Monitor{
				typed("service check", `"datadog.agent.up".over("*").last(2).count_by_status()`),
				typed("service check", `"a".over("*").last(1).pct_by_status()`),
			},
			accepted: []*monitor.Monitor{typed("service check", check), typed("service check", cluster)},
		},
		{
			server:   "The value provided for parameter 'query' is invalid: invalid operator specified: ",
			rejected: []*monitor.Monitor{typed("log alert", `log("x").last("5m") > 90`), typed("rum alert", `session("x").last("5m") > 90`)},
			accepted: []*monitor.Monitor{typed("log alert", `rum("x").last("5m") > 90`)},
		},
		{
			server: "Last field should be larger than or equal to max threshold defined in monitor options",
			rejected: []*monitor.Monitor{
				thresholds(typed("service check", check), monitor.Thresholds{Critical: opt(4.0)}),
				thresholds(typed("service check", check), monitor.Thresholds{Critical: opt(1.0), OK: opt(5.0)}),
			},
			accepted: []*monitor.Monitor{
				thresholds(typed("service check", check), monitor.Thresholds{Critical: opt(3.0)}), typed("service check", check),
			},
		},
		{
			server:   "The parameter 'type' is required",
			rejected: []*monitor.Monitor{typed("", ""), typed("", metric)},
			accepted: []*monitor.Monitor{query(metric), typed("a future type", metric)},
		},
	}
	for _, tc := range tests {
		matches := func(p Problem) bool { return p.Severity == SeverityError && p.ServerError == tc.server }
		for i, m := range tc.rejected {
			if !slices.ContainsFunc(Check(m), matches) {
				t.Errorf("%s: rejected case %d gives %v", tc.server, i, Check(m))
			}
		}
		for i, m := range tc.accepted {
			for _, p := range Check(m) {
				if p.Severity == SeverityError {
					t.Errorf("%s: accepted case %d gives %s: %s", tc.server, i, found(p), p.Message)
				}
			}
		}
	}
}

package replay_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddtest"
	"ddmon/internal/explain"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// stopping is a recording in which all data stops after an hour.
const stopping = `note = "made up"
start    = "2026-01-01T00:00:00Z"
end      = "2026-01-01T04:00:00Z"
interval = "20s"
series "m" {
  type   = "gauge"
  tags   = ["team:a"]
  values = "3x180"
}
series "c" {
  type   = "count"
  tags   = ["team:a"]
  values = "3x180"
}
`

// TestExplainedMissingData: for all types, comparators, options and groupings, what explain says about missing data is
// what happens when the data stops.
func TestExplainedMissingData(t *testing.T) {
	var logs strings.Builder
	for i := range 180 {
		fmt.Fprintf(&logs, `{"timestamp":"2026-01-01T00:%02d:%02dZ","service":"web","message":"x"}`+"\n", i/3, i%3*20)
	}
	dir := ddtest.Folder(t, map[string]string{"recording.hcl": stopping + "logs \"logs.jsonl\" {}\n", "logs.jsonl": logs.String()})
	rec, diags := series.Load(filepath.Clean(dir))
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	tried := 0
	for _, c := range stoppingQueries {
		for _, grouping := range []string{"", c.by} {
			for _, comparison := range []string{"> 1000", "< 1", "<= 0", ">= 0"} {
				for _, options := range []string{
					`{}`, `{"notify_no_data": false}`, `{"notify_no_data": true}`, `{"notify_no_data": true, "no_data_timeframe": 30}`,
					`{"on_missing_data": "default"}`, `{"on_missing_data": "show_no_data"}`, `{"on_missing_data": "show_and_notify_no_data"}`, `{"on_missing_data": "resolve"}`,
				} {
					query := strings.NewReplacer("BY", grouping, "CMP", comparison).Replace(c.query)
					body := map[string]any{"type": c.monitorType, "name": "n", "message": "@a", "query": query}
					var o map[string]any
					if err := json.Unmarshal([]byte(options), &o); err != nil {
						t.Fatal(err)
					}
					variables := []any{
						map[string]any{"name": "q", "data_source": "logs", "search": map[string]any{"query": "service:web"}, "compute": map[string]any{"aggregation": "count"}},
						map[string]any{"name": "m", "data_source": "metrics", "query": "avg:m{*}" + grouping, "aggregator": "avg"},
						map[string]any{"name": "c", "data_source": "metrics", "query": "sum:c{*}" + grouping + ".as_count()", "aggregator": "sum"},
					}
					if strings.HasPrefix(query, "formula") {
						o["variables"] = variables
					}
					body["options"] = o
					tried++
					compareMissingData(t, body, rec)
				}
			}
		}
	}
	if tried != len(stoppingQueries)*2*4*8 {
		t.Error(tried)
	}
}

// stoppingQueries have BY for their groups and CMP for their comparison.
var stoppingQueries = []struct{ monitorType, query, by string }{
	{"query alert", `avg(last_5m):avg:m{*}BY CMP`, " by {team}"},
	{"query alert", `sum(last_5m):sum:c{*}BY.as_count() CMP`, " by {team}"},
	{"query alert", `sum(last_5m):default_zero(sum:c{*}BY.as_count()) CMP`, " by {team}"},
	{"query alert", `max(last_5m):sum:c{*}BY.as_count() + sum:c{*}BY.as_count() CMP`, " by {team}"},
	{"query alert", `avg(last_5m):sum:c{*}BY.as_count() / avg:m{*}BY CMP`, " by {team}"},
	{"query alert", `avg(last_5m):default_zero(sum:c{*}BY.as_count()) / sum:c{*}BY.as_count() CMP`, " by {team}"},
	{"query alert", `avg(last_5m):sum:c{*}BY.as_rate() CMP`, " by {team}"},
	{"query alert", `avg(last_5m):sum:c{*}BY.as_rate() / 1 CMP`, " by {team}"},
	{"query alert", `avg(last_5m):1 * (abs(sum:c{*}BY.as_rate()) - (2 - 2)) CMP`, " by {team}"},
	{"query alert", `sum(last_5m):sum:c{*}BY.as_count() * 1 CMP`, " by {team}"},
	{"query alert", `sum(last_5m):-abs(sum:c{*}BY.as_count()) + 0 CMP`, " by {team}"},
	{"query alert", `sum(last_5m):default_zero(sum:c{*}BY.as_count()) * 1 CMP`, " by {team}"},
	{"query alert", `avg(last_5m):avg:m{*}BY * 1 CMP`, " by {team}"},
	{"query alert", `sum(last_5m):sum:c{*}BY.as_count() * 1 + sum:c{*}BY.as_count() / (1) CMP`, " by {team}"},
	{"query alert", `change(avg(last_5m),last_5m):sum:c{*}BY.as_count() * 1 CMP`, " by {team}"},
	{"query alert", `change(avg(last_5m),last_5m):sum:c{*}BY.as_count() CMP`, " by {team}"},
	{"query alert", `avg(last_5m):count_nonzero(sum:c{*} by {team}.as_count()) CMP`, ""},
	{"log alert", `logs("service:web").index("*").rollup("count")BY.last("5m") CMP`, `.by("service")`},
	{"log alert", `logs("service:web").index("*").rollup("cardinality", "service")BY.last("5m") CMP`, `.by("service")`},
	{"log alert", `formula("q").last("5m") CMP`, ""},
	{"log alert", `formula("q * 2").last("5m") CMP`, ""},
	{"log alert", `formula("default_zero(q)").last("5m") CMP`, ""},
	{"query alert", `formula("c").last("5m") CMP`, " by {team}"},
	{"query alert", `formula("c * 1").last("5m") CMP`, " by {team}"},
	{"query alert", `formula("0 + abs(c) / 1").last("5m") CMP`, " by {team}"},
	{"query alert", `formula("m").last("5m") CMP`, " by {team}"},
	{"query alert", `formula("abs(c) + c").last("5m") CMP`, " by {team}"},
	{"query alert", `formula("count_not_null(c)").last("5m") CMP`, " by {team}"},
}

func compareMissingData(t *testing.T, body map[string]any, rec *series.Recording) {
	t.Helper()
	query, _ := body["query"].(string)
	name := fmt.Sprint(query, " ", body["options"])
	res, err := replay.Run([]replay.Monitor{{Address: "monitor.m", Body: body}}, rec, replay.Options{OnePhase: true})
	if err != nil || !res.Monitors[0].Evaluated {
		t.Fatalf("%v: %v %+v", body, err, res)
	}
	text := ""
	for _, s := range explain.Monitor(body, nil) {
		if s.Title == "When data is missing" {
			text = strings.Join(s.Lines, "\n")
		}
	}
	m := res.Monitors[0]
	if len(m.Groups) != 1 {
		t.Fatalf("%v: %+v", body, m.Groups)
	}
	g := m.Groups[0]
	status, noData := g.Initial, false
	for _, transition := range g.Transitions {
		status = transition.To
		if transition.To == replay.NoData {
			noData = true
			after := float64(transition.At.UnixMilli()-rec.Start-3600_000) / 60_000
			for _, claim := range []struct {
				text string
				min  float64
			}{{"for 30 minutes", 30}, {"for 10 minutes", 10}, {"the whole window", 4}, {"in both windows", 9}} {
				if strings.Contains(text, claim.text) && (after < claim.min || after > claim.min+3) {
					t.Errorf("%.200s: NO DATA after %g minutes, explained as %q", name, after, text)
				}
			}
		}
	}
	if strings.Contains(text, "evaluated as 0") && strings.Contains(query, "< 1") && status != replay.Alert && !strings.Contains(query, "/") {
		t.Errorf("%.200s: status %s, explained as %q", name, status, text)
	}
	if n := len(g.Transitions); strings.HasPrefix(text, "Without data it keeps its last state:") && n > 0 && g.Transitions[n-1].At.UnixMilli() > rec.Start+3600_000+300_000 {
		t.Errorf("%.200s: %s, explained as %q", name, g.Transitions[n-1].To, text)
	}
	notified := slices.ContainsFunc(m.Notifications, func(n replay.Notification) bool { return n.Kind == replay.KindNoData })
	for claim, want := range map[string]bool{
		"shows NO DATA": noData, "sends a notification": notified, "changes to OK": status == replay.OK && strings.Contains(text, "changes to OK"),
		"the monitor alerts": status == replay.Alert && strings.Contains(text, "evaluated as 0") && !strings.Contains(text, "the thresholds apply"),
	} {
		if strings.Contains(text, claim) != want {
			t.Errorf("%.200s: status %s, notified %v, explained as %q", name, status, notified, text)
		}
	}
}

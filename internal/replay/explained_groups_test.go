package replay_test

import (
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddtest/recordingtest"
	"ddmon/internal/explain"
	"ddmon/internal/replay"
)

// TestExplainedGroups: the groups that explain names are the groups that a replay evaluates, in all kinds of queries
// and where only some of the operands have groups.
func TestExplainedGroups(t *testing.T) {
	rec := recordingtest.New(t, recordingtest.Gauge("m", "host:a team:x", "1x240")+recordingtest.Gauge("m", "host:b team:y", "2x240")+
		recordingtest.Series("up", "service_check", "host:a team:x", "0x240")+
		recordingtest.Series("c", "count", "host:a team:x", "2x240"), nil)
	variables := []any{
		map[string]any{"name": "q", "data_source": "metrics", "query": "avg:m{*} by {host}", "aggregator": "avg"},
		map[string]any{"name": "c", "data_source": "metrics", "query": "sum:c{*}.as_count()", "aggregator": "sum"},
	}
	for _, c := range []struct{ monitorType, query, keys string }{
		{"query alert", "avg(last_5m):avg:m{*} > 1", ""},
		{"query alert", "avg(last_5m):avg:m{*} by {host} / avg:m{*} > 1", "host"},
		{"query alert", "avg(last_5m):avg:m{*} / avg:m{*} by {host,team} > 1", "host team"},
		{"query alert", "sum(last_5m):sum:c{*}.as_count() / sum:c{*} by {host}.as_count() > 1", "host"},
		{"query alert", "avg(last_5m):count_nonzero(avg:m{*} by {host}) > 1", ""},
		{"query alert", "avg(last_5m):avg:m{*} by {team} / count_not_null(avg:m{*} by {host}) > 1", "team"},
		{"query alert", "avg(last_5m):top(avg:m{*} by {host}, 1, 'mean', 'desc') > 1", "host"},
		{"query alert", "pct_change(avg(last_5m),last_5m):avg:m{*} by {host} > 1", "host"},
		{"query alert", `formula("q / c").last("5m") > 1`, "host"},
		{"query alert", `formula("c").last("5m") > 1`, ""},
		{"query alert", `formula("count_nonzero(q) + c").last("5m") > 1`, ""},
		{"service check", `"up".over("*").by("host").last(2).count_by_status()`, "host"},
		{"service check", `"up".over("*").by("team").last(1).pct_by_status()`, "team"},
		{"service check", `"up".over("*").by("*").last(1).pct_by_status()`, ""},
	} {
		body := map[string]any{"type": c.monitorType, "query": c.query, "options": map[string]any{"variables": variables, "thresholds": map[string]any{"critical": 1.0}}}
		res, err := replay.Run([]replay.Monitor{{Address: "monitor.m", Body: body}}, rec, replay.Options{OnePhase: true})
		if err != nil || !res.Monitors[0].Evaluated || len(res.Monitors[0].Groups) == 0 {
			t.Fatalf("%s: %v %+v", c.query, err, res)
		}
		var keys []string
		for _, tag := range res.Monitors[0].Groups[0].Tags {
			key, _, _ := strings.Cut(tag, ":")
			keys = append(keys, key)
		}
		if slices.Sort(keys); strings.Join(keys, " ") != c.keys {
			t.Errorf("%s has the groups %q, want %q", c.query, keys, c.keys)
		}
		said := ""
		for _, s := range explain.Monitor(body, nil) {
			for _, line := range s.Lines {
				if rest, ok := strings.CutPrefix(line, "Multi alert: alerts separately for "); ok {
					said = strings.NewReplacer("each combination of ", "", "each ", "", " and", "", ".", "").Replace(rest)
				}
			}
		}
		if said != c.keys {
			t.Errorf("%s has the groups %q, explained as %q", c.query, c.keys, said)
		}
	}
}

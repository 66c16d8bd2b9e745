package replay

import (
	"encoding/json"
	"testing"

	"ddmon/internal/ddtest/recordingtest"
)

// FuzzRun replays arbitrary queries over a small recording. Each monitor is evaluated or has a reason.
func FuzzRun(f *testing.F) {
	for _, seed := range [][2]string{
		{"avg(last_5m):avg:m{*} by {h} > 5", `{"thresholds": {"warning": 1, "critical_recovery": 2}, "evaluation_delay": 1e300}`},
		{"sum(last_10m):sum:c{h:1}.as_count() / sum:c{*}.rollup(sum, 300) > 5", `{"on_missing_data": "resolve", "timeout_h": -1}`},
		{"change(avg(last_5m),last_10m):default_zero(top(avg:m{*} by {*}, 1, 'mean', 'asc')) > 5", `{"notify_by": ["*"], "new_group_delay": 60}`},
		{"max(current_1h):moving_rollup(ewma_3(diff(sum:m{h:*}.fill(last, 9e99))), 120, 'max') > 5", `{"scheduling_options": {"evaluation_window": {"day_starts": "99:99"}}}`},
		{`logs("boom -@a:[1 TO 2]").rollup("pc99", "@ms").by("service,@x").last("5m") < 5`, `{"group_retention_duration": "1m", "renotify_interval": 1}`},
		{`events("*").rollup("cardinality", "source").last("1h") != 5`, `{}`},
		{`formula("a / default_zero(b)").last("5m") > 1`, `{"variables": [{"name": "a", "data_source": "metrics", "query": "sum:m{*} by {h}"}, {"name": "b", "data_source": "logs", "compute": {"aggregation": "count"}}]}`},
		{`"up".over("*").by("h").last(3).count_by_status()`, `{"thresholds": {"critical": 3}, "notify_no_data": true}`},
		{"1 && !(2 || 1)", `{"notify_no_data": true}`},
		{"avg(last_5m):timeshift(avg:m{*}, -1e300) + timeshift(avg:m{*}, 1e300) > 5", `{}`},
	} {
		f.Add(seed[0], seed[1])
	}
	rec := recordingtest.New(f, recordingtest.Gauge("m", "h:1", "1x100 _x20 9x60")+recordingtest.Gauge("m", "h:2", "0+1x240")+recordingtest.Series("c", "count", "h:1", "1x200")+
		recordingtest.Series("up", "service_check", "h:1", "0x50 2x50 1x50")+"logs \"l\" {}\nevents \"e\" {}\n", map[string]string{
		"l": `{"timestamp": "+21m", "message": "boom", "service": "a", "attributes": {"ms": 7}}` + "\n",
		"e": `{"timestamp": "+22m", "title": "t", "source": "s"}` + "\n",
	})
	f.Fuzz(func(t *testing.T, q, options string) {
		var o map[string]any
		if json.Unmarshal([]byte(options), &o) != nil {
			return
		}
		member := query("avg(last_5m):avg:m{*} by {h} > 5")
		body := map[string]any{"query": q, "options": o, "message": "{{value}} @x"}
		monitors := []Monitor{member, {Address: "monitor.q", ID: "2", Body: body}, {Address: "monitor.c", Body: map[string]any{"type": "composite", "query": q, "options": o}}}
		r, err := Run(monitors, rec, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range r.Monitors {
			if m.Evaluated == (m.Reason != "") {
				t.Errorf("%s: evaluated %t, reason %q", m.Address, m.Evaluated, m.Reason)
			}
			for _, g := range m.Groups {
				for _, x := range g.Transitions {
					if x.Earliest.After(x.At) || x.Latest.Before(x.At) || x.Share <= 0 || x.Share > 1 {
						t.Errorf("%s: %s: %+v", q, options, x)
					}
				}
			}
		}
	})
}

package monitorcheck

import (
	"testing"

	"ddmon/internal/monitor"
)

// FuzzCheck: no query or message makes Check panic, and all positions are inside the string.
func FuzzCheck(f *testing.F) {
	for _, text := range []string{metric, below, grouped, logs, check, anomaly, "1 && 2", `error_budget("a").over("7d") > 75`, `formula("a / b").last("5m") > 1`, "{{#is_match \"a.name\"}}{{valu}}", "avg(last_15)"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, src string) {
		for _, monitorType := range []string{"query alert", "composite", "log alert"} {
			for _, p := range Check(&monitor.Monitor{Type: monitorType, Query: src, Message: src}) {
				if p.Offset < 0 || p.End < p.Offset || p.Offset > len(src) || p.End > len(src) {
					t.Fatalf("%q: problem is outside the string: %+v", src, p)
				}
			}
		}
	})
}

func FuzzFromJSON(f *testing.F) {
	f.Add([]byte(`{"type":"query alert","query":"avg(last_5m):avg:a{*} > 1","options":{"thresholds":{"critical":1},"renotify_interval":"0","variables":[{"name":"a","group_by":[{"facet":"x"}]}],"scheduling_options":{"evaluation_window":{"hour_starts":0}}}}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if m, err := monitor.FromJSON(data); err == nil {
			Check(m)
		}
	})
}

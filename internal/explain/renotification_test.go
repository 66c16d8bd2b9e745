package explain

import (
	"fmt"
	"strings"
	"testing"
)

// TestNeverSays: an option that has no effect is not explained as if it had one.
func TestNeverSays(t *testing.T) {
	for _, c := range []struct{ kind, options, want, not string }{
		{"query alert", `"notify_no_data":false,"renotify_statuses":["alert","no data"]`, "Renotifies every 10 minutes while the state is alert.", "or no data"},
		{"query alert", `"notify_no_data":true,"renotify_statuses":["alert","no data"]`, "while the state is alert or no data.", "Never"},
		{"query alert", `"on_missing_data":"show_no_data"`, "while the state is alert.", "alert or"},
		{"query alert", `"renotify_statuses":["warn"],"escalation_message":"@boss"`, "Never renotifies, because it does not notify of the state warn.", "On every renotification"},
		{"query alert", `"renotify_statuses":["warn"],"thresholds":{"critical":3,"warning":2}`, "while the state is warn.", "Never"},
		{"query alert", `"group_retention_duration":"1h"`, "while the state is alert.", "is dropped"},
		{"rum alert", `"group_retention_duration":"1h"`, "is dropped after 1 hour", "no data or"},
	} {
		query := "avg(last_5m):avg:app.load{*} by {host} > 3"
		if c.kind == "rum alert" {
			query = `rum(\"*\").rollup(\"count\").by(\"@a\").last(\"5m\") > 3`
		}
		body := decode(t, fmt.Appendf(nil, `{"name":"n","type":%q,"query":"%s","message":"@a","options":{"renotify_interval":10,%s}}`, c.kind, query, c.options))
		if got := show(Monitor(body, called)); !strings.Contains(got, c.want) || strings.Contains(got, c.not) {
			t.Errorf("%s: %s", c.options, got)
		}
	}
}

package lint

import (
	"strings"
	"testing"
)

// TestNeverSentReason: the reason matches the monitor.
func TestNeverSentReason(t *testing.T) {
	warning := `"options":{"thresholds":{"critical":5,"warning":4}}`
	tests := []struct{ message, fields, reason string }{
		{"{{#is_warning}}@b{{/is_warning}}", `"options":{}`, "no warning threshold"},
		{"{{#is_warning_recovery}}@b{{/is_warning_recovery}}", `"options":{}`, "no warning threshold"},
		{"{{#is_alert}}{{#is_warning}}@b{{/is_warning}}{{/is_alert}}", warning, "exclude it"},
		{"{{#is_no_data}}@b{{/is_no_data}}", `"options":{}`, "missing data"},
		{"{{#is_no_data_recovery}}@b{{/is_no_data_recovery}}", `"options":{}`, "missing data"},
		{"{{#is_renotify}}@b{{/is_renotify}}", `"options":{}`, "renotify"},
		{"{{#is_unknown}}@b{{/is_unknown}}", `"options":{}`, "service check"},
		{"{{#is_recovery}}@b{{/is_recovery}}", `"options":{"scheduling_options":{"custom_schedule":{"recurrences":[]}}}`, "independent"},
		{"{{#is_renotify}}@b{{/is_renotify}}", `"options":{"renotify_interval":10,"scheduling_options":{"custom_schedule":{"recurrences":[]}}}`, "independent"},
		{"{{#is_alert}}a{{else}}{{#is_alert}}@b{{/is_alert}}{{/is_alert}}", `"options":{}`, "exclude it"},
		{"{{^is_alert}}{{#is_alert}}@b{{/is_alert}}{{/is_alert}}", `"options":{}`, "exclude it"},
	}
	for _, test := range tests {
		objects := stack{"monitor.m": monitorOf("avg(last_5m):avg:a.b{*} > 5", `"message":`+quote(test.message), test.fields)}.objects(t)
		m := newPass(inputOf(objects)).monitors[0]
		never := m.neverSent()
		if len(never) != 1 {
			t.Errorf("%s: %d branches are never sent", test.message, len(never))
			continue
		}
		if reason, _ := neverSentReason(m, never[0]); !strings.Contains(reason, test.reason) {
			t.Errorf("%s: %s", test.message, reason)
		}
	}
}

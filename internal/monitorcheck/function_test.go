package monitorcheck

import (
	"strings"
	"testing"

	"ddmon/internal/monitor"
)

// TestUnknownFunctions: the warning about an unknown function says what to do, also if no name is similar.
func TestUnknownFunctions(t *testing.T) {
	for name, want := range map[string]string{
		"default_zer": "did you mean default_zero?",
		"ABS":         "did you mean abs?",
		"absolute":    "did you mean abs?",
		"monotonic":   "did you mean monotonic_diff?",
		"frobnicate":  "use a function from https://docs.datadoghq.com/dashboards/functions/.",
	} {
		m := monitor.FromBody(map[string]any{"type": "query alert", "query": "avg(last_5m):" + name + "(avg:a{*}) > 1"})
		found := false
		for _, p := range Check(m) {
			if p.Code == "unknown_function" {
				found = true
				if p.Severity != SeverityWarning || !strings.HasPrefix(p.Hint, want) {
					t.Errorf("%s: severity %v, hint %q, want %q", name, p.Severity, p.Hint, want)
				}
			}
		}
		if !found {
			t.Errorf("%s is not reported", name)
		}
	}
}

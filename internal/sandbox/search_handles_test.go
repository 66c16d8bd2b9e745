package sandbox

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestNotifications: a search result has the handles of a message, each as handle and as name, without the @.
func TestNotifications(t *testing.T) {
	for message, want := range map[string][]string{
		"":                              {},
		"no handle":                     {},
		"@slack-ops":                    {"slack-ops"},
		"call @slack-ops, then @team-a": {"slack-ops", "team-a"},
		"line\n@a.b@example.com.":       {"a.b@example.com"},
		"mail a@example.com":            {},
		"@":                             {},
		"{{#is_alert}} @pagerduty-x\n{{/is_alert}}": {"pagerduty-x"},
	} {
		out := []any{}
		for _, name := range want {
			out = append(out, object{"handle": name, "name": name})
		}
		if diff := cmp.Diff(out, notifications(message)); diff != "" {
			t.Errorf("%q:\n%s", message, diff)
		}
	}
}

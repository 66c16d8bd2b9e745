package suggest_test

import (
	"fmt"
	"strings"
	"testing"

	"ddmon/internal/suggest"
)

func TestClosest(t *testing.T) {
	names := []string{"critical", "warning", "critical_recovery"}
	for written, want := range map[string]string{
		"critcal": "critical", "warnings": "warning", "critical_recovry": "critical_recovery", "x": "", "something": "",
		strings.Repeat("critical", 20): "",
	} {
		if got := suggest.Closest(written, names); got != want {
			t.Errorf("%q: %q, want %q", written, got, want)
		}
	}
}

func TestClosestField(t *testing.T) {
	fields := []string{"message", "name", "query", "renotify_interval"}
	for written, want := range map[string]string{"mesage": "message", "nam": "name", "renotfy_intervall": "renotify_interval", "zebra": ""} {
		if got := suggest.Closest(written, fields); got != want {
			t.Errorf("Closest(%q) = %q, want %q", written, got, want)
		}
	}
}

// TestManyCandidates: of very many candidates only those are compared that begin like what was written, and of long ones none.
func TestManyCandidates(t *testing.T) {
	var names []string
	for i := range 5000 {
		names = append(names, fmt.Sprintf("other_%d", i))
	}
	if got := suggest.Closest("xritical", append(names, "critical")); got != "" {
		t.Errorf("%q begins otherwise", got)
	}
	if got := suggest.Closest("critcal", append(names, "critical")); got != "critical" {
		t.Errorf("%q", got)
	}
	if got := suggest.Closest("a", []string{strings.Repeat("a", 201)}); got != "" {
		t.Errorf("%d characters", len(got))
	}
}

package suggest_test

import (
	"fmt"
	"strings"
	"testing"

	"ddmon/internal/suggest"
)

func TestClosest(t *testing.T) {
	names := []string{"critical", "warning", "critical_recovery"}
	for name, want := range map[string]string{
		"critcal": "critical", "warnings": "warning", "critical_recovry": "critical_recovery", "x": "", "something": "",
		strings.Repeat("critical", 20): "",
	} {
		if got := suggest.Closest(name, names); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestClosestField(t *testing.T) {
	fields := []string{"message", "name", "query", "renotify_interval"}
	for name, want := range map[string]string{"mesage": "message", "nam": "name", "renotfy_intervall": "renotify_interval", "zebra": ""} {
		if got := suggest.Closest(name, fields); got != want {
			t.Errorf("Closest(%q) = %q, want %q", name, got, want)
		}
	}
}

// TestManyCandidates: with many candidates, only those with the same beginning are compared. Long candidates are
// skipped.
func TestManyCandidates(t *testing.T) {
	var names []string
	for i := range 5000 {
		names = append(names, fmt.Sprintf("other_%d", i))
	}
	if got := suggest.Closest("xritical", append(names, "critical")); got != "" {
		t.Errorf("got %q, want no candidate with another beginning", got)
	}
	if got := suggest.Closest("critcal", append(names, "critical")); got != "critical" {
		t.Errorf("%q", got)
	}
	if got := suggest.Closest("a", []string{strings.Repeat("a", 201)}); got != "" {
		t.Errorf("got a candidate of %d characters", len(got))
	}
}

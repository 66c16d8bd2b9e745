package plan_test

import (
	"testing"

	"ddmon/internal/ddtest"
	"ddmon/internal/kind"
	"ddmon/internal/plan"
)

// TestEditsAreTrimmed: an edit of a string has it as Datadog stores it, so a query in a heredoc differs only in its
// threshold.
func TestEditsAreTrimmed(t *testing.T) {
	live := ddtest.Object(t, `{"type":"query alert","query":"avg(last_5m):avg:x{*} > 5","message":"a"}`)
	desired := ddtest.Object(t, `{"type":"query alert","query":"avg(last_5m):avg:x{*} > 6\n","message":" b\n"}`)
	_, edits, _ := plan.Compare(kind.Named("monitor"), desired, live, nil)
	want := map[string][2]any{
		"message": {"a", "b"},
		"query":   {"avg(last_5m):avg:x{*} > 5", "avg(last_5m):avg:x{*} > 6"},
	}
	if len(edits) != len(want) {
		t.Errorf("edits %+v", edits)
	}
	for _, e := range edits {
		if got := [2]any{e.Before, e.After}; got != want[e.Path.String()] {
			t.Errorf("%s: %q", e.Path, got)
		}
	}
}

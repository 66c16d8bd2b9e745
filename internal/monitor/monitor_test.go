package monitor

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFromJSON(t *testing.T) {
	got, err := FromJSON([]byte(`{
		"type": "rum alert", "query": "q", "message": "m", "priority": 3,
		"options": {
			"thresholds": {"critical": 2, "warning": null, "critical_query": {}}, "threshold_windows": null,
			"notify_no_data": false, "renotify_interval": "0", "renotify_statuses": ["alert"], "notify_by": ["*"],
			"scheduling_options": {"evaluation_window": {"day_starts": "04:00"}},
			"variables": [{"name": "a", "group_by": [{"facet": "@x"}]}, {"name": "b"}]
		}}`))
	if err != nil {
		t.Fatal(err)
	}
	want := &Monitor{Type: "rum alert", Query: "q", Message: "m", Priority: opt(3.0), Options: Options{
		Thresholds: Thresholds{Critical: opt(2.0), Dynamic: true, DynamicCritical: true}, NotifyNoData: opt(false),
		RenotifyStatuses: []string{"alert"}, NotifyBy: []string{"*"},
		EvaluationWindow: &EvaluationWindow{DayStarts: opt("04:00")},
		Variables:        []Variable{{Name: "a", By: []string{"@x"}}, {Name: "b"}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := FromJSON([]byte(`[]`)); err == nil {
		t.Error("a list must not be parsed as a monitor")
	}
}

// TestDynamicThresholds: a query for either threshold makes it dynamic; only one for the alert replaces the number.
func TestDynamicThresholds(t *testing.T) {
	for _, test := range []struct {
		thresholds        map[string]any
		dynamic, critical bool
	}{
		{map[string]any{"critical_query": map[string]any{}}, true, true},
		{map[string]any{"critical_recovery_query": map[string]any{}}, true, false},
		{map[string]any{"critical_query": map[string]any{}, "critical_recovery_query": map[string]any{}}, true, true},
		{map[string]any{"critical": 5.0, "critical_recovery": 4.0}, false, false},
		{map[string]any{"critical_query": nil, "critical_recovery_query": nil}, false, false},
	} {
		got := FromBody(map[string]any{"options": map[string]any{"thresholds": test.thresholds}}).Options.Thresholds
		if got.Dynamic != test.dynamic || got.DynamicCritical != test.critical {
			t.Errorf("%v: %+v", test.thresholds, got)
		}
	}
}

// opt returns a pointer to an option value.
func opt[T any](v T) *T { return &v }

// ids is a string with an unknown ID.
type ids struct{}

func (ids) String() string { return "${monitor.a.id} && 2" }

// TestFromBody: FromBody reads numbers in both forms and strings with references, and ignores fields of other types.
func TestFromBody(t *testing.T) {
	got := FromBody(map[string]any{
		"type": "composite", "query": ids{}, "name": 5, "message": json.Number("7"), "priority": json.Number("0"), "draft_status": "draft",
		"options": map[string]any{
			"renotify_interval": 5, "timeout_h": json.Number("1e999"), "include_tags": false, "new_host_delay": 60.5,
			"variables": []any{map[string]any{
				"name": "a", "data_source": "logs", "search": map[string]any{"query": "x"},
				"compute": map[string]any{"aggregation": "avg", "metric": "@d"}, "base_query": map[string]any{"query": "avg:a{*}"},
			}},
		},
	})
	want := &Monitor{Type: "composite", Query: "${monitor.a.id} && 2", Priority: opt(0.0), Draft: true, Options: Options{
		RenotifyInterval: opt(5.0), IncludeTags: opt(false), NewHostDelay: opt(60.5),
		Variables: []Variable{{
			Name: "a", DataSource: "logs", Search: "x", Compute: &Compute{"avg", "@d"}, Base: &Variable{Query: "avg:a{*}"},
		}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got.PriorityLabel() != "" || (&Monitor{Priority: opt(2.0)}).PriorityLabel() != "P2" {
		t.Error("wrong priority label")
	}
}

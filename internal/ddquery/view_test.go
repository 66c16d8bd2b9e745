package ddquery

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMonitorFromJSON(t *testing.T) {
	got, err := MonitorFromJSON([]byte(`{
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
	want := &Monitor{Type: "rum alert", Query: "q", Message: "m", Options: Options{
		Thresholds: Thresholds{Critical: opt(2.0), Dynamic: true}, NotifyNoData: opt(false),
		RenotifyStatuses: []string{"alert"}, NotifyBy: []string{"*"},
		EvaluationWindow: &EvaluationWindow{DayStarts: true},
		Variables:        []FormulaVariable{{Name: "a", By: []string{"@x"}}, {Name: "b"}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := MonitorFromJSON([]byte(`[]`)); err == nil {
		t.Error("a list is read as a monitor")
	}
}

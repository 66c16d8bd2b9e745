package monitor

import (
	"slices"
	"testing"
)

// TestRenotifiedStatuses: only statuses of which the monitor notifies are renotified, and Events agrees.
func TestRenotifiedStatuses(t *testing.T) {
	warning := Thresholds{Warning: opt(1.0)}
	for _, test := range []struct {
		options Options
		want    []string
	}{
		{Options{}, []string{"alert"}},
		{Options{NotifyNoData: opt(true)}, []string{"alert", "no data"}},
		{Options{NotifyNoData: opt(false), RenotifyStatuses: []string{"alert", "no data"}}, []string{"alert"}},
		{Options{OnMissingData: "show_no_data", RenotifyStatuses: []string{"no data"}}, nil},
		{Options{OnMissingData: "show_and_notify_no_data", RenotifyStatuses: []string{"no data"}}, []string{"no data"}},
		{Options{RenotifyStatuses: []string{"warn"}}, nil},
		{Options{RenotifyStatuses: []string{"warn"}, Thresholds: warning}, []string{"warn"}},
		{Options{Thresholds: warning}, []string{"alert"}},
	} {
		m := &Monitor{Type: "query alert", Options: test.options}
		if got := m.RenotifiedStatuses(); got != nil {
			t.Errorf("%+v without an interval: %q", test.options, got)
		}
		m.Options.RenotifyInterval = opt(10.0)
		if got := m.RenotifiedStatuses(); !slices.Equal(got, test.want) {
			t.Errorf("%+v: %q, want %q", test.options, got, test.want)
		}
		var want Events
		for i, status := range []string{"alert", "warn", "no data"} {
			if slices.Contains(test.want, status) {
				want |= OnRenotifyAlert << i
			}
		}
		if got := m.Events() & Renotifications; got != want {
			t.Errorf("%+v: events %b, want %b", test.options, got, want)
		}
	}
}

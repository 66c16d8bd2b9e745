package behaviour_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/behaviour"
	"ddmon/internal/ddtest/shop"
)

// TestShop: effects of changes to the sock shop's monitors on both recordings.
func TestShop(t *testing.T) {
	desired := shop.Objects(t)
	live := applied(t, desired)
	const still = "the stack: alerts in incident-5 after 3m30s via monitor.no_replicas [no change]"
	halves := []string{
		"monitor.backlog: raises no false alarms in healthy-day [no change]",
		"monitor.consumer_failure: raises no false alarms in healthy-day [no change]",
		"the stack: raises no false alarms in healthy-day [no change]",
	}
	missed := append([]string{
		"monitor.backlog: alerts in incident-5 after 6m00s but notifies no one; would not alert [different]",
		"monitor.consumer_failure: would no longer detect incident-5 (still detected by monitor.no_replicas) [no longer detected]",
		still,
	}, halves...)
	tests := []struct {
		name, monitor string
		edits         []string
		want          []string
	}{
		{"a backlog that the queue never reaches", "monitor.backlog", []string{"10", "40"}, missed},
		{"a backlog of a hundred", "monitor.backlog", []string{"10", "100"}, missed},
		{"a window longer than the backlog lasts", "monitor.backlog", []string{"last_2m", "last_10m"}, missed},
		{"a longer window", "monitor.backlog", []string{"last_2m", "last_5m"}, append([]string{
			"monitor.backlog: alerts in incident-5 after 6m00s but notifies no one; would alert after 9m00s but notify no one [different]",
			"monitor.consumer_failure: alerts in incident-5 after 6m59s, would alert after 9m59s [later]",
			still,
		}, halves...)},
		{"a limit within a short burst", "monitor.queue_depth", []string{"min(last_5m)", "max(last_1m)", "50", "20", "25", "10"}, []string{
			"monitor.queue_depth: would detect incident-5 after 7m00s [newly detected]",
			still,
			"monitor.queue_depth: would raise up to 3 false alarms in healthy-day [new false alarms]",
			"the stack: would raise up to 3 false alarms in healthy-day [new false alarms]",
		}},
		{"fewer recipients of the first notification", "monitor.no_replicas", []string{"@pagerduty-orders ", ""}, []string{
			"monitor.no_replicas: alerts in incident-5 after 3m30s, would no longer notify @pagerduty-orders [different]",
			still,
			"monitor.no_replicas: raises no false alarms in healthy-day [no change]",
			"the stack: raises no false alarms in healthy-day [no change]",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := behaviour.Compare(build(t, edited(t, desired, test.monitor, test.edits...), live), shop.Recordings(t, "incident-5", "healthy-day"), behaviour.Options{})
			if d := cmp.Diff(test.want, texts(r)); d != "" {
				t.Error(d)
			}
		})
	}
}

package monitor

import (
	"testing"
	"time"
)

// TestMissingDataPolicy: what the options say, for every kind of query.
func TestMissingDataPolicy(t *testing.T) {
	const window = 5 * time.Minute
	yes, no, ten, negative, endless := true, false, 10.0, -1.0, 1e300
	for _, counts := range []bool{false, true} {
		for _, events := range []bool{false, true} {
			for _, grouped := range []bool{false, true} {
				for _, op := range []string{"<", "<=", ">", ">=", "==", "!="} {
					q := Querying{Counts: counts, Events: events, Grouped: grouped, Comparator: op, Window: window}
					zero := MissingDataPolicy{When: EvaluateAsZero, WhenAll: events && grouped && op[0] == '<'}
					keep := MissingDataPolicy{When: KeepStatus}
					silent := MissingDataPolicy{When: ShowNoData, After: 2 * window}
					byDefault, unset := keep, silent
					if counts {
						byDefault = zero
					}
					if counts && events {
						unset = zero
					}
					notifies := func(after time.Duration) MissingDataPolicy {
						return MissingDataPolicy{When: ShowNoData, Notify: true, After: after}
					}
					for _, tt := range []struct {
						options Options
						want    MissingDataPolicy
					}{
						{Options{OnMissingData: "default"}, byDefault},
						{Options{OnMissingData: "show_no_data"}, MissingDataPolicy{When: ShowNoData}},
						{Options{OnMissingData: "show_and_notify_no_data"}, MissingDataPolicy{When: ShowNoData, Notify: true}},
						{Options{OnMissingData: "resolve"}, MissingDataPolicy{When: Resolve}},
						{Options{OnMissingData: "resolve", NotifyNoData: &yes, NoDataTimeframe: &ten}, MissingDataPolicy{When: Resolve}},
						{Options{}, unset}, {Options{NotifyNoData: &no}, unset}, {Options{NoDataTimeframe: &ten}, unset},
						{Options{NotifyNoData: &yes}, notifies(2 * window)},
						{Options{NotifyNoData: &yes, NoDataTimeframe: &ten}, notifies(10 * time.Minute)},
						{Options{NotifyNoData: &yes, NoDataTimeframe: &negative}, notifies(2 * window)},
						{Options{NotifyNoData: &yes, NoDataTimeframe: &endless}, notifies(maxTimeframe * time.Minute)},
					} {
						if got := tt.options.MissingDataPolicy(q); got != tt.want {
							t.Errorf("%+v for %+v: %+v, want %+v", tt.options, q, got, tt.want)
						}
					}
				}
			}
		}
	}
}

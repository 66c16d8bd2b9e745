package lint

import (
	"fmt"
	"testing"

	"ddmon/internal/ddquery"
)

// TestNoDataTimeframe: for every window, twice the window passes Validate and Lint, and one minute less is a finding.
func TestNoDataTimeframe(t *testing.T) {
	for _, window := range []string{"last_1m", "last_5m", "last_4h", "last_1d", "last_2d", "last_1w", "last_1mo"} {
		w, err := ddquery.ParseWindow(window)
		if err != nil {
			t.Fatal(err)
		}
		minutes := int(w.Duration().Minutes())
		for frame, want := range map[int]int{2 * minutes: 0, 2*minutes - 1: 1} {
			m := monitorOf("sum("+window+"):sum:a.b{*} > 1", fmt.Sprintf(`"options":{"notify_no_data":true,"no_data_timeframe":%d}`, frame))
			in := inputOf(stack{"monitor.a": m}.objects(t))
			found := append(Validate(in), ofRule(Lint(in), "no_data_timeframe")...)
			if len(found) != want {
				t.Errorf("%s with %d minutes: %v", window, frame, found)
			}
		}
	}
}

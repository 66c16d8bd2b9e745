package replay

import (
	"math"
	"testing"
	"time"

	"ddmon/internal/evaluate"
)

// TestMerge: runs with the same changes are one history, however far apart the times are. Of runs with other changes,
// each change joins the nearest alike one, and the others are of some seconds only.
func TestMerge(t *testing.T) {
	const minute = 60_000
	at := func(minutes ...int64) []statusChange {
		var all []statusChange
		for i, m := range minutes {
			from, to := OK, Alert
			if i%2 == 1 {
				from, to = to, from
			}
			all = append(all, statusChange{at: m * minute, from: from, to: to, value: math.NaN()})
		}
		return all
	}
	for name, tt := range map[string]struct {
		primary, other  []statusChange
		seen, elsewhere string
		widest          time.Duration
	}{
		"same times":      {at(10, 20), at(10, 20), "00:10:00 Alert, 00:20:00 OK", "", 0},
		"near":            {at(10, 20), at(11, 20), "00:10:00 Alert, 00:20:00 OK", "", time.Minute},
		"same changes":    {at(10, 20), at(18, 28), "00:10:00 Alert, 00:20:00 OK", "", 8 * time.Minute},
		"none":            {nil, nil, "", "", 0},
		"only in another": {nil, at(10, 20), "", "00:10:00 Alert, 00:20:00 OK", 0},
		"not in another":  {at(10, 20), nil, "00:10:00 Alert, 00:20:00 OK", "", 0},
		"one more":        {at(10, 20), at(11, 21, 40, 45), "00:10:00 Alert, 00:20:00 OK", "00:40:00 Alert, 00:45:00 OK", time.Minute},
		"one more, far":   {at(10, 20), at(1, 5, 11, 21), "00:10:00 Alert, 00:20:00 OK", "00:01:00 Alert, 00:05:00 OK", time.Minute},
		"one fewer":       {at(10, 20, 40, 45), at(12, 22), "00:10:00 Alert, 00:20:00 OK, 00:40:00 Alert, 00:45:00 OK", "", 2 * time.Minute},
	} {
		m := merger{zone: time.UTC, near: 3 * minute, account: evaluate.NewBudget(t.Context(), 1).Account(0)}
		seen, elsewhere := m.transitions(&phaseRun{share: 0.5, tracks: tracks{{changes: tt.primary}}}, []phaseRun{{share: 0.5, tracks: tracks{{changes: tt.other}}}}, 0)
		widest := time.Duration(0)
		for _, s := range seen {
			widest = max(widest, s.Latest.Sub(s.Earliest))
		}
		if history(seen) != tt.seen || history(elsewhere) != tt.elsewhere || widest != tt.widest {
			t.Errorf("%s: %s; elsewhere %s; up to %s", name, history(seen), history(elsewhere), widest)
		}
	}
}

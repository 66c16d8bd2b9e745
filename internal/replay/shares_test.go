package replay

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"ddmon/internal/ddtest/recordingtest"
)

// TestShares compares cluster alerts over random check runs with a count of the last statuses by hand.
func TestShares(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	const hosts, minutes, perMinute = 7, 60, 4
	for range 20 {
		var runs [hosts][minutes * perMinute]int // -1 is no run
		text := ""
		for h := range runs {
			values := ""
			sparse := random.IntN(3) == 0
			for i := range runs[h] {
				runs[h][i] = []int{0, 0, 0, 1, 2, 2, 3}[random.IntN(7)]
				if sparse && random.IntN(20) > 0 {
					runs[h][i] = -1
				}
				values += " " + strings.Replace(fmt.Sprint(runs[h][i]), "-1", "_", 1)
			}
			text += recordingtest.Series("up", "service_check", fmt.Sprintf("env:%d host:%d", h%2, h), values)
		}
		rec := recordingtest.New(t, text, nil)
		critical, warning := float64(20+random.IntN(40)), float64(10+random.IntN(40))
		m := monitorOf("service check", `"up".over("*").by("env").last(1).pct_by_status()`, "thresholds", map[string]any{"critical": critical, "warning": warning})
		for _, g := range replayed(t, rec, m, withValues).Groups {
			for _, v := range g.Values {
				// Phase 17: of each minute, the runs at seconds 0 and 15 come before the evaluation.
				before := int(v.At.Sub(time.UnixMilli(rec.Start)).Seconds()+14) / 15
				all, bad, warn := 0, 0, 0
				for h := range runs {
					if fmt.Sprint("env:", h%2) != g.Group {
						continue
					}
					last := -1
					for _, status := range runs[h][:min(before, len(runs[h]))] {
						if status >= 0 {
							last = status
						}
					}
					switch last {
					case 2:
						bad++
					case 1:
						warn++
					}
					if last >= 0 {
						all++
					}
				}
				want := OK
				switch {
				case 100*float64(bad) > critical*float64(all):
					want = Alert
				case 100*float64(warn) > warning*float64(all):
					want = Warn
				}
				if v.Status != want {
					t.Fatalf("%s at %s: %s, want %s (%d critical and %d warning of %d, thresholds %g and %g)", g.Group, v.At, v.Status, want, bad, warn, all, critical, warning)
				}
			}
		}
	}
}

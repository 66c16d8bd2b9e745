package replay

import (
	"fmt"
	"strings"
	"testing"

	"ddmon/internal/ddtest/recordingtest"
	"ddmon/internal/series"
)

// dayRecording returns a recording of n series, one per host, of 5,760 points that go up and down.
func dayRecording(t testing.TB, n int) *series.Recording {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "series \"load\" {\n tags = [\"host:h%d\"]\n type = \"gauge\"\n values = %q\n}\n", i,
			strings.Repeat("0+1x60 60-1x60 ", 48))
	}
	return recordingtest.New(t, `start = "2025-01-01T00:00:00Z"
end = "2025-01-02T00:00:00Z"
`+b.String(), nil)
}

func benchmark(b *testing.B, monitors []Monitor, rec *series.Recording, o Options) {
	b.ReportAllocs()
	evaluations := 0
	for b.Loop() {
		r, err := Run(monitors, rec, o)
		if err != nil || !r.Monitors[0].Evaluated || len(r.Monitors[0].Groups) == 0 {
			b.Fatal(err, r)
		}
		evaluations += len(monitors) * len(r.Monitors[0].Groups) * 1436
	}
	if o.OnePhase {
		b.ReportMetric(float64(evaluations)/b.Elapsed().Seconds(), "evaluations/s")
	}
}

func BenchmarkDay(b *testing.B) {
	rec := dayRecording(b, 1)
	for _, window := range []string{"5m", "1h", "23h"} {
		b.Run(window, func(b *testing.B) {
			benchmark(b, []Monitor{query("avg(last_" + window + "):avg:load{*} > 50")}, rec, Options{OnePhase: true})
		})
	}
}

func BenchmarkDayGrouped(b *testing.B) {
	benchmark(b, []Monitor{query("avg(last_5m):avg:load{*} by {host} > 50")}, dayRecording(b, 100), Options{OnePhase: true})
}

func BenchmarkThousand(b *testing.B) {
	rec := dayRecording(b, 1000)
	var monitors []Monitor
	for i := range 1000 {
		m := query(fmt.Sprintf("avg(last_5m):avg:load{host:h%d} > 50", i))
		m.Address = fmt.Sprintf("monitor.m%d", i)
		monitors = append(monitors, m)
	}
	b.Run("one phase", func(b *testing.B) { benchmark(b, monitors, rec, Options{OnePhase: true}) })
	b.Run("all phases", func(b *testing.B) { benchmark(b, monitors, rec, Options{}) })
}

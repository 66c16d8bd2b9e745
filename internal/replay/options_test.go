package replay

import (
	"testing"
	"time"

	"ddmon/internal/monitor"
)

// TestInterval: a window has the interval of the first row that is at least as long, and the last row has no end.
func TestInterval(t *testing.T) {
	const day = 24 * time.Hour
	own := Options{Rollup: []Rollup{{time.Minute, 5 * time.Second}, {time.Hour, time.Minute}}}
	for _, tt := range []struct {
		options Options
		window  time.Duration
		want    time.Duration
	}{
		{Options{}, time.Minute, 20 * time.Second}, {Options{}, time.Hour, 20 * time.Second},
		{Options{}, time.Hour + time.Minute, time.Minute}, {Options{}, 4 * time.Hour, time.Minute},
		{Options{}, 4*time.Hour + time.Minute, 5 * time.Minute}, {Options{}, day, 5 * time.Minute},
		{Options{}, day + time.Minute, 10 * time.Minute}, {Options{}, 2 * day, 10 * time.Minute},
		{Options{}, 2*day + time.Minute, time.Hour}, {Options{}, 7 * day, time.Hour},
		{Options{}, 7*day + time.Minute, 4 * time.Hour}, {Options{}, 31 * day, 4 * time.Hour}, {Options{}, 90 * day, 4 * time.Hour},
		{own, time.Minute, 5 * time.Second}, {own, 2 * time.Minute, time.Minute}, {own, 2 * time.Hour, time.Minute},
	} {
		if got := tt.options.Interval(tt.window); got != tt.want.Milliseconds() {
			t.Errorf("%s: %dms, want %s", tt.window, got, tt.want)
		}
	}
}

// TestRetention: group_retention_duration in each unit. What is not a duration leaves the default.
func TestRetention(t *testing.T) {
	const otherwise = 7
	for text, want := range map[string]time.Duration{
		"1m": time.Minute, "90m": 90 * time.Minute, "2h": 2 * time.Hour, "3d": 72 * time.Hour, "10000m": 10_000 * time.Minute,
		"": 0, "5": 0, "m": 0, "0h": 0, "-1h": 0, "10001m": 0, "3w": 0, "3s": 0, "1hour": 0,
	} {
		var c compiled
		c.view = &monitor.Monitor{Options: monitor.Options{GroupRetentionDuration: text}}
		wanted := want.Milliseconds()
		if want == 0 {
			wanted = otherwise
		}
		if got := c.retention(otherwise); got != wanted {
			t.Errorf("%q: %d, want %d", text, got, wanted)
		}
	}
}

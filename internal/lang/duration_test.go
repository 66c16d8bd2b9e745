package lang

import (
	"testing"
	"time"
)

func TestParseDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"5m": 5 * time.Minute, "1h30m": 90 * time.Minute, "90s": 90 * time.Second, "1d": 24 * time.Hour, "2d12h": 60 * time.Hour, "0s": 0,
		"1.5m": 90 * time.Second, "500ms": 500 * time.Millisecond, "9999d": 9999 * 24 * time.Hour,
	} {
		if got, ok := ParseDuration(text); !ok || got != want {
			t.Errorf("%s is %s, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "5", "m", "-5m", "+5m", "5 m", "1d-5m", "1d+5m", "5m1d", "5 minutes", "12345d", "99999999999h", "9999d2500000h", "1w"} {
		if got, ok := ParseDuration(text); ok {
			t.Errorf("%q is read as %s", text, got)
		}
	}
}

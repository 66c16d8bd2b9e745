package testfile

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParseRecordingTime(t *testing.T) {
	for text, want := range map[string]RecordingTime{
		"14:24:11":                  {},
		"2025-11-09T14:24:11Z":      {},
		"2025-11-09T19:54:11+05:30": {},
		"+4m10s":                    {},
		"incident_start":            {Phase: "incident_start"},
		"incident_start+4m":         {Phase: "incident_start", Offset: 4 * time.Minute},
		"incident_start - 1d":       {Phase: "incident_start", Offset: -24 * time.Hour},
		"phase-2":                   {Phase: "phase-2"},
		"phase-2-5m":                {Phase: "phase-2", Offset: -5 * time.Minute},
		"phase-2m":                  {Phase: "phase", Offset: -2 * time.Minute},
	} {
		want.Text = text
		if got, ok := ParseRecordingTime(text); !ok || got != want {
			t.Errorf("%s: %v %s", text, ok, cmp.Diff(want, got))
		}
	}
	for _, text := range []string{"", "24:00:00", "14:24", "14:24:11.5x", "4m", "-4m", "+", "incident_start+", "incident_start+x", "incident_start+4", "a b", "2025-11-09"} {
		if got, ok := ParseRecordingTime(text); ok {
			t.Errorf("%q is parsed as %+v", text, got)
		}
	}
}

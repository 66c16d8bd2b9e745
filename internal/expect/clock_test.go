package expect

import (
	"strings"
	"testing"
	"time"

	"ddmon/internal/testfile"
)

// TestResolve: every form of a time in a recording from 10:00 to 11:00, and why others are invalid.
func TestResolve(t *testing.T) {
	c := clock{hour()}
	for _, tt := range []struct {
		time  testfile.RecordingTime
		want  string
		fails string
	}{
		{time: testfile.RecordingTime{Text: "10:05:00"}, want: "10:05:00"},
		{time: testfile.RecordingTime{Text: "10:00:00"}, want: "10:00:00"},
		{time: testfile.RecordingTime{Text: "11:00:00"}, want: "11:00:00"},
		{time: testfile.RecordingTime{Text: "+5m"}, want: "10:05:00"},
		{time: testfile.RecordingTime{Text: "+1h"}, want: "11:00:00"},
		{time: testfile.RecordingTime{Text: "2025-11-09T10:05:00Z"}, want: "10:05:00"},
		{time: testfile.RecordingTime{Text: "2025-11-09T11:05:00+01:00"}, want: "10:05:00"},
		{time: testfile.RecordingTime{Phase: "incident_end"}, want: "10:30:00"},
		{time: testfile.RecordingTime{Phase: "incident_end", Offset: time.Minute}, want: "10:31:00"},
		{time: testfile.RecordingTime{Phase: "incident_end", Offset: -time.Minute}, want: "10:29:00"},
		{time: testfile.RecordingTime{Phase: "incident_edn"}, fails: `has no phase "incident_edn"`},
		{time: testfile.RecordingTime{Phase: "incident_edn", Offset: time.Minute}, fails: `has no phase "incident_edn"`},
		{time: testfile.RecordingTime{Text: "11:00:01"}, fails: "is outside the recording (10:00:00 to 11:00:00)"},
		{time: testfile.RecordingTime{Text: "09:59:59"}, fails: "is outside the recording"},
		{time: testfile.RecordingTime{Text: "+61m"}, fails: "is outside the recording"},
		{time: testfile.RecordingTime{Text: "+5x"}, fails: "unknown unit"},
		{time: testfile.RecordingTime{Text: "soon"}, fails: `"soon" is not a valid time`},
		{time: testfile.RecordingTime{Text: "2025-11-08T10:05:00Z"}, fails: "is outside the recording"},
	} {
		at, err := c.resolve(tt.time)
		if tt.fails == "" && (err != nil || at.Format(time.TimeOnly) != tt.want) || tt.fails != "" && (err == nil || !strings.Contains(err.Error(), tt.fails)) {
			t.Errorf("%+v: %s, %v, want %s%s", tt.time, at.Format(time.TimeOnly), err, tt.want, tt.fails)
		}
	}
}

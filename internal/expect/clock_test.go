package expect

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ddmon/internal/replay"
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
		{time: testfile.RecordingTime{Text: "+0d5m"}, want: "10:05:00"},
		{time: testfile.RecordingTime{Text: "+0d"}, want: "10:00:00"},
		{time: testfile.RecordingTime{Text: "+0d5x"}, fails: "unknown unit"},
		{time: testfile.RecordingTime{Text: "+10001d"}, fails: "is too long"},
		{time: testfile.RecordingTime{Text: "+1d"}, fails: "is outside the recording"},
		{time: testfile.RecordingTime{Text: "soon"}, fails: `"soon" is not a valid time`},
		{time: testfile.RecordingTime{Text: "2025-11-08T10:05:00Z"}, fails: "is outside the recording"},
	} {
		at, err := c.resolve(tt.time)
		if tt.fails == "" && (err != nil || at.Format(time.TimeOnly) != tt.want) || tt.fails != "" && (err == nil || !strings.Contains(err.Error(), tt.fails)) {
			t.Errorf("%+v: %s, %v, want %s%s", tt.time, at.Format(time.TimeOnly), err, tt.want, tt.fails)
		}
	}
}

// TestHistory: a description lists a few transitions of a group and counts the others.
func TestHistory(t *testing.T) {
	c := clock{hour()}
	list := func(n int) []replay.Transition {
		var all []replay.Transition
		for i := range n {
			to := []replay.Status{replay.Alert, replay.OK}[i%2]
			all = append(all, moved(to, to, fmt.Sprintf("%02d:00", i), fmt.Sprintf("%02d:30", i), 1))
		}
		return all
	}
	for n, want := range map[int]string{
		0: "OK throughout",
		1: "OK, Alert at 10:00:00–10:00:30",
		6: "OK at 10:05:00–10:05:30",
		7: ", OK at 10:05:00–10:05:30, and 1 more changes",
		9: ", OK at 10:05:00–10:05:30, and 3 more changes",
	} {
		got := c.describeHistory(groupHistory{&replay.GroupResult{Initial: replay.OK, Transitions: list(n)}})
		if !strings.HasSuffix(got, want) || strings.Count(got, " at ") != min(n, maxTransitions) {
			t.Errorf("%d transitions: %s, want %s", n, got, want)
		}
	}
	gone := c.describeHistory(groupHistory{&replay.GroupResult{Initial: replay.Gone, Transitions: list(1)}})
	if gone != "Alert at 10:00:00–10:00:30" {
		t.Error(gone)
	}
}

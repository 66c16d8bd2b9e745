package testfile

import (
	"regexp"
	"strings"
	"time"

	"ddmon/internal/lang"
)

// RecordingTime is a point in time of a recording.
type RecordingTime struct {
	// Text is the source text.
	Text string
	// Phase is the name of the phase that Offset counts from. If it is empty, package series parses Text: a clock time
	// (14:24:11), an absolute time (RFC 3339) or an offset from the recording's start (+4m).
	Phase string
	// Offset from the phase; negative if before the phase.
	Offset time.Duration
}

var (
	clockForm = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$`)
	// A phase name can contain "-", but an offset at the end is not part of the name.
	phaseForm = regexp.MustCompile(`^([\pL_][\pL\pN_-]*?)\s*(?:([+-])\s*(\d[\d.dhms]*[dhms]))?$`)
)

// ParseRecordingTime parses a RecordingTime in any of its forms. It returns false if the text has none of them.
func ParseRecordingTime(text string) (RecordingTime, bool) {
	t := RecordingTime{Text: text}
	if clockForm.MatchString(text) {
		return t, true
	}
	if _, err := time.Parse(time.RFC3339, text); err == nil {
		return t, true
	}
	if offset, ok := strings.CutPrefix(text, "+"); ok {
		_, ok := lang.ParseDuration(offset)
		return t, ok
	}
	parts := phaseForm.FindStringSubmatch(text)
	if parts == nil {
		return t, false
	}
	t.Phase = parts[1]
	if parts[2] == "" {
		return t, true
	}
	d, ok := lang.ParseDuration(parts[3])
	if t.Offset = d; parts[2] == "-" {
		t.Offset = -d
	}
	return t, ok
}

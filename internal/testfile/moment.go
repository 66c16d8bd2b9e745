package testfile

import (
	"regexp"
	"strings"
	"time"

	"ddmon/internal/lang"
)

// Moment is a point in time of a recording.
type Moment struct {
	// Text is the moment as it is written.
	Text string
	// Phase is the name of the phase from which it is counted. If it is empty, Text is a time for the recording to
	// read: a clock time (14:24:11), an absolute one (RFC 3339) or an offset from its start (+4m).
	Phase string
	// Offset from the phase; negative before it.
	Offset time.Duration
}

var (
	clockForm = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$`)
	// A phase's name may hold "-": what is an offset is none of it.
	phaseForm = regexp.MustCompile(`^([\pL_][\pL\pN_-]*?)\s*(?:([+-])\s*(\d[\d.dhms]*[dhms]))?$`)
)

// parseMoment reads a moment in any of its forms.
func parseMoment(text string) (Moment, bool) {
	m := Moment{Text: text}
	if clockForm.MatchString(text) {
		return m, true
	}
	if _, err := time.Parse(time.RFC3339, text); err == nil {
		return m, true
	}
	if offset, ok := strings.CutPrefix(text, "+"); ok {
		_, ok := lang.ParseDuration(offset)
		return m, ok
	}
	parts := phaseForm.FindStringSubmatch(text)
	if parts == nil {
		return m, false
	}
	m.Phase = parts[1]
	if parts[2] == "" {
		return m, true
	}
	d, ok := lang.ParseDuration(parts[3])
	if m.Offset = d; parts[2] == "-" {
		m.Offset = -d
	}
	return m, ok
}

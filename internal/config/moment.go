package config

import (
	"regexp"
	"strconv"
	"strings"
	"time"
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
	dayForm   = regexp.MustCompile(`^(\d{1,4})d`)
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
		_, ok := parseDuration(offset)
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
	d, ok := parseDuration(parts[3])
	if m.Offset = d; parts[2] == "-" {
		m.Offset = -d
	}
	return m, ok
}

// parseDuration reads a span of time as time.ParseDuration does, with days before the rest and without a sign.
func parseDuration(text string) (time.Duration, bool) {
	if text == "" || text[0] < '0' || text[0] > '9' {
		return 0, false
	}
	var days time.Duration
	if parts := dayForm.FindStringSubmatch(text); parts != nil {
		n, _ := strconv.Atoi(parts[1]) // at most four digits
		days, text = time.Duration(n)*24*time.Hour, text[len(parts[0]):]
		if text == "" {
			return days, true
		}
	}
	rest, err := time.ParseDuration(text)
	if err != nil || rest < 0 || text[0] == '+' || text[0] == '-' || days+rest < days {
		return 0, false
	}
	return days + rest, true
}

package expect

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"ddmon/internal/diag"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// clock converts the times of a recording and formats them in its time zone.
type clock struct{ rec *series.Recording }

func (c clock) at(ms int64) time.Time { return time.UnixMilli(ms).In(c.rec.Location) }
func (c clock) start() time.Time      { return c.at(c.rec.Start) }
func (c clock) end() time.Time        { return c.at(c.rec.End) }

// show formats a time of day, with the date if the recording is longer than a day.
func (c clock) show(t time.Time) string {
	if c.rec.End-c.rec.Start > (24 * time.Hour).Milliseconds() {
		return t.In(c.rec.Location).Format(time.DateTime)
	}
	return t.In(c.rec.Location).Format(time.TimeOnly)
}

// span formats a range of times, or a single time if both are the same.
func (c clock) span(from, to time.Time) string {
	if from.Equal(to) {
		return c.show(from)
	}
	return c.show(from) + "–" + c.show(to)
}

// maxListedPhases is how many phases of a recording are listed when one is not found.
const maxListedPhases = 20

// phase returns the time of a phase; false if the recording does not have it.
func (c clock) phase(name string) (time.Time, bool) {
	p, ok := c.rec.Phase(name)
	if !ok {
		return time.Time{}, false
	}
	return c.at(p.At), true
}

// missing says that the recording does not have a phase, and which ones it has.
func (c clock) missing(name string) string {
	if len(c.rec.Phases) == 0 {
		return fmt.Sprintf("The recording %s has no phases. Add phases { %s = \"HH:MM:SS\" } to its recording.hcl.", c.rec.Name, name)
	}
	var names []string
	for _, p := range c.rec.Phases {
		names = append(names, p.Name)
	}
	return fmt.Sprintf("The recording %s has no phase %q.%s Its phases: %s.", c.rec.Name, name, diag.DidYouMean(name, names), joinUpTo(names, maxListedPhases))
}

// Resolve returns the time of a recording time, which must be inside the recording.
func Resolve(rec *series.Recording, t testfile.RecordingTime) (time.Time, error) {
	return clock{rec}.resolve(t)
}

// resolve returns the time of a recording time, which must be inside the recording.
func (c clock) resolve(m testfile.RecordingTime) (time.Time, error) {
	t, err := c.point(m)
	if err == nil && (t.Before(c.start()) || t.After(c.end())) {
		err = fmt.Errorf("%s is outside the recording (%s to %s)", m.Text, c.show(c.start()), c.show(c.end()))
	}
	return t, err
}

func (c clock) point(m testfile.RecordingTime) (time.Time, error) {
	if m.Phase != "" {
		t, ok := c.phase(m.Phase)
		if !ok {
			return t, errors.New(c.missing(m.Phase))
		}
		return t.Add(m.Offset), nil
	}
	if offset, ok := strings.CutPrefix(m.Text, "+"); ok {
		d, err := duration(offset)
		return c.start().Add(d), err
	}
	if t, err := time.Parse(time.RFC3339, m.Text); err == nil {
		return t.In(c.rec.Location), nil
	}
	return c.timeOfDay(m.Text)
}

// timeOfDay returns the first time in the recording with a time of day, which must be unique.
func (c clock) timeOfDay(text string) (time.Time, error) {
	of, err := time.Parse(time.TimeOnly, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is not a valid time", text)
	}
	if c.rec.End-c.rec.Start > (24 * time.Hour).Milliseconds() {
		return time.Time{}, fmt.Errorf("%s is ambiguous in a recording longer than a day: add the date, as in 2025-11-09T14:17:17Z", text)
	}
	year, month, day := c.start().Date()
	t := time.Date(year, month, day, of.Hour(), of.Minute(), of.Second(), 0, c.rec.Location)
	if t.Before(c.start()) {
		t = time.Date(year, month, day+1, of.Hour(), of.Minute(), of.Second(), 0, c.rec.Location)
	}
	if t.Format(time.TimeOnly) != text {
		return t, fmt.Errorf("%s does not exist on that day in %s (daylight saving time): use an absolute time", text, c.rec.Location)
	}
	return t, nil
}

var days = regexp.MustCompile(`^(\d+)d`)

// duration parses a duration such as 1h30m, with optional days: 1d12h.
func duration(text string) (time.Duration, error) {
	parts := days.FindStringSubmatch(text)
	if parts == nil {
		return time.ParseDuration(text)
	}
	n, err := strconv.Atoi(parts[1])
	if err != nil || n > 10_000 {
		return 0, fmt.Errorf("%s is too long", text)
	}
	total := time.Duration(n) * 24 * time.Hour
	if text = text[len(parts[0]):]; text == "" {
		return total, nil
	}
	rest, err := time.ParseDuration(text)
	return total + rest, err
}

// Brief formats a duration without zero units: 5m, not 5m0s.
func Brief(d time.Duration) string {
	text := d.Round(time.Second).String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

package expect

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"ddmon/internal/diag"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// clock tells the moments of a recording and writes them as people of its time zone read them.
type clock struct{ rec *series.Recording }

func (c clock) at(ms int64) time.Time { return time.UnixMilli(ms).In(c.rec.Location) }
func (c clock) start() time.Time      { return c.at(c.rec.Start) }
func (c clock) end() time.Time        { return c.at(c.rec.End) }

// show writes a time of day, with the date where a recording is longer than a day.
func (c clock) show(t time.Time) string {
	if c.rec.End-c.rec.Start > (24 * time.Hour).Milliseconds() {
		return t.In(c.rec.Location).Format(time.DateTime)
	}
	return t.In(c.rec.Location).Format(time.TimeOnly)
}

// span writes two times, or one if they are the same.
func (c clock) span(from, to time.Time) string {
	if from.Equal(to) {
		return c.show(from)
	}
	return c.show(from) + "–" + c.show(to)
}

// phase finds a phase of the recording. The error is text for a person.
func (c clock) phase(name string) (time.Time, error) {
	if p, ok := c.rec.Phase(name); ok {
		return c.at(p.At), nil
	}
	if len(c.rec.Phases) == 0 {
		return time.Time{}, fmt.Errorf("the recording %s has no phases, so no %q", c.rec.Name, name)
	}
	var names []string
	for _, p := range c.rec.Phases {
		names = append(names, p.Name)
	}
	return time.Time{}, fmt.Errorf("the recording %s has no phase %q, only %s.%s", c.rec.Name, name, strings.Join(names, ", "), diag.DidYouMean(name, names))
}

// moment finds a point in time. The error is text for a person.
func (c clock) moment(m testfile.RecordingTime) (time.Time, error) {
	t, err := c.point(m)
	if err == nil && (t.Before(c.start()) || t.After(c.end())) {
		err = fmt.Errorf("%s is outside the recording, which goes from %s to %s", m.Text, c.show(c.start()), c.show(c.end()))
	}
	return t, err
}

func (c clock) point(m testfile.RecordingTime) (time.Time, error) {
	if m.Phase != "" {
		t, err := c.phase(m.Phase)
		return t.Add(m.Offset), err
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

// timeOfDay is the first moment of the recording at which clocks show the text; that has to be the only one.
func (c clock) timeOfDay(text string) (time.Time, error) {
	of, err := time.Parse(time.TimeOnly, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is not a time", text)
	}
	if c.rec.End-c.rec.Start > (24 * time.Hour).Milliseconds() {
		return time.Time{}, fmt.Errorf("%s is ambiguous in a recording longer than a day; write the date too: 2025-11-09T14:17:17Z", text)
	}
	year, month, day := c.start().Date()
	t := time.Date(year, month, day, of.Hour(), of.Minute(), of.Second(), 0, c.rec.Location)
	if t.Before(c.start()) {
		t = time.Date(year, month, day+1, of.Hour(), of.Minute(), of.Second(), 0, c.rec.Location)
	}
	if t.Format(time.TimeOnly) != text {
		return t, fmt.Errorf("clocks in %s leave out %s on that day; write an absolute time", c.rec.Location, text)
	}
	return t, nil
}

var days = regexp.MustCompile(`^(\d+)d`)

// duration reads 1h30m, with days before the rest: 1d12h.
func duration(text string) (time.Duration, error) {
	parts := days.FindStringSubmatch(text)
	if parts == nil {
		return time.ParseDuration(text)
	}
	n, err := strconv.Atoi(parts[1])
	if err != nil || n > 10_000 {
		return 0, fmt.Errorf("%s is too long a time", text)
	}
	whole := time.Duration(n) * 24 * time.Hour
	if text = text[len(parts[0]):]; text == "" {
		return whole, nil
	}
	rest, err := time.ParseDuration(text)
	return whole + rest, err
}

// brief writes a duration without parts that are zero: 5m, not 5m0s.
func brief(d time.Duration) string {
	text := d.Round(time.Second).String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

package series

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // time zones must not depend on the machine
)

// clock parses and formats times in the recording's time zone.
type clock struct {
	location   *time.Location
	start, end int64
}

const timeForms = "Write an absolute time (2025-11-09T14:17:17Z), a clock time in the recording's time zone (19:47:17), or an offset from its start (+4m10s)."

var dateTime = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d+)?$`)

var clockTime = regexp.MustCompile(`^\d{2}:\d{2}:\d{2}(\.\d+)?$`)

// parse parses a time in any of the three forms. The error text is the detail of a diagnostic.
func (c *clock) parse(text string) (int64, error) {
	switch {
	case strings.HasPrefix(text, "+"):
		d, err := time.ParseDuration(text[1:])
		if err != nil || d < 0 {
			return 0, fmt.Errorf("%q is not a valid offset. Write an offset such as +4m10s", truncate(text))
		}
		return c.start + d.Milliseconds(), nil
	case clockTime.MatchString(text):
		return c.timeOfDay(text)
	}
	return c.absolute(text)
}

// absolute parses RFC 3339. The offset must be UTC or that of the recording's time zone: any other is probably a
// mistake.
func (c *clock) absolute(text string) (int64, error) {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return 0, fmt.Errorf("%q is not a valid time. %s", truncate(text), timeForms)
	}
	_, offset := t.Zone()
	local := t.In(c.location)
	if _, want := local.Zone(); offset != 0 && offset != want {
		return 0, fmt.Errorf("The offset of %s does not match the time zone %s. Write %s, or use UTC with Z.",
			text, c.location, local.Format(time.RFC3339Nano))
	}
	return t.UnixMilli(), nil
}

// timeOfDay finds the first time at or after the start of the recording at which clocks show text.
func (c *clock) timeOfDay(text string) (int64, error) {
	if c.end-c.start > (24 * time.Hour).Milliseconds() {
		return 0, fmt.Errorf("%s is ambiguous in a recording longer than a day. Include the date: 2025-11-09T14:17:17Z.", truncate(text))
	}
	of, err := time.Parse(time.TimeOnly, text)
	if err != nil {
		return 0, fmt.Errorf("%s is not a valid time of day. %s", truncate(text), timeForms)
	}
	year, month, day := time.UnixMilli(c.start).In(c.location).Date()
	for ; ; day++ {
		t := time.Date(year, month, day, of.Hour(), of.Minute(), of.Second(), of.Nanosecond(), c.location)
		if err := c.checkShown(t, of, text); err != nil {
			return 0, err
		}
		if t.UnixMilli() >= c.start {
			return t.UnixMilli(), nil
		}
	}
}

// checkShown reports a time at which clocks do not show a time of day, or one that they show twice.
func (c *clock) checkShown(t, of time.Time, text string) error {
	same := func(other time.Time) bool { return other.Format(time.TimeOnly) == of.Format(time.TimeOnly) }
	switch {
	case !same(t):
		return fmt.Errorf("Clocks in %s skip %s on that day. Write an absolute time.", c.location, text)
	case same(t.Add(time.Hour)), same(t.Add(-time.Hour)):
		return fmt.Errorf("Clocks in %s show %s twice on that day. Write an absolute time.", c.location, text)
	}
	return nil
}

// local parses a date and time without an offset, in the recording's time zone.
func (c *clock) local(text string) (int64, error) {
	t, err := time.ParseInLocation(time.DateTime, strings.Replace(text, "T", " ", 1), c.location)
	if err != nil {
		return 0, fmt.Errorf("%q is not a valid time. %s", truncate(text), timeForms)
	}
	of, _ := time.Parse(time.DateTime, strings.Replace(text, "T", " ", 1)) // parsed above
	return t.UnixMilli(), c.checkShown(t, of, text)
}

// timestamp parses the timestamp of a line of data: a time in any form that parse accepts, a date and time in the
// recording's time zone, or a Unix time in seconds or, with 12 or more digits, milliseconds.
func (c *clock) timestamp(text string) (int64, error) {
	if dateTime.MatchString(text) {
		return c.local(text)
	}
	if len(text) < 9 || len(text) > 15 || strings.Trim(text, "0123456789") != "" {
		return c.parse(text)
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err == nil && len(text) < 12 {
		n *= 1000
	}
	return n, err
}

// format formats a time in the recording's time zone.
func (c *clock) format(at int64) string {
	return time.UnixMilli(at).In(c.location).Format("2006-01-02T15:04:05.999Z07:00")
}

// contains reports whether a time is within the recording.
func (c *clock) contains(at int64) bool { return at >= c.start && at < c.end }

// outside returns the detail of a diagnostic for a time outside the recording.
func (c *clock) outside(what string, at int64) string {
	return fmt.Sprintf("%s is at %s, but the recording starts at %s and ends before %s. Move it, or change start or end of the recording.",
		what, c.format(at), c.format(c.start), c.format(c.end))
}

func milliseconds(d time.Duration) int64 { return int64(d / time.Millisecond) }

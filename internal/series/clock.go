package series

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // time zones by name must not depend on the machine
)

// clock reads and shows times in the recording's time zone.
type clock struct {
	location   *time.Location
	start, end int64
}

const timeForms = "Write an absolute time (2025-11-09T14:17:17Z), a clock time in the recording's time zone (19:47:17), or an offset from its start (+4m10s)."

var clockTime = regexp.MustCompile(`^\d{2}:\d{2}:\d{2}(\.\d+)?$`)

// parse reads a time in any of the three forms. The error is text for a diagnostic's detail.
func (c *clock) parse(text string) (int64, error) {
	switch {
	case strings.HasPrefix(text, "+"):
		d, err := time.ParseDuration(text[1:])
		if err != nil || d < 0 {
			return 0, fmt.Errorf("%q is not an offset such as +4m10s", short(text))
		}
		return c.start + d.Milliseconds(), nil
	case clockTime.MatchString(text):
		return c.today(text)
	}
	return c.absolute(text)
}

// absolute reads RFC 3339. An offset that is neither UTC nor the time zone's is an error, for it is mostly a slip.
func (c *clock) absolute(text string) (int64, error) {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return 0, fmt.Errorf("%q is not a time. %s", short(text), timeForms)
	}
	_, offset := t.Zone()
	local := t.In(c.location)
	if _, want := local.Zone(); offset != 0 && offset != want {
		return 0, fmt.Errorf("%s has another offset than the time zone %s, where it is %s. Write it so, or in UTC with Z.",
			text, c.location, local.Format(time.RFC3339Nano))
	}
	return t.UnixMilli(), nil
}

// today finds the first moment at or after the start at which clocks show the text.
func (c *clock) today(text string) (int64, error) {
	if c.end-c.start > (24 * time.Hour).Milliseconds() {
		return 0, fmt.Errorf("%s is ambiguous in a recording longer than a day. Write the date too: 2025-11-09T14:17:17Z.", short(text))
	}
	of, err := time.Parse(time.TimeOnly, text)
	if err != nil {
		return 0, fmt.Errorf("%s is not a time of day. %s", short(text), timeForms)
	}
	year, month, day := time.UnixMilli(c.start).In(c.location).Date()
	for ; ; day++ {
		t := time.Date(year, month, day, of.Hour(), of.Minute(), of.Second(), of.Nanosecond(), c.location)
		same := func(other time.Time) bool { return other.Format(time.TimeOnly) == of.Format(time.TimeOnly) }
		switch {
		case !same(t):
			return 0, fmt.Errorf("Clocks in %s leave out %s on that day. Write an absolute time.", c.location, text)
		case same(t.Add(time.Hour)), same(t.Add(-time.Hour)):
			return 0, fmt.Errorf("Clocks in %s show %s twice on that day. Write an absolute time.", c.location, text)
		case t.UnixMilli() >= c.start:
			return t.UnixMilli(), nil
		}
	}
}

// stamp reads the timestamp of a line of data: as parse, or a Unix time in seconds or (12 digits and more)
// milliseconds.
func (c *clock) stamp(text string) (int64, error) {
	if len(text) < 9 || len(text) > 15 || strings.Trim(text, "0123456789") != "" {
		return c.parse(text)
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err == nil && len(text) < 12 {
		n *= 1000
	}
	return n, err
}

// show writes a time as people of the recording's time zone read it.
func (c *clock) show(at int64) string {
	return time.UnixMilli(at).In(c.location).Format("2006-01-02T15:04:05.999Z07:00")
}

// holds reports whether a sample, log or event may be at that time.
func (c *clock) holds(at int64) bool { return at >= c.start && at < c.end }

// outside is the detail for a time that the recording does not hold.
func (c *clock) outside(what string, at int64) string {
	return fmt.Sprintf("%s is at %s; the recording goes from %s to before %s. Move it, or change start or end of the recording.",
		what, c.show(at), c.show(c.start), c.show(c.end))
}

// milliseconds of an interval.
func milliseconds(d time.Duration) int64 { return int64(d / time.Millisecond) }

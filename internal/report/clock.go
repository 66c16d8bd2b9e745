package report

import (
	"math"
	"time"

	"ddmon/internal/render/safe"
	"ddmon/internal/series"
)

// clock formats the times of a recording, and converts them to shares of its length.
type clock struct {
	zone       *time.Location
	start, end int64
	// showsDate says that times include the date, because the recording covers more than one day.
	showsDate bool
}

func newClock(rec *series.Recording) clock {
	c := clock{zone: rec.Location, start: rec.Start, end: rec.End}
	if c.zone == nil {
		c.zone = time.UTC
	}
	// An end at midnight belongs to the previous day.
	c.showsDate = c.day(rec.Start) != c.day(rec.End-1)
	return c
}

func (c clock) at(ms int64) time.Time      { return time.UnixMilli(ms).In(c.zone) }
func (c clock) day(ms int64) string        { return c.at(ms).Format(time.DateOnly) }
func (c clock) show(t time.Time) safe.Text { return c.ms(t.UnixMilli()) }

// ms writes a time in seconds, with the date if necessary.
func (c clock) ms(ms int64) safe.Text {
	if c.showsDate {
		return safe.Time(c.at(ms), "2 Jan 15:04:05")
	}
	return safe.Time(c.at(ms), time.TimeOnly)
}

// exact writes the time of a log, in milliseconds.
func (c clock) exact(ms int64) safe.Text {
	if c.showsDate {
		return safe.Time(c.at(ms), "2 Jan 15:04:05.000")
	}
	return safe.Time(c.at(ms), "15:04:05.000")
}

// span writes the start and end of the recording.
func (c clock) span() safe.Text {
	const full = "2 January 2006, 15:04:05"
	to := safe.Time(c.at(c.end), time.TimeOnly)
	if c.day(c.start) != c.day(c.end) {
		to = safe.Time(c.at(c.end), full)
	}
	return safe.Time(c.at(c.start), full) + " to " + to
}

// offset writes the time zone: Asia/Kolkata (UTC+05:30).
func (c clock) offset() safe.Text {
	name := safe.Line(c.zone.String())
	if name == "UTC" {
		return name
	}
	return name + " (UTC" + safe.Time(c.at(c.start), "-07:00") + ")"
}

// share converts a time to a share of the recording: 0 at its start or before, 1 at its end or after.
func (c clock) share(ms int64) float64 {
	return round(min(1, max(0, float64(ms-c.start)/float64(c.end-c.start))))
}

// round keeps the digits that matter on a screen.
func round(share float64) float64 { return math.Round(share*1e5) / 1e5 }

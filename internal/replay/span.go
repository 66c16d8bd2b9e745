package replay

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
)

// span is the evaluation window of a query.
type span struct {
	// length is in milliseconds. For a cumulative window it is the maximum length.
	length int64
	// unit is the unit of the window: m, h, d, w or mo.
	unit string
	// calendar is nil for a sliding window.
	calendar *calendar
}

// at returns the start of the window that ends at to.
func (s span) at(to int64) (from int64) {
	if s.calendar != nil {
		return s.calendar.start(to)
	}
	return to - s.length
}

// calendar computes the start of cumulative windows: current_1h, current_1d, current_1mo.
type calendar struct {
	unit         string
	minute, hour int
	day          int
	zone         *time.Location
}

// newSpan returns the span of a window. schedule sets the start of a cumulative window.
func newSpan(w *ddquery.Window, schedule *monitor.EvaluationWindow) (span, error) {
	s := span{length: w.Duration().Milliseconds(), unit: w.Unit}
	switch w.Kind {
	case ddquery.WindowLast:
		return s, nil
	case ddquery.WindowCurrent:
		var err error
		s.calendar, err = newCalendar(w.Unit, schedule)
		if w.Unit == "mo" {
			s.length = 31 * evaluate.Day
		}
		return s, err
	default:
		return s, evaluate.NotEvaluated("the window " + w.Text + " is not supported")
	}
}

func newCalendar(unit string, schedule *monitor.EvaluationWindow) (*calendar, error) {
	if schedule == nil {
		schedule = &monitor.EvaluationWindow{}
	}
	c := &calendar{unit: unit, day: int(or(schedule.MonthStarts, 1)), minute: int(or(schedule.HourStarts, 0)), zone: time.UTC}
	if schedule.DayStarts != nil && *schedule.DayStarts != "" {
		at := *schedule.DayStarts
		h, m, _ := strings.Cut(at, ":")
		var err1, err2 error
		c.hour, err1 = strconv.Atoi(h)
		c.minute, err2 = strconv.Atoi(m)
		if err1 != nil || err2 != nil {
			return nil, evaluate.NotEvaluated(fmt.Sprintf("invalid day_starts %q: write \"14:00\"", at))
		}
	}
	if name := schedule.Timezone; name != "" {
		zone, err := time.LoadLocation(name)
		if err != nil {
			return nil, evaluate.NotEvaluated("unknown time zone " + name)
		}
		c.zone = zone
	}
	return c, nil
}

// start returns the latest start of an hour, day or month before to.
func (c *calendar) start(to int64) int64 {
	// If to is a start, the window is the complete previous one, not an empty one.
	t := time.UnixMilli(to - 1).In(c.zone)
	var at time.Time
	back := func(years, months, days int) {
		if at.After(t) {
			at = at.AddDate(years, months, days)
		}
	}
	switch c.unit {
	case "h":
		at = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), c.minute, 0, 0, c.zone)
		if at.After(t) {
			at = at.Add(-time.Hour)
		}
	case "mo":
		at = time.Date(t.Year(), t.Month(), c.day, c.hour, c.minute, 0, 0, c.zone)
		back(0, -1, 0)
	default:
		at = time.Date(t.Year(), t.Month(), t.Day(), c.hour, c.minute, 0, 0, c.zone)
		back(0, 0, -1)
	}
	return at.UnixMilli()
}

// every returns the time between evaluations for a window of the given length.
func every(length int64) int64 {
	switch {
	case length < evaluate.Day:
		return evaluate.Minute
	case length < 2*evaluate.Day:
		return 10 * evaluate.Minute
	}
	return 30 * evaluate.Minute
}

// completeness returns the length of the intervals that require_full_window checks.
func (s span) completeness() int64 {
	switch s.unit {
	case "h":
		return 10 * evaluate.Minute
	case "d", "w":
		return evaluate.Hour
	case "mo":
		return 4 * evaluate.Hour
	}
	return evaluate.Minute
}

// complete implements require_full_window: the first interval of the window has data, and at most three others do not.
func (s span) complete(b *evaluate.Base, group int, from, to int64) bool {
	interval := s.completeness()
	empty := 0
	for at := from; at < to; at += interval {
		if b.Any(group, at, min(at+interval, to)) {
			continue
		}
		if empty++; at == from || empty > 3 {
			return false
		}
	}
	return true
}

func milliseconds(n int64) time.Duration { return time.Duration(n) * time.Millisecond }

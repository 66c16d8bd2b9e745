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

// span is the window of a query, laid anew for each evaluation.
type span struct {
	// length is in milliseconds; of a cumulative window the longest that it grows to.
	length int64
	// unit is what the window is written in: m, h, d, w or mo.
	unit string
	// calendar is nil for a sliding window.
	calendar *calendar
}

// at returns the window that ends at to.
func (s span) at(to int64) (from int64) {
	if s.calendar != nil {
		return s.calendar.start(to)
	}
	return to - s.length
}

// calendar is when cumulative windows start: current_1h, current_1d, current_1mo.
type calendar struct {
	unit         string
	minute, hour int
	day          int
	zone         *time.Location
}

// newSpan reads a window; schedule says when a cumulative one starts.
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
		return s, evaluate.NotEvaluated("the window " + w.Text)
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
			return nil, evaluate.NotEvaluated(fmt.Sprintf("day_starts is %q; write it as \"14:00\"", at))
		}
	}
	if name := schedule.Timezone; name != "" {
		zone, err := time.LoadLocation(name)
		if err != nil {
			return nil, evaluate.NotEvaluated("the time zone " + name + " is not known")
		}
		c.zone = zone
	}
	return c, nil
}

// start is the latest start of an hour, day or month before to.
func (c *calendar) start(to int64) int64 {
	// A window that ends where it starts would be empty: the one before is complete then.
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

// every is the time between two evaluations of a window of that length.
func every(length int64) int64 {
	switch {
	case length < evaluate.Day:
		return evaluate.Minute
	case length < 2*evaluate.Day:
		return 10 * evaluate.Minute
	}
	return 30 * evaluate.Minute
}

// completeness is the length of the pieces that require_full_window looks at.
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

// complete is require_full_window: data in the first piece of the window, and in all but three of the others.
func (s span) complete(b *evaluate.Base, group int, from, to int64) bool {
	piece := s.completeness()
	empty := 0
	for at := from; at < to; at += piece {
		if b.Any(group, at, min(at+piece, to)) {
			continue
		}
		if empty++; at == from || empty > 3 {
			return false
		}
	}
	return true
}

func milliseconds(n int64) time.Duration { return time.Duration(n) * time.Millisecond }

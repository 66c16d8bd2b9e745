package monitor

import (
	"slices"
	"time"
)

// Recurrence is a recurrence rule (RFC 5545) of a custom schedule with its start.
type Recurrence struct {
	// start is the first possible time, in the time zone of the schedule. hour, minute and second are the time of day.
	start                time.Time
	hour, minute, second int
	freq                 string
	// interval is the number of days, weeks, months or years from one period to the next.
	interval int
	count    int       // maximum number of times; 0 means no limit
	until    time.Time // last possible time; zero means no limit
	// The following select days within a period. Empty means the day of start.
	months, monthDays []int
	weekdays          []weekday
	positions         []int // BYSETPOS
	weekStart         time.Weekday
}

// weekday is a day of the week. nth is its position in the month, from the end if negative; 0 means all of them.
type weekday struct {
	day time.Weekday
	nth int
}

// Start returns the first possible time of the schedule.
func (r *Recurrence) Start() time.Time { return r.start }

// Between returns the times of the schedule in [from, to), in order.
func (r *Recurrence) Between(from, to time.Time) []time.Time {
	var times []time.Time
	n := 0
	for i := r.firstPeriod(from); ; i += r.interval {
		begin, days := r.period(i)
		if begin.After(to.AddDate(0, 0, 1)) {
			return times
		}
		for _, day := range r.selected(days) {
			at := r.at(day)
			if at.Before(r.start) {
				continue
			}
			n++
			if r.count > 0 && n > r.count || !r.until.IsZero() && at.After(r.until) || !at.Before(to) {
				return times
			}
			if !at.Before(from) {
				times = append(times, at)
			}
		}
	}
}

// firstPeriod returns the number of the first period to look at: 0, the period of the start, or, if times are not
// counted, the last one that begins before from.
func (r *Recurrence) firstPeriod(from time.Time) int {
	days := int(from.Sub(r.start).Hours() / 24)
	if r.count > 0 || days <= 0 {
		return 0
	}
	longest := map[string]int{"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}[r.freq]
	return max(0, days/longest-2) / r.interval * r.interval
}

// period returns the days of period i after that of the start.
func (r *Recurrence) period(i int) (begin time.Time, days []time.Time) {
	y, m, d := r.start.Date()
	var end time.Time
	switch r.freq {
	case "DAILY":
		begin = date(y, m, d+i)
		end = begin.AddDate(0, 0, 1)
	case "WEEKLY":
		back := (int(r.start.Weekday()) - int(r.weekStart) + 7) % 7
		begin = date(y, m, d-back+7*i)
		end = begin.AddDate(0, 0, 7)
	case "MONTHLY":
		begin = date(y, m+time.Month(i), 1)
		end = begin.AddDate(0, 1, 0)
	default:
		begin = date(y+i, time.January, 1)
		end = begin.AddDate(1, 0, 0)
	}
	for day := begin; day.Before(end); day = day.AddDate(0, 0, 1) {
		if r.matches(day) {
			days = append(days, day)
		}
	}
	return begin, days
}

// date returns a day as midnight UTC, so that all days have the same length.
func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// matches reports whether the rule selects a day, before BYSETPOS.
func (r *Recurrence) matches(day time.Time) bool {
	last := date(day.Year(), day.Month()+1, 0).Day()
	if len(r.months) > 0 && !slices.Contains(r.months, int(day.Month())) {
		return false
	}
	if len(r.monthDays) > 0 && !slices.Contains(r.monthDays, day.Day()) && !slices.Contains(r.monthDays, day.Day()-last-1) {
		return false
	}
	if len(r.weekdays) > 0 {
		return slices.ContainsFunc(r.weekdays, func(w weekday) bool {
			return w.day == day.Weekday() &&
				(w.nth == 0 || w.nth == (day.Day()-1)/7+1 || w.nth == -((last-day.Day())/7+1))
		})
	}
	switch {
	case len(r.monthDays) > 0 || r.freq == "DAILY":
		return true
	case r.freq == "WEEKLY":
		return day.Weekday() == r.start.Weekday()
	case r.freq == "YEARLY" && len(r.months) == 0 && day.Month() != r.start.Month():
		return false
	}
	return day.Day() == r.start.Day()
}

// selected applies BYSETPOS to the days of a period.
func (r *Recurrence) selected(days []time.Time) []time.Time {
	if len(r.positions) == 0 {
		return days
	}
	var out []time.Time
	for i, day := range days {
		if slices.Contains(r.positions, i+1) || slices.Contains(r.positions, i-len(days)) {
			out = append(out, day)
		}
	}
	return out
}

// at returns the time of the schedule on a day.
func (r *Recurrence) at(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), r.hour, r.minute, r.second, 0, r.start.Location())
}

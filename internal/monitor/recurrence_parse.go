package monitor

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Schedule is a recurrence of options.scheduling_options.custom_schedule, as written.
type Schedule struct{ Rule, Start, Timezone string }

// maxRule limits the length of a recurrence rule.
const maxRule = 1000

// startLayout is the format of the start of a schedule, in its time zone.
const startLayout = "2006-01-02T15:04:05"

// Recurrence parses the rule. The error says which part cannot be evaluated. Datadog does not accept rules for more
// than one evaluation a day, nor DTSTART, DTEND and DURATION.
func (s Schedule) Recurrence() (*Recurrence, error) {
	zone, err := time.LoadLocation(s.Timezone)
	if err != nil {
		return nil, fmt.Errorf("unknown time zone %s", s.Timezone)
	}
	if s.Start == "" {
		return nil, errors.New("the custom schedule has no start, so its time of day is not known")
	}
	start, err := time.ParseInLocation(startLayout, s.Start, zone)
	if err != nil || start.Year() < 1970 {
		return nil, fmt.Errorf("invalid start %q of the custom schedule: write 2025-01-31T08:00:00", s.Start)
	}
	r := &Recurrence{start: start, interval: 1, weekStart: time.Monday}
	r.hour, r.minute, r.second = start.Clock()
	if len(s.Rule) > maxRule {
		return nil, errors.New("the rule of the custom schedule is too long")
	}
	for part := range strings.SplitSeq(strings.TrimPrefix(strings.TrimSpace(s.Rule), "RRULE:"), ";") {
		name, value, _ := strings.Cut(part, "=")
		if err := r.set(strings.ToUpper(strings.TrimSpace(name)), strings.ToUpper(strings.TrimSpace(value))); err != nil {
			return nil, err
		}
	}
	return r, r.check()
}

// set sets a part of the rule.
func (r *Recurrence) set(name, value string) (err error) {
	switch name {
	case "":
	case "FREQ":
		r.freq = value
	case "INTERVAL":
		r.interval, err = bounded(value, 1, 1000)
	case "COUNT":
		r.count, err = bounded(value, 1, 1_000_000)
	case "UNTIL":
		r.until, err = until(value, r.start.Location())
	case "WKST":
		var w weekday
		w, err = parseWeekday(value)
		r.weekStart = w.day
	case "BYMONTH":
		r.months, err = numbers(value, 1, 12)
	case "BYMONTHDAY":
		r.monthDays, err = numbers(value, -31, 31)
	case "BYSETPOS":
		r.positions, err = numbers(value, -366, 366)
	case "BYDAY":
		for text := range strings.SplitSeq(value, ",") {
			w, wrong := parseWeekday(text)
			if err = errors.Join(err, wrong); err == nil {
				r.weekdays = append(r.weekdays, w)
			}
		}
	case "BYHOUR":
		r.hour, err = bounded(value, 0, 23)
	case "BYMINUTE":
		r.minute, err = bounded(value, 0, 59)
	case "BYSECOND":
		r.second, err = bounded(value, 0, 59)
	default:
		return fmt.Errorf("%s in the custom schedule is not supported", name)
	}
	if err != nil {
		return fmt.Errorf("invalid %s=%s in the custom schedule", name, value)
	}
	return nil
}

// check reports a combination of parts that is not supported.
func (r *Recurrence) check() error {
	switch {
	case slices.Contains([]string{"SECONDLY", "MINUTELY", "HOURLY"}, r.freq):
		return errors.New("the custom schedule is more frequent than daily, which Datadog does not accept")
	case !slices.Contains([]string{"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}, r.freq):
		return fmt.Errorf("invalid FREQ=%s in the custom schedule", r.freq)
	case r.freq == "WEEKLY" && len(r.monthDays) > 0:
		return errors.New("BYMONTHDAY in a weekly custom schedule is not supported")
	}
	inMonth := r.freq == "MONTHLY" || r.freq == "YEARLY" && len(r.months) > 0
	if !inMonth && slices.ContainsFunc(r.weekdays, func(w weekday) bool { return w.nth != 0 }) {
		return errors.New("BYDAY with a number is supported only in a monthly custom schedule")
	}
	return nil
}

func bounded(text string, low, high int) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < low || n > high {
		return low, errors.New("out of range")
	}
	return n, nil
}

// numbers parses a list of numbers other than 0.
func numbers(text string, low, high int) ([]int, error) {
	var list []int
	for item := range strings.SplitSeq(text, ",") {
		n, err := bounded(item, low, high)
		if err != nil || n == 0 {
			return nil, errors.New("out of range")
		}
		list = append(list, n)
	}
	return list, nil
}

// parseWeekday parses MO, 1SU or -1FR.
func parseWeekday(text string) (weekday, error) {
	if len(text) < 2 {
		return weekday{}, errors.New("not a weekday")
	}
	number, name := text[:len(text)-2], text[len(text)-2:]
	day := slices.Index([]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}, name)
	if day < 0 {
		return weekday{}, errors.New("not a weekday")
	}
	w := weekday{day: time.Weekday(day)}
	if number == "" {
		return w, nil
	}
	list, err := numbers(strings.TrimPrefix(number, "+"), -5, 5)
	if err == nil {
		w.nth = list[0]
	}
	return w, err
}

// until parses the end of a schedule: a time in UTC or in its time zone, or a day, which is included.
func until(text string, zone *time.Location) (time.Time, error) {
	if at, err := time.Parse("20060102T150405Z", text); err == nil {
		return at, nil
	}
	if at, err := time.ParseInLocation("20060102T150405", text, zone); err == nil {
		return at, nil
	}
	at, err := time.ParseInLocation("20060102", text, zone)
	return at.AddDate(0, 0, 1).Add(-time.Second), err
}

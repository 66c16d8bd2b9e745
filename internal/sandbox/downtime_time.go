package sandbox

import (
	"regexp"
	"strconv"
	"time"
)

// localTime is the format of the start of a recurrence, which has no time zone.
const localTime = "2006-01-02T15:04:05"

// parseTime parses a time of a one-time schedule. It returns false for null and invalid values.
func parseTime(v any) (time.Time, bool) {
	s, _ := v.(string)
	at, err := time.Parse(time.RFC3339Nano, s)
	return at, err == nil
}

// normalizeTime formats a time as reads show it: with a numeric zone, and a fraction only if it was sent.
func normalizeTime(v any) any {
	at, isTime := parseTime(v)
	if !isTime {
		return v
	}
	return at.UTC().Format("2006-01-02T15:04:05.999999") + "+00:00"
}

// downtimeStatus returns the status of a downtime at a time.
func downtimeStatus(m object, now time.Time) string {
	schedule, _ := m["schedule"].(object)
	current, isRecurring := schedule["current_downtime"].(object)
	if !isRecurring {
		current = schedule
	}
	start, hasStart := parseTime(current["start"])
	end, hasEnd := parseTime(current["end"])
	switch {
	case m["canceled"] != nil:
		return "canceled"
	case hasEnd && !end.After(now) && !isRecurring:
		return "ended"
	case hasStart && start.After(now):
		return "scheduled"
	case hasEnd && !end.After(now):
		return "scheduled" // waits for the next occurrence of a rule that is not evaluated
	}
	return "active"
}

// currentDowntime returns the current or next occurrence of a recurring schedule, or nil for a one-time schedule. It
// evaluates only recurrence rules with FREQ and INTERVAL whose step has a fixed length. For other rules it always
// returns the first occurrence.
func currentDowntime(schedule object, now time.Time) object {
	var start, end time.Time
	for _, r := range objects(schedule["recurrences"]) {
		from, to, ok := occurrence(r, zoneOf(schedule), now)
		if ok && (start.IsZero() || from.Before(start)) {
			start, end = from, to
		}
	}
	if start.IsZero() {
		return nil
	}
	return object{"start": normalizeTime(start.Format(time.RFC3339)), "end": normalizeTime(end.Format(time.RFC3339))}
}

// zoneOf returns the time zone of a recurring schedule, or UTC if this machine does not know the zone.
func zoneOf(schedule object) *time.Location {
	zone, err := time.LoadLocation(stringField(schedule, "timezone"))
	if err != nil {
		return time.UTC
	}
	return zone
}

var (
	durationPattern = regexp.MustCompile(`^([1-9]\d{0,5})([mhdw])$`)
	rulePattern     = regexp.MustCompile(`^FREQ=(HOURLY|DAILY|WEEKLY)(?:;INTERVAL=([1-9]\d{0,5}))?$`)
)

// occurrence returns the current or next occurrence of a recurrence.
func occurrence(recurrence object, zone *time.Location, now time.Time) (start, end time.Time, ok bool) {
	first, err := time.ParseInLocation(localTime, stringField(recurrence, "start"), zone)
	length := durationPattern.FindStringSubmatch(stringField(recurrence, "duration"))
	if err != nil || length == nil {
		return start, end, false
	}
	n, _ := strconv.Atoi(length[1])
	unit := map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}[length[2]]
	duration := time.Duration(n) * unit
	start = first
	if rule := rulePattern.FindStringSubmatch(stringField(recurrence, "rrule")); rule != nil && !first.Add(duration).After(now) {
		interval := max(1, atoi(rule[2]))
		step := time.Duration(interval) * map[string]time.Duration{"HOURLY": time.Hour, "DAILY": 24 * time.Hour, "WEEKLY": 7 * 24 * time.Hour}[rule[1]]
		passed := int(now.Sub(first.Add(duration))/step) + 1
		if rule[1] == "HOURLY" {
			start = first.Add(time.Duration(passed) * step)
		} else {
			start = first.AddDate(0, 0, passed*int(step/(24*time.Hour))) // at the same local time
		}
	}
	return start, start.Add(duration), true
}

// atoi converts digits that a pattern matched. The empty string is 0.
func atoi(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

package kind

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"ddmon/internal/object"
)

// checkDowntime reports downtimes that Datadog rejects although each field has the right type (FINDINGS-2 section 4; the
// API reference on downtimes). A start in the past is not reported: it is valid once the downtime exists.
func checkDowntime(body map[string]any) []Problem {
	var c scheduleProblems
	if scope, isString := body["scope"].(string); isString && strings.TrimSpace(scope) != "*" && !strings.Contains(scope, ":") && !inList.MatchString(scope) {
		c.invalid(object.Path{"scope"}, "Invalid scope", "%s has no key. Write tags such as env:staging, or \"*\" for all. Datadog would answer: All values must have a key", short(scope))
	}
	identifier, _ := body["monitor_identifier"].(map[string]any)
	if tags, _ := identifier["monitor_tags"].([]any); len(tags) > maxMonitorTags {
		c.invalid(object.Path{"monitor_identifier", "monitor_tags"}, "Too many tags", "A downtime supports at most %d monitor tags.", maxMonitorTags)
	}
	c.timeZone(object.Path{"display_timezone"}, body["display_timezone"], true)
	schedule, _ := body["schedule"].(map[string]any)
	at := object.Path{"schedule"}
	start, startOK := c.instant(at.With("start"), schedule["start"])
	end, endOK := c.instant(at.With("end"), schedule["end"])
	if startOK && endOK && !end.After(start) {
		// The message quotes neither time: each can be sensitive.
		c.invalid(at.With("end"), "Invalid time", "The end must be after the start.")
	}
	c.timeZone(at.With("timezone"), schedule["timezone"], false)
	c.recurrences(at.With("recurrences"), schedule["recurrences"])
	return c.list
}

// Datadog's limits. The first is recorded, the second documented.
const (
	maxMonitorTags = 32
	maxRecurrences = 5
)

// inList matches env IN (a, b), which has a key without a colon.
var inList = regexp.MustCompile(`(?i)\bIN\s*\(`)

// instant checks a time of a one-time schedule. Datadog documents that its offset must be zero; no rejection of another
// offset is recorded, so it is only a warning.
func (c *scheduleProblems) instant(p object.Path, v any) (time.Time, bool) {
	text, isString := v.(string)
	if !isString {
		return time.Time{}, false // unset, or not known yet
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		c.invalid(p, "Invalid time", "%s is not a valid time. Write a date and a time in UTC, such as \"2027-01-31T18:00:00Z\".", short(text))
		return t, false
	}
	if _, offset := t.Zone(); offset != 0 {
		c.list = append(c.list, Problem{
			Path: p, Code: CodeInvalidValue, Severity: Warning, Summary: "Time is not in UTC",
			Detail: fmt.Sprintf("Datadog documents that the offset must be zero. Write %q.", t.UTC().Format(time.RFC3339Nano)),
		})
	}
	return t, true
}

// recurrenceDuration is a number of minutes, hours, days or weeks.
var recurrenceDuration = regexp.MustCompile(`^[1-9][0-9]{0,8}[mhdw]$`)

func (c *scheduleProblems) recurrences(p object.Path, v any) {
	list, isList := v.([]any)
	switch {
	case !isList:
		return
	case len(list) == 0:
		c.invalid(p, "No recurrences", "A recurring schedule needs at least one recurrence with rrule and duration.")
	case len(list) > maxRecurrences:
		c.invalid(p, "Too many recurrences", "A downtime supports at most %d recurrences.", maxRecurrences)
		return
	}
	for i, r := range list {
		recurrence, _ := r.(map[string]any)
		at := p.With(i)
		c.localTime(at.With("start"), recurrence["start"])
		if text, isString := recurrence["duration"].(string); isString && !recurrenceDuration.MatchString(text) {
			c.invalid(at.With("duration"), "Invalid duration", "%s is not a valid duration. Write a number of minutes, hours, days or weeks, such as \"30m\", \"2h\", \"1d\" or \"1w\".", short(text))
		}
		c.rule(at.With("rrule"), recurrence["rrule"])
	}
}

package kind

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // time zones must not depend on the machine

	"ddmon/internal/object"
)

// scheduleProblems collects problems of the schedule of a downtime. A value that is not a string is unset, not known yet,
// or reported by the tables.
type scheduleProblems struct{ list []Problem }

func (c *scheduleProblems) invalid(p object.Path, summary, format string, args ...any) {
	c.list = append(c.list, Problem{Path: p, Code: CodeInvalidValue, Severity: Error, Summary: summary, Detail: fmt.Sprintf(format, args...)})
}

// timeZone checks the name of a time zone. An empty one can mean UTC.
func (c *scheduleProblems) timeZone(p object.Path, v any, canBeEmpty bool) {
	name, isString := v.(string)
	if !isString || name == "" && canBeEmpty {
		return
	}
	if _, err := time.LoadLocation(name); err != nil || name == "" || name == "Local" {
		c.invalid(p, "Invalid time zone", "%s is not a time zone. Write a name such as \"Europe/Berlin\", or \"UTC\".", short(name))
	}
}

// localTime checks the start of a recurrence, which is in the time zone of the schedule.
func (c *scheduleProblems) localTime(p object.Path, v any) {
	text, isString := v.(string)
	if !isString {
		return
	}
	_, withSeconds := time.Parse("2006-01-02T15:04:05", text)
	_, withMinutes := time.Parse("2006-01-02T15:04", text) // as in the examples of the API reference
	if withSeconds != nil && withMinutes != nil {
		c.invalid(p, "Invalid time", "%s is not a valid local time. Write a date and a time in the schedule's time zone, without an offset, such as \"2027-01-31T18:00:00\".", short(text))
	}
}

func (c *scheduleProblems) rule(p object.Path, v any) {
	if text, isString := v.(string); isString {
		if problem := recurrenceRuleProblem(text); problem != "" {
			c.invalid(p, "Invalid recurrence rule", "%s", problem)
		}
	}
}

// maxShort is the length of a quoted value, in bytes.
const maxShort = 60

// short quotes a value from a body, cut to a length.
func short(text string) string {
	if len(text) > maxShort {
		text = strings.ToValidUTF8(text[:maxShort], "") + "..."
	}
	return fmt.Sprintf("%q", text)
}

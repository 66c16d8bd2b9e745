package monitorcheck

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ruleParts are the parts of a recurrence rule (RFC 5545, section 3.3.10), each with a check of one element of its value
// and what to write.
var ruleParts = map[string]struct {
	list  bool
	valid func(string) bool
	write string
}{
	"FREQ":       {false, func(v string) bool { return slices.Contains(frequencies, v) }, "DAILY, WEEKLY, MONTHLY or YEARLY"},
	"INTERVAL":   {false, between(1, 1<<31), "a number from 1"},
	"COUNT":      {false, between(1, 1<<31), "a number from 1"},
	"UNTIL":      {false, isUntil, "a date such as 20251231 or 20251231T090000Z"},
	"WKST":       {false, weekday(`^`), "MO, TU, WE, TH, FR, SA or SU"},
	"BYDAY":      {true, weekday(`^([+-]?([1-9]|[1-4][0-9]|5[0-3]))?`), "days such as MO,WE or -1FR"},
	"BYMONTH":    {true, between(1, 12), "months from 1 to 12"},
	"BYMONTHDAY": {true, either(31), "days from 1 to 31, or from -31 to -1"},
	"BYYEARDAY":  {true, either(366), "days from 1 to 366, or from -366 to -1"},
	"BYWEEKNO":   {true, either(53), "weeks from 1 to 53, or from -53 to -1"},
	"BYSETPOS":   {true, either(366), "positions from 1 to 366, or from -366 to -1"},
	"BYHOUR":     {true, between(0, 23), "an hour from 0 to 23"},
	"BYMINUTE":   {true, between(0, 59), "a minute from 0 to 59"},
	"BYSECOND":   {true, between(0, 60), "a second from 0 to 60"},
}

var frequencies = []string{"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}

// maxRule is the maximum length of a recurrence rule. The rules in use have fewer than a hundred bytes.
const maxRule = 1000

// rule checks the recurrence rule of a custom schedule.
func (k *checker) rule(text, field string) {
	const code = "schedule_rule"
	if len(text) > maxRule {
		k.add(code, SeverityError, field, "the recurrence rule is longer than "+strconv.Itoa(maxRule)+" bytes", "shorten it")
		return
	}
	parts := map[string]string{}
	for part := range strings.SplitSeq(strings.TrimPrefix(strings.ToUpper(text), "RRULE:"), ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		known, ok := ruleParts[name]
		_, twice := parts[name]
		parts[name] = value
		values := []string{value}
		if known.list {
			values = strings.Split(value, ",")
		}
		switch {
		case name == "":
		case strings.HasPrefix(name, "DTSTART"), name == "DTEND", name == "DURATION":
			k.add(code, SeverityError, field, "Datadog does not support DTSTART, DTEND or DURATION in a recurrence rule", "remove it, and set start and timezone")
		case !ok:
			k.add(code, SeverityError, field, name+" is not a part of a recurrence rule", didYouMean(name, ruleNames()))
		case twice:
			k.add(code, SeverityError, field, name+" occurs twice in the recurrence rule", "remove one of them")
		case name == "FREQ" && slices.Contains([]string{"HOURLY", "MINUTELY", "SECONDLY"}, value):
			k.add(code, SeverityError, field, "Datadog evaluates a custom schedule at most once a day", "write FREQ=DAILY, or remove the custom schedule")
		case slices.ContainsFunc(values, func(v string) bool { return !known.valid(v) }):
			k.add(code, SeverityError, field, name+"="+value+" is not valid in a recurrence rule", "write "+known.write)
		case len(values) > 1 && slices.Contains([]string{"BYHOUR", "BYMINUTE", "BYSECOND"}, name):
			k.add(code, SeverityError, field, name+"="+value+" means several evaluations a day, and Datadog evaluates a custom schedule at most once a day", "keep one")
		}
	}
	if _, ok := parts["FREQ"]; !ok {
		k.add(code, SeverityError, field, "the recurrence rule has no frequency", "write FREQ=DAILY;INTERVAL=1")
	}
	if _, both := parts["UNTIL"]; both && parts["COUNT"] != "" {
		k.add(code, SeverityError, field, "COUNT and UNTIL exclude each other in a recurrence rule", "keep one of them")
	}
}

func ruleNames() []string {
	var names []string
	for name := range ruleParts {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// between returns a check for integers from low to high.
func between(low, high int) func(string) bool {
	return func(v string) bool {
		n, err := strconv.Atoi(v)
		return err == nil && low <= n && n <= high
	}
}

// either returns a check for integers from 1 to most, counted from the start or, if negative, from the end.
func either(most int) func(string) bool {
	return func(v string) bool {
		n, err := strconv.Atoi(v)
		return err == nil && n != 0 && -most <= n && n <= most
	}
}

// weekday returns a check for the name of a weekday after a prefix.
func weekday(prefix string) func(string) bool {
	return regexp.MustCompile(prefix + `(MO|TU|WE|TH|FR|SA|SU)$`).MatchString
}

func isUntil(v string) bool {
	for _, layout := range []string{"20060102", "20060102T150405", "20060102T150405Z"} {
		if _, err := time.Parse(layout, v); err == nil {
			return true
		}
	}
	return false
}

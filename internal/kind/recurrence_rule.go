package kind

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"ddmon/internal/diag"
)

// The parts of a recurrence rule (RFC 5545, section 3.3.10), with the form of their values.
const (
	rulePositive = `[1-9][0-9]{0,8}`
	ruleSigned   = `[+-]?[1-9][0-9]{0,2}`
	ruleDay      = `(MO|TU|WE|TH|FR|SA|SU)`
)

// rulePart is the form of the values of a part of a rule, and an example.
type rulePart struct {
	form    *regexp.Regexp
	example string
}

// ruleParts returns the parts of a rule. They are compiled on first use, because few stacks have recurrences.
var ruleParts = sync.OnceValue(func() map[string]rulePart {
	return map[string]rulePart{
		"FREQ":       {ruleForm(`(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)`), "DAILY, WEEKLY, MONTHLY or YEARLY"},
		"INTERVAL":   {ruleForm(rulePositive), "a number such as 2"},
		"COUNT":      {ruleForm(rulePositive), "a number such as 10"},
		"UNTIL":      {ruleForm(`[0-9]{8}(T[0-9]{6}Z?)?`), "a time such as 20270131T180000Z"},
		"WKST":       {ruleForm(ruleDay), "a day such as MO"},
		"BYDAY":      {ruleList(`([+-]?[1-9][0-9]?)?` + ruleDay), "days such as MO,WE or 2TU"},
		"BYMONTH":    {ruleList(`(0?[1-9]|1[0-2])`), "months such as 1,7"},
		"BYMONTHDAY": {ruleList(`[+-]?(0?[1-9]|[12][0-9]|3[01])`), "days such as 1,15 or -1"},
		"BYYEARDAY":  {ruleList(ruleSigned), "days such as 1,100"},
		"BYWEEKNO":   {ruleList(ruleSigned), "weeks such as 1,26"},
		"BYSETPOS":   {ruleList(ruleSigned), "numbers such as 1 or -1"},
		"BYHOUR":     {ruleList(`([01]?[0-9]|2[0-3])`), "hours such as 9,17"},
		"BYMINUTE":   {ruleList(`[0-5]?[0-9]`), "minutes such as 0,30"},
		"BYSECOND":   {ruleList(`[0-5]?[0-9]`), "seconds such as 0,30"},
	}
})

func ruleForm(value string) *regexp.Regexp { return regexp.MustCompile(`^` + value + `$`) }

func ruleList(value string) *regexp.Regexp { return ruleForm(value + `(,` + value + `)*`) }

// maxRule is the length of a rule, in bytes. The longest reasonable one lists all days of a year.
const maxRule = 4096

// recurrenceRuleProblem says what is wrong with a rule and what to write; "" if it is valid. RRULE: before the rule is
// recorded, so it is accepted.
func recurrenceRuleProblem(text string) string {
	const example = " Write a rule such as \"FREQ=WEEKLY;BYDAY=SA,SU\"."
	if len(text) > maxRule {
		return fmt.Sprintf("The rule is longer than %d characters.", maxRule) + example
	}
	rule := strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(text)), "RRULE:")
	written := map[string]bool{}
	for part := range strings.SplitSeq(strings.TrimSuffix(rule, ";"), ";") {
		name, value, hasValue := strings.Cut(part, "=")
		known, isKnown := ruleParts()[name]
		switch {
		case name == "DTSTART" || name == "DTEND" || name == "DURATION":
			return "Datadog does not support " + name + " in a rule. Set start and duration of the recurrence instead."
		case !hasValue:
			return short(text) + " is not a valid recurrence rule." + example
		case !isKnown:
			return short(name) + " is not a part of a recurrence rule." + diag.DidYouMean(name, slices.Sorted(maps.Keys(ruleParts()))) + example
		case written[name]:
			return name + " appears twice. Remove one of them."
		case !known.form.MatchString(value):
			return fmt.Sprintf("%s is not a valid value of %s. Write %s.", short(value), name, known.example)
		case name == "UNTIL" && !isRuleTime(value):
			return fmt.Sprintf("%s is not a valid value of %s. Write %s.", short(value), name, known.example)
		}
		written[name] = true
	}
	switch {
	case !written["FREQ"]:
		return "The rule has no FREQ." + example
	case written["COUNT"] && written["UNTIL"]:
		return "A rule must not have both COUNT and UNTIL. Remove one of them."
	}
	return ""
}

// isRuleTime reports whether a time in the form of a rule exists.
func isRuleTime(text string) bool {
	for _, layout := range []string{"20060102", "20060102T150405", "20060102T150405Z"} {
		if _, err := time.Parse(layout, text); err == nil {
			return true
		}
	}
	return false
}

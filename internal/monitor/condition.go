package monitor

import (
	"strings"

	"ddmon/internal/ddquery"
)

// Conditions returns the documented conditions of message blocks.
func Conditions() []string {
	return []string{
		"is_alert", "is_alert_recovery", "is_warning", "is_warning_recovery", "is_recovery", "is_no_data", "is_no_data_recovery",
		"is_alert_to_warning", "is_renotify", "is_unknown", "is_match", "is_exact_match", "is_priority",
	}
}

// byEvent evaluates the conditions that only depend on the event. ok is false for other conditions.
func byEvent(condition string, e Event) (met, ok bool) {
	switch condition {
	case "is_alert":
		return e.To == Alert, true
	case "is_alert_recovery":
		return e.From == Alert && e.To == OK, true
	case "is_warning":
		return e.To == Warn, true
	case "is_warning_recovery":
		return e.From == Warn && e.To == OK, true
	case "is_recovery":
		return e.To == OK, true
	case "is_no_data":
		return e.To == NoData, true
	case "is_no_data_recovery":
		return e.From == NoData && e.To == OK, true
	case "is_alert_to_warning":
		return e.From == Alert && e.To == Warn, true
	case "is_renotify":
		return e.Renotify, true
	case "is_unknown":
		return e.To == Unknown, true
	}
	return false, false
}

// When returns the events for which the condition of a block is true, regardless of ^. certain is false if the
// condition depends on more than the event or is unknown. It can then be true for any event.
func When(condition string) (set Events, certain bool) {
	for i, e := range examples {
		met, ok := byEvent(condition, e)
		if !ok {
			return AllEvents, false
		}
		if met {
			set |= 1 << i
		}
	}
	return set, true
}

// TemplateData is the data that conditions use in addition to the event.
type TemplateData interface {
	// PriorityLabel returns the monitor's priority, for example P2, or "".
	PriorityLabel() string
	// TemplateVariable returns the value of {{path}}, "" if it is not set. known is false if the group of the message
	// is not known.
	TemplateVariable(path string) (text string, known bool)
}

// Shown reports which branches of a block an event renders: the body or the else branch. Both are true if that depends
// on a group that is not in data. An unknown condition is false.
func Shown(b *ddquery.TemplateBlock, e Event, data TemplateData) (body, elseBranch bool) {
	met, known := evaluate(b, e, data)
	if !known {
		return true, true
	}
	return met != b.Negated, met == b.Negated
}

func evaluate(b *ddquery.TemplateBlock, e Event, data TemplateData) (met, known bool) {
	name := b.Name.Name
	if met, ok := byEvent(name, e); ok {
		return met, true
	}
	switch name {
	case "is_match":
		return matches(b.Args, data, strings.Contains)
	case "is_exact_match":
		return matches(b.Args, data, func(value, text string) bool { return value == text })
	case "is_priority":
		priority := data.PriorityLabel()
		return len(b.Args) == 1 && priority != "" && strings.EqualFold(b.Args[0].Text, priority), true
	}
	return false, true
}

// matches compares a variable with the other arguments. An empty argument matches a variable that is not set.
func matches(args []*ddquery.TemplateArg, data TemplateData, match func(value, text string) bool) (met, known bool) {
	if len(args) == 0 {
		return false, true
	}
	value, known := data.TemplateVariable(args[0].Text)
	if !known {
		return false, false
	}
	for _, a := range args[1:] {
		if a.Text == "" && value == "" || a.Text != "" && match(value, a.Text) {
			return true, true
		}
	}
	return false, true
}

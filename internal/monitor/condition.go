package monitor

import (
	"strings"

	"ddmon/internal/ddquery"
)

// Conditions returns the names of the blocks that a message may have, as Datadog documents them.
func Conditions() []string {
	return []string{
		"is_alert", "is_alert_recovery", "is_warning", "is_warning_recovery", "is_recovery", "is_no_data", "is_no_data_recovery",
		"is_alert_to_warning", "is_renotify", "is_unknown", "is_match", "is_exact_match", "is_priority",
	}
}

// byEvent evaluates the conditions that the event alone decides; ok is false for any other name.
func byEvent(condition string, e Event) (holds, ok bool) {
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

// When returns the events at which a block's condition holds, regardless of ^. sure is false where it depends on more
// than the event, or where Datadog documents no such condition: it may hold at any event.
func When(condition string) (set Events, sure bool) {
	for i, e := range examples {
		holds, ok := byEvent(condition, e)
		if !ok {
			return Always, false
		}
		if holds {
			set |= 1 << i
		}
	}
	return set, true
}

// Facts are what conditions ask for besides the event.
type Facts interface {
	// PriorityLabel is the monitor's: P2; empty for none.
	PriorityLabel() string
	// TemplateVariable returns the text of {{path}}, empty where it is not set; known is false where the group that the
	// message is about is not known.
	TemplateVariable(path string) (text string, known bool)
}

// Shown decides which part of a block a message shows at an event: its body, or what is behind {{else}}. Both are true
// where that depends on a group that facts do not have. A block whose name is not a condition is rendered as one that
// does not hold.
func Shown(b *ddquery.TemplateBlock, e Event, facts Facts) (body, otherwise bool) {
	holds, known := evaluate(b, e, facts)
	if !known {
		return true, true
	}
	return holds != b.Negated, holds == b.Negated
}

func evaluate(b *ddquery.TemplateBlock, e Event, facts Facts) (holds, known bool) {
	name := b.Name.Name
	if holds, ok := byEvent(name, e); ok {
		return holds, true
	}
	switch name {
	case "is_match":
		return matches(b.Args, facts, strings.Contains)
	case "is_exact_match":
		return matches(b.Args, facts, func(value, text string) bool { return value == text })
	case "is_priority":
		priority := facts.PriorityLabel()
		return len(b.Args) == 1 && priority != "" && strings.EqualFold(b.Args[0].Text, priority), true
	}
	return false, true
}

// matches compares a variable with texts; an empty text asks whether it is not set.
func matches(args []*ddquery.TemplateArg, facts Facts, match func(value, text string) bool) (holds, known bool) {
	if len(args) == 0 {
		return false, true
	}
	value, known := facts.TemplateVariable(args[0].Text)
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

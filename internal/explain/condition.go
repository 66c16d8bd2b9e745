package explain

import (
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
	"ddmon/internal/object"
)

// condition says when a block of a message is sent. It points out a block that can never be sent, because its
// recipients are never notified.
func (m *explainer) condition(b *ddquery.TemplateBlock, not bool) string {
	verb := "when "
	if not {
		verb = "unless "
	}
	text := verb + blockCondition(b)
	if never := m.neverTrue(b.Name.Name); never != "" && !not {
		text += " (never: " + never + ")"
	}
	return text
}

// blockCondition returns a block's condition in words.
func blockCondition(b *ddquery.TemplateBlock) string {
	switch name := b.Name.Name; name {
	case "is_alert":
		return "it alerts"
	case "is_alert_recovery":
		return "it recovers from an alert"
	case "is_warning":
		return "it warns"
	case "is_warning_recovery":
		return "it recovers from a warning"
	case "is_recovery":
		return "it recovers"
	case "is_no_data":
		return "data is missing"
	case "is_no_data_recovery":
		return "data returns"
	case "is_alert_to_warning":
		return "it changes from alert to warning"
	case "is_renotify":
		return "it renotifies"
	case "is_unknown":
		return "its status is unknown"
	case "is_match":
		return matched(b, "contains")
	case "is_exact_match":
		return matched(b, "is")
	case "is_priority":
		return "its priority is " + strings.Join(arguments(b), " ")
	default:
		return code(strings.Join(append([]string{name}, arguments(b)...), " ")) + " is true"
	}
}

// matched explains conditions such as {{#is_match "host.name" "web" "db"}}.
func matched(b *ddquery.TemplateBlock, verb string) string {
	args := arguments(b)
	if len(args) < 2 {
		return code(b.Name.Name) + " is true"
	}
	var values []string
	for _, value := range args[1:] {
		values = append(values, quoted(value))
	}
	key := strings.TrimSuffix(args[0], ".name")
	if len(values) == 1 && args[1] == "" {
		return key + " is not set"
	}
	return key + " " + verb + " " + list(values, "or")
}

func arguments(b *ddquery.TemplateBlock) []string {
	var args []string
	for _, a := range b.Args {
		args = append(args, a.Text)
	}
	return args
}

// neverTrue returns why a condition can never be true; "" if it can, or if that depends on a sensitive value.
func (m *explainer) neverTrue(condition string) string {
	switch m.view.NeverTrue(condition) {
	case monitor.OnSchedule:
		return "each evaluation of its schedule is independent"
	case monitor.NoWarningThreshold:
		if m.warns() {
			return ""
		}
		return "it has no warning threshold"
	case monitor.NoMissingData:
		if m.hidesAny("on_missing_data", "notify_no_data") {
			return ""
		}
		return "it does not notify on missing data"
	case monitor.NoRenotification:
		if m.hidesAny("renotify_interval") {
			return ""
		}
		return "it does not renotify"
	case monitor.NotServiceCheck:
		return "it is not a service check"
	case monitor.MaySend, monitor.SomethingElse:
	}
	return ""
}

// warns reports whether the monitor can warn. It assumes so if the query cannot be parsed or the threshold is hidden.
func (m *explainer) warns() bool {
	return m.query == nil || m.view.CanWarn() || m.hides != nil && m.hides(object.Path{"options", "thresholds", "warning"})
}

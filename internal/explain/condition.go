package explain

import (
	"strings"

	"ddmon/internal/ddquery"
)

// condition says when a block of a message is sent. One that never can be says so, because nobody is told by it.
func (m *explainer) condition(b *ddquery.TemplateBlock, not bool) string {
	verb := "when "
	if not {
		verb = "unless "
	}
	text := verb + happening(b)
	if never := m.never(b.Name.Name); never != "" && !not {
		text += " (which is never: " + never + ")"
	}
	return text
}

// happening is a block's condition in words.
func happening(b *ddquery.TemplateBlock) string {
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
		return "data is back"
	case "is_alert_to_warning":
		return "an alert becomes a warning"
	case "is_renotify":
		return "it is told again"
	case "is_unknown":
		return "the status is unknown"
	case "is_match":
		return matched(b, "contains")
	case "is_exact_match":
		return matched(b, "is")
	case "is_priority":
		return "its priority is " + strings.Join(arguments(b), " ")
	default:
		return code(strings.Join(append([]string{name}, arguments(b)...), " ")) + " holds"
	}
}

// matched explains {{#is_match "host.name" "web" "db"}}.
func matched(b *ddquery.TemplateBlock, verb string) string {
	args := arguments(b)
	if len(args) < 2 {
		return code(b.Name.Name) + " holds"
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

// never says why a condition cannot hold; "" if it can.
func (m *explainer) never(condition string) string {
	switch condition {
	case "is_warning", "is_warning_recovery", "is_alert_to_warning":
		if !m.warns() {
			return "it has no warning threshold"
		}
	case "is_no_data":
		if !m.view.Options.NotifiesNoData() {
			return "missing data is not told"
		}
	case "is_renotify":
		if !m.view.Options.Renotifies() {
			return "it is not told again"
		}
	}
	return ""
}

// warns reports whether the monitor may have a warning status; it may if its query cannot be read.
func (m *explainer) warns() bool { return m.query == nil || m.view.CanWarn() }

package monitorcheck

import (
	"slices"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
)

// maxReported is the maximum number of problems reported in a message.
const maxReported = 100

// messageVariables are the variables of all messages, and some that depend on the monitor's type.
var messageVariables = []string{
	"value", "threshold", "warn_threshold", "ok_threshold", "comparator", "first_triggered_at", "first_triggered_at_epoch",
	"last_triggered_at", "last_triggered_at_epoch", "triggered_duration_sec", "check_message", "timeframe",
	"short_window_burn_rate", "long_window_burn_rate",
}

// message checks a notification message. Datadog stores any message, but an unbalanced block silently stops
// notifications, so it is an error here. Other mistakes render empty and are warnings.
func (k *checker) message(field, text string) {
	if !strings.Contains(text, "{{") && len(text) <= ddquery.MaxMessage {
		return
	}
	start := len(k.problems)
	template, errs := ddquery.ParseTemplate(text)
	for _, e := range errs[:min(len(errs), maxReported)] {
		severity := SeverityError
		if e.Code == "template_open" || e.Code == "template_empty" {
			severity = SeverityWarning
		}
		k.inMessage(field, ddquery.Span{From: e.Offset, To: e.End}, e.Code, severity, e.Message, e.Hint)
	}
	ddquery.Walk(template, func(n ddquery.Node) bool {
		if len(k.problems)-start >= maxReported {
			return false
		}
		switch n := n.(type) {
		case *ddquery.TemplateBlock:
			k.condition(field, n)
		case *ddquery.TemplateVar:
			k.variable(field, n)
		}
		return true
	})
}

func (k *checker) inMessage(field string, at ddquery.Span, code string, severity Severity, message, hint string) {
	p := k.add(code, severity, field, message, hint)
	p.Offset, p.End = at.From, at.To
}

// condition checks a block's condition and the tag of a match.
func (k *checker) condition(field string, b *ddquery.TemplateBlock) {
	name := b.Name.Name
	switch {
	case !slices.Contains(monitor.Conditions(), name):
		k.inMessage(field, b.Name.Span, "template_condition", SeverityWarning, name+" is not a valid condition", didYouMean(name, monitor.Conditions()))
	case name != "is_match" && name != "is_exact_match":
	case len(b.Args) < 2:
		k.inMessage(field, b.Name.Span, "template_match", SeverityWarning, name+" needs a tag and a value", `write {{#`+name+` "host.name" "web"}}`)
	default:
		v := &ddquery.TemplateVar{Path: b.Args[0].Text}
		if key, ok := v.Key(); ok && !k.hasKey(key) {
			k.noKey(field, b.Args[0].Span, key)
		}
	}
}

// variable checks that the monitor provides a variable.
func (k *checker) variable(field string, v *ddquery.TemplateVar) {
	if key, ok := v.Key(); ok {
		if !k.hasKey(key) {
			k.noKey(field, v.Span, key)
		}
		return
	}
	if strings.ContainsAny(v.Path, ".@[") || slices.Contains(messageVariables, v.Path) {
		return
	}
	hint := didYouMean(v.Path, messageVariables)
	if k.q != nil && slices.Contains(k.groups, v.Path) {
		hint = "write {{" + v.Path + ".name}}"
	}
	k.inMessage(field, v.Span, "template_variable_unknown", SeverityWarning, v.Raw+" is not a message variable", hint)
}

func (k *checker) noKey(field string, at ddquery.Span, key string) {
	hint := "add by {" + key + "} to the query"
	if len(k.groups) > 0 {
		hint = "the query groups by " + strings.Join(k.groups, ", ")
	}
	k.inMessage(field, at, "template_group", SeverityWarning, "the query does not group by "+key+", so this renders empty", hint)
}

// hasKey reports whether the tag is available in the message: the query groups by it or filters on it, or the groups
// are not known.
func (k *checker) hasKey(key string) bool {
	if k.q == nil || !k.groupsKnown || slices.Contains(k.groups, key) || slices.Contains(eventPrefixes, strings.SplitN(key, ".", 2)[0]) {
		return true
	}
	if _, ok := k.q.Root.(*ddquery.FormulaQuery); ok {
		return true
	}
	if k.filtered == nil {
		k.filtered = filteredKeys(k.q.Root)
	}
	return k.filtered[key]
}

// filteredKeys returns the tag keys that a query filters on.
func filteredKeys(q ddquery.Query) map[string]bool {
	keys := map[string]bool{}
	ddquery.Walk(q, func(n ddquery.Node) bool {
		switch n := n.(type) {
		case *ddquery.Tag:
			keys[n.Key.Name] = true
		case *ddquery.In:
			keys[n.Key.Name] = true
		case *ddquery.Field:
			keys[n.Raw] = true
		case *ddquery.CheckQuery:
			for _, tag := range n.Over() {
				// The key of a variable can contain colons. A tag has at most 200 characters.
				for i := range min(len(tag.Name), 200) {
					if tag.Name[i] == ':' {
						keys[tag.Name[:i]] = true
					}
				}
			}
		}
		return true
	})
	return keys
}

// eventPrefixes are the prefixes of variables from the event that triggered the monitor.
var eventPrefixes = []string{"log", "span", "rum", "event", "issue", "synthetics", "audit", "ci"}

package replay

import (
	"fmt"
	"slices"
	"strings"

	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
	"ddmon/internal/object"
)

// A replay reads bodies with sensitive values in them, and much of what it finds is computed from those: titles,
// messages, handles, values, groups. Run therefore makes two results. The one that it returns may be shown, whatever
// reads it; the other one is behind Reveal. Times and states are the same in both: they are not what a value is.

// hidden says what of a monitor's result depends on sensitive values.
type hidden struct {
	title   bool
	message bool // handles too
	measure bool // what is compared, and the groups
	limits  bool
	reason  bool // why it is not evaluated
}

// spoken are the fields that decide what is said and not when.
var spoken = []string{"name", "message", "tags", "priority"}

// hiddenIn looks at a monitor. together says that what it is a composite of has something to hide.
func hiddenIn(m *Monitor, together bool) hidden {
	at := func(keys ...any) bool { return m.Sensitive.Touches(object.Path(keys)) }
	body := monitor.Fields(m.Body)
	h := hidden{reason: together, measure: together || at("query") || at("type") || at("options", "variables")}
	h.limits = h.measure || at("options", "thresholds")
	filled := func(text string) bool { return h.limits && strings.Contains(text, "{{") }
	h.title = h.measure || at("name") || at("priority") || at("options", "include_tags") || filled(body.Text("name"))
	h.message = at("message") || at("options", "escalation_message") || at("priority") ||
		filled(body.Text("message")) || filled(body.Object("options").Text("escalation_message"))
	for key := range m.Body {
		h.reason = h.reason || !slices.Contains(spoken, key) && at(key)
	}
	return h
}

func (h hidden) any() bool { return h != hidden{} }

// unsaid replaces a reason that may quote a sensitive value.
const unsaid = "the reason is not shown, because part of the monitor is sensitive"

// shown returns the result as it may be shown.
func (h hidden) shown(r MonitorResult, m *Monitor) MonitorResult {
	if !h.any() {
		return r
	}
	if m.Sensitive.Touches(object.Path{"name"}) {
		r.Name = object.Redacted
	}
	if h.reason && r.Reason != "" {
		r.Reason = evaluate.NotEvaluated(unsaid).Error()
	}
	if h.limits {
		r.Comparator, r.Thresholds = "", Thresholds{}
	}
	names := map[string]string{}
	r.Groups = slices.Clone(r.Groups)
	for i := range r.Groups {
		g := &r.Groups[i]
		if h.measure {
			h.group(g, i, names)
		}
	}
	r.Notifications = slices.Clone(r.Notifications)
	for i := range r.Notifications {
		h.notification(&r.Notifications[i], m, names)
	}
	return r
}

// simple is the group of a monitor that has none.
const simple = "*"

// group takes name and values out. Groups are numbered to keep them apart.
func (h hidden) group(g *GroupResult, i int, names map[string]string) {
	if g.Group != simple {
		names[g.Group] = fmt.Sprintf("%s %d", object.Redacted, i+1)
		g.Group, g.Tags = names[g.Group], nil
	}
	g.Transitions, g.Elsewhere = withoutValues(g.Transitions), withoutValues(g.Elsewhere)
	g.Values = slices.Clone(g.Values)
	for i := range g.Values {
		g.Values[i].Value, g.Values[i].HasValue = 0, false
	}
}

func withoutValues(list []Transition) []Transition {
	list = slices.Clone(list)
	for i := range list {
		list[i].Value, list[i].HasValue = 0, false
	}
	return list
}

// notification takes out what it says. A handle that is written in a message which is not sensitive stays: only
// what is filled into it may be.
func (h hidden) notification(n *Notification, m *Monitor, names map[string]string) {
	if h.measure && n.Group != simple {
		if n.Group = names[n.Group]; n.Group == "" {
			n.Group = object.Redacted
		}
	}
	if h.title {
		n.Title = object.Redacted
	}
	if !h.message {
		return
	}
	n.Message = object.Redacted
	n.Handles = slices.Clone(n.Handles)
	for i, handle := range n.Handles {
		if !m.written(handle) {
			n.Handles[i] = object.Redacted
		}
	}
	n.Handles = slices.Compact(n.Handles)
}

// written reports whether a handle is part of the text of a message that is not sensitive itself.
func (m *Monitor) written(handle string) bool {
	body := monitor.Fields(m.Body)
	return !m.Sensitive.Touches(object.Path{"message"}) && slices.Contains(monitor.Handles(body.Text("message")), handle) ||
		!m.Sensitive.Touches(object.Path{"options", "escalation_message"}) &&
			slices.Contains(monitor.Handles(body.Object("options").Text("escalation_message")), handle)
}

// HidesHandle reports whether a handle that the monitor notifies depends on a sensitive value.
func (m *Monitor) HidesHandle(handle string) bool {
	return hiddenIn(m, false).message && !m.written(handle)
}

// Reveal returns the result with all that Run found, also what depends on sensitive values. It is for what judges a
// replay, never for what shows it.
func (r *Result) Reveal() *Result {
	if r == nil || r.revealed == nil {
		return r
	}
	return r.revealed
}

// With returns the result with those of other's monitors in the place of its own.
func (r *Result) With(other *Result) *Result {
	out := &Result{Monitors: replaced(r.Monitors, other.Monitors)}
	if r.revealed != nil || other.revealed != nil {
		out.revealed = &Result{Monitors: replaced(r.Reveal().Monitors, other.Reveal().Monitors)}
	}
	return out
}

func replaced(all, some []MonitorResult) []MonitorResult {
	out := slices.Clone(all)
	at := make(map[string]int, len(all))
	for i := range all {
		at[all[i].Address] = i
	}
	for i := range some {
		if k, ok := at[some[i].Address]; ok {
			out[k] = some[i]
		}
	}
	return out
}

// Shown returns the monitor as it may be shown: the values in its body that are sensitive are object.Redacted.
func (m Monitor) Shown() Monitor {
	if m.Sensitive.HasSecrets() {
		m.Body, _ = m.Sensitive.Redact(m.Sensitive.MayBeSensitive, m.Body, nil).(map[string]any)
	}
	return m
}

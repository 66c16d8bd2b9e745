package replay

import (
	"fmt"
	"slices"
	"strings"

	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
	"ddmon/internal/object"
)

// Monitor bodies can contain sensitive values, and much of a result is computed from them: titles, messages, handles,
// values, groups. Run therefore creates two results. The returned one is redacted and can be shown. Reveal returns the
// other one. Times and statuses are the same in both, because they do not reveal values.

// redaction is what to redact in a monitor's result because it depends on sensitive values.
type redaction struct {
	title   bool
	message bool // and handles
	measure bool // values, groups and windows
	limits  bool
	reason  bool // why it is not evaluated
}

// timing is the effect of a field that changes only times and statuses.
var timing = redaction{reason: true}

// measured is the effect of a field that changes what is measured, and of every field that is not in effects.
var measured = redaction{title: true, measure: true, limits: true, reason: true}

// effects has the fields of a monitor and their effects on the result.
var effects = map[string]redaction{
	"name": {title: true}, "message": {message: true}, "options.escalation_message": {message: true},
	"priority": {title: true, message: true}, "tags": {}, "options.include_tags": {title: true, reason: true},
	"options.thresholds": {limits: true, reason: true},

	"type": measured, "query": measured, "options.variables": measured, "options.notify_by": measured, "options.scheduling_options": measured,

	"options.evaluation_delay": timing, "options.group_retention_duration": timing, "options.locked": timing, "options.new_group_delay": timing,
	"options.new_host_delay": timing, "options.no_data_timeframe": timing, "options.notify_audit": timing, "options.notify_no_data": timing,
	"options.on_missing_data": timing, "options.renotify_interval": timing, "options.renotify_occurrences": timing, "options.renotify_statuses": timing,
	"options.require_full_window": timing, "options.silenced": timing, "options.timeout_h": timing,
}

// effectOf returns the effect of all sensitive fields of a monitor.
func effectOf(m *Monitor) redaction {
	var h redaction
	if !m.Sensitive.HasSecrets() {
		return h
	}
	add := func(field string) {
		p := object.Path{field}
		if option, ok := strings.CutPrefix(field, "options."); ok {
			p = object.Path{"options", option}
		}
		if !m.Sensitive.Touches(p) {
			return
		}
		e, ok := effects[field]
		if !ok {
			e = measured
		}
		h = redaction{h.title || e.title, h.message || e.message, h.measure || e.measure, h.limits || e.limits, h.reason || e.reason}
	}
	body := monitor.Fields(m.Body)
	for key := range body {
		if key != "options" {
			add(key)
		}
	}
	for key := range body.Object("options") {
		add("options." + key)
	}
	for field := range effects { // those that are missing because of a sensitive value
		add(field)
	}
	return h
}

// redactionFor returns the redaction for a monitor. sensitiveMembers means that members of a composite are redacted.
func redactionFor(m *Monitor, sensitiveMembers bool) redaction {
	h := effectOf(m)
	if sensitiveMembers {
		h = redaction{true, h.message, true, true, true}
	}
	body := monitor.Fields(m.Body)
	filled := func(text string) bool { return h.limits && strings.Contains(text, "{{") }
	h.title = h.title || filled(body.Text("name"))
	h.message = h.message || filled(body.Text("message")) || filled(body.Object("options").Text("escalation_message"))
	return h
}

func (h redaction) any() bool { return h != redaction{} }

// reasonHidden replaces a reason that can quote a sensitive value.
const reasonHidden = "the reason is hidden, because part of the monitor is sensitive"

// redacted returns the redacted result.
func (h redaction) redacted(r MonitorResult, m *Monitor) MonitorResult {
	if !h.any() {
		return r
	}
	if m.Sensitive.Touches(object.Path{"name"}) {
		r.Name = object.Redacted
	}
	if h.reason && r.Reason != "" {
		r.Reason = evaluate.NotEvaluated(reasonHidden).Error()
	}
	if h.limits {
		r.Comparator, r.Thresholds = "", Thresholds{}
	}
	if h.measure {
		r.Unrecorded, r.Every, r.Window = concealed(r.Unrecorded), 0, 0
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

// simple is the group of a simple alert.
const simple = "*"

// group removes the name and the values of a group. Groups are numbered to distinguish them.
func (h redaction) group(g *GroupResult, i int, names map[string]string) {
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

// notification removes the content of a notification. A handle in the text of a message that is not sensitive stays:
// only the values of its variables can be sensitive.
func (h redaction) notification(n *Notification, m *Monitor, names map[string]string) {
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
		if !m.literalHandle(handle) {
			n.Handles[i] = object.Redacted
		}
	}
	n.Handles = slices.Compact(n.Handles)
}

// literalHandle reports whether a handle is part of the text of a message that is not sensitive.
func (m *Monitor) literalHandle(handle string) bool {
	body := monitor.Fields(m.Body)
	return !m.Sensitive.Touches(object.Path{"message"}) && slices.Contains(monitor.Handles(body.Text("message")), handle) ||
		!m.Sensitive.Touches(object.Path{"options", "escalation_message"}) &&
			slices.Contains(monitor.Handles(body.Object("options").Text("escalation_message")), handle)
}

// HidesHandle reports whether a handle that the monitor notifies depends on a sensitive value.
func (m *Monitor) HidesHandle(handle string) bool {
	return redactionFor(m, false).message && !m.literalHandle(handle)
}

// Reveal returns the complete result, including values that depend on sensitive values. Use it to evaluate a replay,
// never to display it.
func (r *Result) Reveal() *Result {
	if r == nil || r.revealed == nil {
		return r
	}
	return r.revealed
}

// With returns the result with the monitors of other replacing the same monitors.
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

// Shown returns the monitor for display: sensitive values in its body are replaced with object.Redacted.
func (m Monitor) Shown() Monitor {
	if m.Sensitive.HasSecrets() {
		m.Body, _ = m.Sensitive.Redact(m.Sensitive.MayBeSensitive, m.Body, nil).(map[string]any)
	}
	return m
}

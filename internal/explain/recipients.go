package explain

import (
	"slices"
	"strings"

	"ddmon/internal/monitor"
	"ddmon/internal/object"
)

// recipients says who is notified, on which state changes, and how often the monitor renotifies.
func (m *explainer) recipients() []string {
	lines := m.handles(m.view.Message, m.always())
	switch {
	case m.view.Message == object.Redacted:
		lines = []string{"Its message is a sensitive value, so its recipients are not shown."}
	case len(lines) == 0:
		lines = []string{"No one: its message has no recipients."}
	}
	lines = append(lines, m.notificationGroups()...)
	lines = append(lines, m.renotification()...)
	if m.view.Options.NotifyAudit {
		lines = append(lines, "Recipients are also notified when this monitor is changed.")
	}
	return lines
}

// recipient is a handle and when it is notified. An empty when means on every state change.
type recipient struct{ handle, when string }

// handles lists the recipients of a message by condition, in the order of the message. always describes handles outside
// all conditions; these are not repeated under a condition.
func (m *explainer) handles(message, always string) []string {
	var found []recipient
	for _, to := range monitor.ParseMessage(message).Recipients {
		name := to.Raw
		if len(to.Vars) > 0 {
			name += " (resolved from the alert)"
		}
		found = append(found, recipient{name, m.branchCondition(to.Branch)})
	}
	var lines, order []string
	by := map[string][]string{}
	for _, r := range found {
		if r.when != "" && slices.Contains(found, recipient{r.handle, ""}) || slices.Contains(by[r.when], r.handle) {
			continue
		}
		if by[r.when] == nil {
			order = append(order, r.when)
		}
		by[r.when] = append(by[r.when], r.handle)
	}
	for _, when := range order {
		lines = append(lines, or(when, always)+": "+strings.Join(by[when], ", ")+".")
	}
	return lines
}

// always says when a recipient outside all conditions is notified.
func (m *explainer) always() string {
	if m.view.Options.CustomSchedule {
		return "After every evaluation that is not OK (" + list(m.stateChanges(), "or") + ")"
	}
	return "On every state change (" + list(m.stateChanges(), "and") + ")"
}

// stateChanges returns the state changes that send notifications.
func (m *explainer) stateChanges() []string {
	events := m.view.Events()
	changes := []string{"alert"}
	if m.warns() {
		changes = append(changes, "warning")
	}
	if m.view.Options.Thresholds.Unknown != nil && events&monitor.OnUnknown != 0 {
		changes = append(changes, "unknown")
	}
	if events&monitor.OnAlertRecovery != 0 {
		changes = append(changes, "recovery")
	}
	if events&monitor.OnNoData != 0 {
		changes = append(changes, "no data")
	}
	return changes
}

// notificationGroups says how notifications of several groups are combined.
func (m *explainer) notificationGroups() []string {
	switch by := m.view.Options.NotifyBy; {
	case len(by) == 1 && by[0] == "*":
		return []string{"All groups share one notification."}
	case len(by) > 0:
		return []string{"Sends one notification for " + eachGroup(by) + "."}
	}
	return nil
}

// renotification explains the renotify options.
func (m *explainer) renotification() []string {
	o := &m.view.Options
	if m.hidesRenotification() {
		return []string{"Renotification depends on a sensitive value, which is not shown."}
	}
	if !o.Renotifies() || len(monitor.Handles(m.view.Message, o.EscalationMessage)) == 0 && m.view.Message != object.Redacted && o.EscalationMessage != object.Redacted {
		return nil
	}
	statuses := m.view.RenotifiedStatuses()
	if len(statuses) == 0 {
		return []string{"Never renotifies, because it does not notify of the state " + list(o.RenotifyStatuses, "or") + "."}
	}
	line := "Renotifies every " + omitOne(formatSeconds(*o.RenotifyInterval*60)) + " while the state is " + list(statuses, "or")
	if n, ok := nonZero(o.RenotifyOccurrences); ok {
		line += ", at most " + quantity(n, "time")
	}
	lines := []string{line + "."}
	if o.EscalationMessage != "" {
		lines = append(lines, "Renotifications use the escalation message.")
		if o.EscalationMessage == object.Redacted {
			return append(lines, "The escalation message is a sensitive value, so its recipients are not shown.")
		}
		lines = append(lines, m.handles(o.EscalationMessage, "On every renotification")...)
	}
	return lines
}

// hidesRenotification reports whether renotification depends on a sensitive value.
func (m *explainer) hidesRenotification() bool {
	statuses := m.view.Options.RenotifyStatuses
	return m.hidesAny("renotify_interval", "renotify_statuses", "renotify_occurrences") ||
		m.view.Options.Renotifies() && slices.Contains(statuses, "warn") && m.hidesAny("thresholds") ||
		m.view.Options.Renotifies() && (len(statuses) == 0 || slices.Contains(statuses, "no data")) && m.hidesAny("on_missing_data", "notify_no_data")
}

// omitOne removes a count of 1, as in "every hour".
func omitOne(duration string) string { return strings.TrimPrefix(duration, "1 ") }

// branchCondition joins the conditions around a handle, outermost first: "Only when a and when b, unless c".
func (m *explainer) branchCondition(in *monitor.Branch) string {
	var when, unless []string
	for ; in != nil; in = in.Parent {
		not := in.Else != in.Block.Negated
		condition := m.condition(in.Block, not)
		if not {
			unless = append(unless, condition)
		} else {
			when = append(when, condition)
		}
	}
	slices.Reverse(when)
	slices.Reverse(unless)
	switch {
	case len(unless) == 0 && len(when) == 0:
		return ""
	case len(when) == 0:
		return "Always, " + strings.Join(unless, " and ")
	case len(unless) == 0:
		return "Only " + strings.Join(when, " and ")
	}
	return "Only " + strings.Join(when, " and ") + ", " + strings.Join(unless, " and ")
}

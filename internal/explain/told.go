package explain

import (
	"slices"
	"strings"

	"ddmon/internal/monitor"
	"ddmon/internal/object"
)

// told says who is told, on which changes of state, and how often again.
func (m *explainer) told() []string {
	lines := m.handles(m.view.Message, "On every change of state ("+list(m.changes(), "and")+")")
	switch {
	case m.view.Message == object.Redacted:
		lines = []string{"Its message is a sensitive value, so its recipients are not shown."}
	case len(lines) == 0:
		lines = []string{"Nobody: its message names no one to notify."}
	}
	lines = append(lines, m.bundled()...)
	lines = append(lines, m.repeated()...)
	if m.view.Options.NotifyAudit {
		lines = append(lines, "They are told too when somebody changes this monitor.")
	}
	return lines
}

// recipient is someone to notify and when; an empty when is on every change.
type recipient struct{ handle, when string }

// handles says for each circumstance whom a message notifies, in the order of the message; always names that of a
// handle outside of all conditions. Who is told always is not named again for one circumstance.
func (m *explainer) handles(message, always string) []string {
	var found []recipient
	for _, to := range monitor.ReadMessage(message).Recipients {
		name := to.Raw
		if len(to.Vars) > 0 {
			name += " (filled in from the alert)"
		}
		found = append(found, recipient{name, m.circumstance(to.In)})
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

// changes are the changes of state that are notified.
func (m *explainer) changes() []string {
	changes := []string{"alert"}
	if m.warns() {
		changes = append(changes, "warning")
	}
	changes = append(changes, "recovery")
	if m.view.Options.NotifiesNoData() {
		changes = append(changes, "no data")
	}
	return changes
}

// bundled says how notifications of groups go together.
func (m *explainer) bundled() []string {
	switch by := m.view.Options.NotifyBy; {
	case len(by) == 1 && by[0] == "*":
		return []string{"All groups share one notification."}
	case len(by) > 0:
		return []string{"There is one notification for " + eachGroup(by) + "."}
	}
	return nil
}

// repeated explains the options of renotification.
func (m *explainer) repeated() []string {
	o := &m.view.Options
	if m.hidesAny("renotify_interval", "renotify_statuses", "renotify_occurrences") {
		return []string{"Whether recipients are notified again depends on a sensitive value, which is not shown."}
	}
	if !o.Renotifies() {
		return nil
	}
	line := "They are told again every " + bare(lapse(*o.RenotifyInterval*60)) + " while the state is " + list(o.RenotifiedStatuses(), "or")
	if n, ok := set(o.RenotifyOccurrences); ok {
		line += ", at most " + count(n, "time")
	}
	lines := []string{line + "."}
	if o.EscalationMessage != "" {
		lines = append(lines, "What is told again has a text of its own.")
		if o.EscalationMessage == object.Redacted {
			return append(lines, "It is a sensitive value, so its recipients are not shown.")
		}
		lines = append(lines, m.handles(o.EscalationMessage, "Each time it is told again")...)
	}
	return lines
}

// bare leaves out a count of 1: every hour.
func bare(lapse string) string { return strings.TrimPrefix(lapse, "1 ") }

// circumstance joins the conditions around a handle, outer ones first: Only when a and when b, unless c.
func (m *explainer) circumstance(in *monitor.Branch) string {
	var when, unless []string
	for ; in != nil; in = in.In {
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
		return "Always " + strings.Join(unless, " and ")
	case len(unless) == 0:
		return "Only " + strings.Join(when, " and ")
	}
	return "Only " + strings.Join(when, " and ") + ", " + strings.Join(unless, " and ")
}

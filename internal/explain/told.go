package explain

import (
	"slices"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/object"
)

// told says who is told, on which changes of state, and how often again.
func (m *monitor) told() []string {
	lines := m.handles(m.view.Message, "On every change of state ("+list(m.changes(), "and")+")")
	switch {
	case m.view.Message == object.Redacted:
		lines = []string{"Its message is a sensitive value, so its recipients are not shown."}
	case len(lines) == 0:
		lines = []string{"Nobody: its message names no one to notify."}
	}
	lines = append(lines, m.bundled()...)
	lines = append(lines, m.repeated()...)
	if audit, _ := m.option("notify_audit").(bool); audit {
		lines = append(lines, "They are told too when somebody changes this monitor.")
	}
	return lines
}

// recipient is someone to notify and when; an empty when is on every change.
type recipient struct{ handle, when string }

// handles says for each circumstance whom a message notifies, in the order of the message; always names that of a
// handle outside of all conditions. Who is told always is not named again for one circumstance.
func (m *monitor) handles(message, always string) []string {
	template, _ := ddquery.ParseTemplate(message)
	b := &branches{m: m}
	b.walk(template.Nodes, nil)
	var lines, order []string
	by := map[string][]string{}
	for _, r := range b.found {
		if r.when != "" && slices.Contains(b.found, recipient{r.handle, ""}) || slices.Contains(by[r.when], r.handle) {
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
func (m *monitor) changes() []string {
	changes := []string{"alert"}
	if m.warns() {
		changes = append(changes, "warning")
	}
	changes = append(changes, "recovery")
	if m.tellsNoData() {
		changes = append(changes, "no data")
	}
	return changes
}

// warns reports whether the monitor has a warning state.
func (m *monitor) warns() bool {
	if m.query == nil {
		return true
	}
	switch m.query.Root.(type) {
	case *ddquery.CheckQuery, *ddquery.CompositeQuery, *ddquery.NoQuery:
		return true
	}
	return m.view.Options.Thresholds.Warning != nil
}

// bundled says how notifications of groups go together.
func (m *monitor) bundled() []string {
	switch by := m.view.Options.NotifyBy; {
	case len(by) == 1 && by[0] == "*":
		return []string{"All groups share one notification."}
	case len(by) > 0:
		return []string{"There is one notification for " + eachGroup(by) + "."}
	}
	return nil
}

// repeated explains the options of renotification.
func (m *monitor) repeated() []string {
	o := &m.view.Options
	if m.hidesAny("renotify_interval", "renotify_statuses", "renotify_occurrences") {
		return []string{"Whether recipients are notified again depends on a sensitive value, which is not shown."}
	}
	interval, ok := set(o.RenotifyInterval)
	if !ok {
		return nil
	}
	statuses := o.RenotifyStatuses
	if len(statuses) == 0 {
		statuses = []string{"alert", "no data"}
	}
	line := "They are told again every " + bare(lapse(interval*60)) + " while the state is " + list(statuses, "or")
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

// branches collects a message's handles with the conditions around them.
type branches struct {
	m     *monitor
	found []recipient
}

func (b *branches) walk(nodes []ddquery.TemplateNode, conditions []string) {
	for _, n := range nodes {
		switch n := n.(type) {
		case *ddquery.Handle:
			name := n.Raw
			if len(n.Vars) > 0 {
				name += " (filled in from the alert)"
			}
			b.found = append(b.found, recipient{name, circumstance(conditions)})
		case *ddquery.TemplateBlock:
			b.walk(n.Body, append(slices.Clip(conditions), b.m.condition(n, n.Negated)))
			b.walk(n.Else, append(slices.Clip(conditions), b.m.condition(n, !n.Negated)))
		}
	}
}

// circumstance joins the conditions around a handle: Only when a and when b, unless c.
func circumstance(conditions []string) string {
	var when, unless []string
	for _, c := range conditions {
		if strings.HasPrefix(c, "unless ") {
			unless = append(unless, c)
		} else {
			when = append(when, c)
		}
	}
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

package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"ddmon/internal/plan"
)

// Drift writes a report for a person.
func Drift(w io.Writer, r *plan.DriftReport, s Style, now time.Time) error {
	out := bufio.NewWriter(w)
	for i := range r.Drifted {
		s.drifted(out, &r.Drifted[i], now)
	}
	if len(r.Drifted) == 0 {
		fmt.Fprintf(out, "%s Datadog is as stack %s is configured.\n", s.paint(bold+";"+green, "No drift."), quote(r.Stack))
	} else {
		fmt.Fprintf(out, "%s `ddmon plan` shows what apply would set back.\n", s.paint(bold, Count(len(r.Drifted), "object")+" drifted."))
	}
	if len(r.Silenced) > 0 {
		fmt.Fprintf(out, "\n%s\n", s.paint(bold, "Silenced for now, which is no drift:"))
	}
	for i := range r.Silenced {
		m := &r.Silenced[i]
		fmt.Fprintf(out, "%s  %s  (%s)\n", s.paint(cyan, fmt.Sprintf("%-9s", Clean(m.By))), s.paint(bold, Clean(m.Address.String())), Clean(m.ID))
		s.below(out, scopeOf(m)+", "+untilOf(m))
	}
	return out.Flush()
}

func (s Style) drifted(out *bufio.Writer, d *plan.Drifted, now time.Time) {
	fmt.Fprintf(out, "%s  %s", s.paint(yellow, fmt.Sprintf("%-9s", Clean(string(d.Class)))), s.paint(bold, Clean(d.Address.String())))
	var facts []string
	if d.ID != "" && d.Class != plan.DriftTwin {
		facts = append(facts, Clean(d.ID))
	}
	if at, err := time.Parse(time.RFC3339Nano, d.ModifiedAt); err == nil && d.Class == plan.DriftEdited {
		facts = append(facts, age(now.Sub(at)))
	}
	if len(facts) > 0 {
		fmt.Fprintf(out, "  (%s)", strings.Join(facts, ", "))
	}
	fmt.Fprintln(out)
	s.below(out, driftText(d))
}

// below writes what belongs to an object, indented so that it begins below its address.
func (s Style) below(out *bufio.Writer, text string) {
	indent := strings.Repeat(" ", 11)
	for _, line := range wrap(Clean(text), s.width()-len(indent)) {
		fmt.Fprintf(out, "%s%s\n", indent, line)
	}
}

// driftText says what differs.
func driftText(d *plan.Drifted) string {
	switch {
	case d.Class == plan.DriftTwin:
		return d.Address.Kind + " " + d.ID + " has the same name and belongs to no stack"
	case len(d.Paths) > 0:
		return strings.Join(d.Paths, ", ")
	case d.Class == plan.DriftDeleted:
		return "not in Datadog any more, or never applied"
	case d.Class == plan.DriftExtra:
		return "in Datadog, and not in the files any more"
	case d.Class == plan.DriftContested:
		return "left alone because of an error"
	}
	return ""
}

// scopeOf says what of a monitor is silenced.
func scopeOf(m *plan.Silenced) string {
	if m.Scope == "*" || m.Scope == "" {
		return "all of it"
	}
	return m.Scope
}

// untilOf says when a monitor tells somebody again.
func untilOf(m *plan.Silenced) string {
	if m.Until == 0 {
		return "without an end"
	}
	return "until " + time.Unix(m.Until, 0).UTC().Format("2006-01-02 15:04") + " UTC"
}

package explain

import "ddmon/internal/ddquery"

// compared describes a value that satisfies a comparison: "below 1".
func compared(op, value string) string {
	switch op {
	case ">":
		return "above " + value
	case ">=":
		return "at or above " + value
	case "<":
		return "below " + value
	case "<=":
		return "at or below " + value
	case "!=":
		return "anything other than " + value
	}
	return "exactly " + value
}

// comparedCount is comparedAmount for countable items, where "no" and "any" read better.
func comparedCount(op string, v float64) string {
	switch {
	case op == "<" && v == 1, op == "<=" && v == 0, op == "==" && v == 0:
		return "no"
	case op == ">" && v == 0, op == ">=" && v == 1, op == "!=" && v == 0:
		return "any"
	}
	return comparedAmount(op, formatNumber(v))
}

// comparedAmount describes an amount that satisfies a comparison: "more than 20".
func comparedAmount(op, value string) string {
	switch op {
	case ">":
		return "more than " + value
	case ">=":
		return "at least " + value
	case "<":
		return "fewer than " + value
	case "<=":
		return "at most " + value
	case "!=":
		return "any number other than " + value
	}
	return "exactly " + value
}

// opposite negates an operator. An alert ends when the opposite comparison is true.
func opposite(op string) string {
	switch op {
	case ">":
		return "<="
	case ">=":
		return "<"
	case "<":
		return ">="
	case "<=":
		return ">"
	case "!=":
		return "=="
	}
	return "!="
}

// above and below report the side of the threshold on which a query alerts.
func above(op string) bool { return op[0] == '>' }
func below(op string) bool { return op[0] == '<' }

// conditions words the conditions of a query. brief words a comparison ("the value is below 1"); inDetail adds what it
// means for the single values ("the value is below 1 for the whole window"). inDetail can be nil or return "".
type conditions struct {
	brief, inDetail func(op string, v float64) string
}

// sentence ends a sentence with the most detailed wording of a condition.
func (c conditions) sentence(op string, v float64) string {
	if c.inDetail != nil {
		if detail := c.inDetail(op, v); detail != "" {
			return detail + "."
		}
	}
	return c.brief(op, v) + "."
}

// thresholds says when a monitor alerts, warns and recovers.
func (m *explainer) thresholds(cmp *ddquery.Comparison, c conditions) []string {
	t := &m.view.Options.Thresholds
	critical, static := cmp.Value()
	if !static {
		return []string{"Alerts when the value is " + compared(cmp.Op, "a threshold computed by another query") + "."}
	}
	lines := []string{"Alerts when " + c.sentence(cmp.Op, critical)}
	if t.Warning != nil {
		lines = append(lines, "Warns when "+c.sentence(cmp.Op, *t.Warning))
	}
	if m.queryOnly {
		return lines
	}
	if m.view.Options.CustomSchedule {
		return append(lines, "Each evaluation is independent of the previous one, so it sends no recovery.")
	}
	end, leave := opposite(cmp.Op), m.alertEnd(cmp.Op, critical)
	if t.Warning == nil {
		return append(lines, "Recovers when "+c.sentence(end, leave))
	}
	recovery := *t.Warning
	if t.WarningRecovery != nil {
		recovery = *t.WarningRecovery
	}
	if leave != recovery {
		lines = append(lines, "Changes from alert to warning when "+c.brief(end, leave)+".")
	}
	return append(lines, "Recovers when "+c.sentence(end, recovery))
}

// alertEnd returns the value at which an alert ends. Datadog ignores a recovery threshold beyond the warning threshold:
// the alert ends at the warning threshold.
func (m *explainer) alertEnd(op string, critical float64) float64 {
	t := &m.view.Options.Thresholds
	switch {
	case t.CriticalRecovery == nil:
		return critical
	case t.Warning != nil && above(op):
		return max(*t.CriticalRecovery, *t.Warning)
	case t.Warning != nil && below(op):
		return min(*t.CriticalRecovery, *t.Warning)
	}
	return *t.CriticalRecovery
}

package explain

import "ddmon/internal/ddquery"

// compared says what a value is that meets a comparison: below 1.
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
		return "anything but " + value
	}
	return "exactly " + value
}

// howMany is many for things that come whole, where no and any are better words.
func howMany(op string, v float64) string {
	switch {
	case op == "<" && v == 1, op == "<=" && v == 0, op == "==" && v == 0:
		return "no"
	case op == ">" && v == 0, op == ">=" && v == 1, op == "!=" && v == 0:
		return "any"
	}
	return many(op, figure(v))
}

// many says how many things meet a comparison: more than 20.
func many(op, value string) string {
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
		return "any number but " + value
	}
	return "exactly " + value
}

// opposite is the operator that holds where op does not; with it an alert ends.
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

// above and below report on which side of its threshold a query alerts.
func above(op string) bool { return op[0] == '>' }
func below(op string) bool { return op[0] == '<' }

// wording is how a form speaks of its value: when says a condition ("that is below 1"), because what the condition
// means for the single values ("it was below 1 all the time"); because may return "" or be nil.
type wording struct {
	when, because func(op string, v float64) string
}

func (w wording) say(op string, v float64) string {
	s := w.when(op, v)
	if w.because != nil {
		if reason := w.because(op, v); reason != "" {
			s += ": that is, when " + reason
		}
	}
	return s + "."
}

// levels says when a monitor alerts, warns and recovers.
func (m *explainer) levels(cmp *ddquery.Comparison, w wording) []string {
	t := &m.view.Options.Thresholds
	critical, static := cmp.Value()
	if !static {
		return []string{"Alerts when the value is " + compared(cmp.Op, "a threshold that another query gives") + "."}
	}
	lines := []string{"Alerts when " + w.say(cmp.Op, critical)}
	if t.Warning != nil {
		lines = append(lines, "Warns when "+w.say(cmp.Op, *t.Warning))
	}
	if m.bare {
		return lines
	}
	end, leave := opposite(cmp.Op), m.leaves(cmp.Op, critical)
	if t.Warning == nil {
		return append(lines, "Recovers when "+w.say(end, leave))
	}
	calm := *t.Warning
	if t.WarningRecovery != nil {
		calm = *t.WarningRecovery
	}
	if leave != calm {
		lines = append(lines, "Leaves the alert when "+w.when(end, leave)+"; from then on it warns until it recovers.")
	}
	return append(lines, "Recovers when "+w.say(end, calm))
}

// leaves returns the number at which an alert ends. A recovery threshold past the warning is not respected: the alert
// ends at the warning.
func (m *explainer) leaves(op string, critical float64) float64 {
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

package expect

import (
	"slices"
	"strconv"
	"strings"

	"ddmon/internal/object"
)

// Paths of the fields that operators change.
var (
	queryPaths   = []object.Path{{"query"}, {"options", "thresholds"}, {"options", "variables"}}
	messagePaths = []object.Path{{"message"}, {"options", "escalation_message"}}
	missingPaths = []object.Path{{"options", "on_missing_data"}, {"options", "notify_no_data"}}
	repeatPaths  = []object.Path{{"options", "renotify_interval"}}
)

// operators returns all operators, in the order in which mutants are generated.
func operators() []*operator {
	return []*operator{
		{Missed, "a recording in which the value stays between the old and the new threshold", queryPaths, thresholdChanges},
		{Repeated, "a recording in which the value stays between the old and the new recovery threshold after an alert", queryPaths, recoveryChanges},
		{Delayed, "a recording of a problem that lasts longer than one of the two windows but not the other", queryPaths, windowChanges},
		{Missed, "a recording in which the monitor alerts", queryPaths, neverChanges},
		{Missed, "a recording in which the values within one window are on both sides of the threshold", queryPaths, aggregatorChanges},
		{FalseAlarm, "a recording in which the value equals the threshold", queryPaths, strictnessChanges},
		{Missed, "a recording in which only one group is past the threshold", queryPaths, groupChanges},
		{FalseAlarm, "a recording that also has data outside of this filter, past the threshold", queryPaths, filterChanges},
		{Missed, "a recording in which the members have different states", queryPaths[:1], booleanChanges},
		{Missed, "a recording in which the data stops for longer than the window", missingPaths, missingDataChanges},
		{Missed, "a recording in which the monitor notifies this handle", messagePaths, handleChanges},
		{FalseAlarm, "a recording in which the monitor notifies, but not under this condition", messagePaths, conditionChanges},
		{Repeated, "a recording in which the monitor stays in Alert for longer than the renotify interval", repeatPaths, renotifyChanges},
	}
}

// mutantsOf returns the mutants of one monitor, without duplicates.
func mutantsOf(obj *object.Object) []mutant {
	var list []mutant
	seen := map[string]bool{}
	for _, op := range operators() {
		m, ok := newMutable(obj.Body)
		if !ok {
			return nil
		}
		hidden := slices.ContainsFunc(op.paths, obj.Touches)
		for _, c := range op.changes(m) {
			c.operator = op
			out, from, to, ok := c.apply(obj.Body)
			key := strings.Join([]string{c.field, from, to, out.text}, "\x00")
			if !ok || seen[key] {
				continue
			}
			seen[key] = true
			x := mutant{Mutant: Mutant{Address: obj.Address.String(), Field: c.field, From: from, To: to}, address: obj.Address, change: c, hidden: hidden}
			x.Effect = worstEffect(m, c, from, to)
			if hidden {
				x.From, x.To = object.Redacted, object.Redacted
			}
			list = append(list, x)
		}
	}
	return list
}

// worstEffect returns the worst effect of a change that no recording shows. It depends on the direction of the change.
func worstEffect(m *mutable, c change, from, to string) Effect {
	op := ""
	if k := m.query.Comparison(); k != nil {
		op = k.Op
	}
	var less bool // whether the new monitor alerts less often
	switch c.field {
	case "critical", "warning":
		a, _ := strconv.ParseFloat(from, 64)
		b, _ := strconv.ParseFloat(to, 64)
		less = (b > a) == strings.HasPrefix(op, ">") || op == ""
	case "aggregator":
		order := []string{"min", "avg", "max"}
		less = (slices.Index(order, to) < slices.Index(order, from)) == strings.HasPrefix(op, ">") || from == "sum"
	case "comparator":
		less = len(to) < len(from)
	case "operator":
		less = to == "&&"
	case "notify_no_data":
		less = to == "false"
	case "on_missing_data":
		if from != "show_and_notify_no_data" && to != "show_and_notify_no_data" {
			return StatusOnly
		}
		less = from == "show_and_notify_no_data"
	default:
		return c.effect
	}
	if less {
		return Missed
	}
	return FalseAlarm
}

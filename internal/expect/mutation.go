package expect

import (
	"slices"
	"strings"

	"ddmon/internal/object"
)

// change is one way to change a monitor. It can be applied to several versions of the monitor, because tests can set
// variables.
type change struct {
	*operator
	field string
	// edit changes a copy of the monitor and returns the old and the new value. ok is false if this version has nothing
	// to change.
	edit func(m *mutable) (from, to string, ok bool)
}

// operator is a kind of mistake in a monitor.
type operator struct {
	// effect is the worst effect, for mutants whose difference no recording shows.
	effect Effect
	// recording says which recording would show the difference.
	recording string
	// paths are the fields of which From and To show a part.
	paths []object.Path
	// changes lists the changes of one monitor.
	changes func(m *mutable) []change
}

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

// apply returns a changed copy of a monitor, with the old and the new value. ok is false if there is nothing to change,
// or if Datadog would reject the result.
func (c change) apply(body map[string]any) (out *mutable, from, to string, ok bool) {
	m, ok := newMutable(body)
	if !ok {
		return m, "", "", false
	}
	from, to, ok = c.edit(m)
	return m, from, to, ok && from != to && (c.field == "comparison" || !rejected(m.body(), body))
}

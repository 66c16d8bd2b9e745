package expect

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"ddmon/internal/replay"
	"ddmon/internal/testfile"
)

// maxTransitions is how many transitions a description lists.
const maxTransitions = 6

// describeHistory describes the history of a group: "OK, Alert at 14:26:02–14:27:01, OK at 14:36:02–14:37:01".
func (c clock) describeHistory(g groupHistory) string {
	all := g.all()
	if len(all) == 0 {
		return g.Initial.String() + " throughout"
	}
	var parts []string
	if g.Initial != replay.Gone {
		parts = append(parts, g.Initial.String())
	}
	for i, t := range all {
		if i == maxTransitions {
			parts = append(parts, fmt.Sprintf("and %d more changes", len(all)-i))
			break
		}
		parts = append(parts, c.describeTransition(t))
	}
	return strings.Join(parts, ", ")
}

// describeTransition describes a transition.
func (c clock) describeTransition(t replay.Transition) string {
	name := t.To.String()
	if t.To == replay.Gone {
		name = "gone"
	}
	text := name + " at " + c.span(t.Earliest, t.Latest)
	if t.Share < 1-rounding {
		text += " (only " + someSeconds(t.Share) + ")"
	}
	return text
}

// someSeconds says that only some of the seconds at which Datadog can evaluate see a transition.
func someSeconds(share float64) string {
	percent := int(math.Round(share * 100))
	return fmt.Sprintf("if Datadog evaluates at certain seconds of the minute (%d%% of them)", min(max(percent, 1), 99))
}

// after describes how long after a phase something happens: "2m31s to 3m30s after incident_start".
func after(from, best, worst time.Time, phase string) string {
	least, most := Brief(best.Sub(from)), Brief(worst.Sub(from))
	if least != most {
		least += " to " + most
	}
	return least + " after " + phase
}

// counted writes a number and a noun: "1 notification", "2 notifications".
func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return strconv.Itoa(n) + " " + noun
}

// inAllOf says that something is true for all of several groups.
func inAllOf(groups int) string {
	if groups < 2 {
		return ""
	}
	return fmt.Sprintf(" in all %d groups", groups)
}

// otherGroups says how many more groups fail than the one described.
func otherGroups(n int) string {
	switch {
	case n <= 0:
		return ""
	case n == 1:
		return "; 1 other group also fails"
	}
	return fmt.Sprintf("; %d other groups also fail", n)
}

// closest describes the value that came closest to the threshold of a status; "" if the status has no threshold or the
// replay kept no values.
func (a *assertion) closest(status string, groups []groupHistory, from time.Time) string {
	name, limit := a.threshold(status)
	op := a.monitor.Comparator
	if limit == nil || op != ">" && op != ">=" && op != "<" && op != "<=" {
		return ""
	}
	word, better := "highest", func(a, b float64) bool { return a > b }
	if op[0] == '<' {
		word, better = "lowest", func(a, b float64) bool { return a < b }
	}
	var best *replay.Value
	for _, g := range groups {
		for i := range g.Values {
			if v := &g.Values[i]; v.HasValue && !v.At.Before(from) && (best == nil || better(v.Value, best.Value)) {
				best = v
			}
		}
	}
	if best == nil {
		return ""
	}
	return fmt.Sprintf("; the %s value was %s at %s (%s: %s %s)", word, number(best.Value), a.show(best.At), name, op, number(*limit))
}

// threshold returns the threshold of a status; nil if it has no threshold.
func (a *assertion) threshold(status string) (name string, value *float64) {
	switch status {
	case testfile.StatusAlert:
		return "critical", a.monitor.Thresholds.Critical
	case testfile.StatusWarn:
		return "warning", a.monitor.Thresholds.Warning
	}
	return "", nil
}

// valueAt describes the value compared with the thresholds at a time; "" if the replay kept no values.
func (a *assertion) valueAt(g groupHistory, at time.Time) string {
	for _, v := range slices.Backward(g.Values) {
		switch {
		case v.At.After(at):
		case v.HasValue:
			return fmt.Sprintf("; the value at %s was %s", a.show(v.At), number(v.Value))
		default:
			return ""
		}
	}
	return ""
}

// number formats a value with up to six significant digits.
func number(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strconv.FormatFloat(v, 'g', 6, 64)
}

// joinUpTo joins up to n names and says how many more there are.
func joinUpTo(names []string, n int) string {
	if len(names) <= n {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:n], ", "), len(names)-n)
}

// truncate shortens a string to one line of at most n characters.
func truncate(text string, n int) string {
	line := []rune(strings.Join(strings.Fields(text), " "))
	if len(line) <= n {
		return string(line)
	}
	return string(line[:n-1]) + "…"
}

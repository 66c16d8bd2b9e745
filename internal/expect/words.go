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

// longestStory is how many transitions a story has.
const longestStory = 6

// story tells what a group went through: "OK, Alert at 14:26:02–14:27:01, OK at 14:36:02–14:37:01".
func (c clock) story(g course) string {
	all := g.all()
	if len(all) == 0 {
		return g.Initial.String() + " the whole time"
	}
	var parts []string
	if g.Initial != replay.Gone {
		parts = append(parts, g.Initial.String())
	}
	for i, t := range all {
		if i == longestStory {
			parts = append(parts, fmt.Sprintf("and %d more changes", len(all)-i))
			break
		}
		parts = append(parts, c.turn(t))
	}
	return strings.Join(parts, ", ")
}

// turn tells one transition.
func (c clock) turn(t replay.Transition) string {
	name := t.To.String()
	if t.To == replay.Gone {
		name = "gone"
	}
	text := name + " at " + c.span(t.Earliest, t.Latest)
	if t.Share < 1-rounding {
		text += " (only " + chance(t.Share) + ")"
	}
	return text
}

// chance says that not all seconds at which Datadog may evaluate see the same.
func chance(share float64) string {
	percent := int(math.Round(share * 100))
	return fmt.Sprintf("if Datadog evaluates at certain seconds of the minute (%d %% of them)", min(max(percent, 1), 99))
}

// others says for how many more groups an expectation does not hold than for the one that is told.
func others(n int) string {
	switch {
	case n <= 0:
		return ""
	case n == 1:
		return "; nor does it hold for 1 other group"
	}
	return fmt.Sprintf("; nor does it hold for %d other groups", n)
}

// closest names the value of some groups that came closest to the threshold of the status that was expected; "" if
// the replay kept no values since then, or there is no such threshold.
func (j *judge) closest(groups []course, from time.Time) string {
	name, limit := j.limit()
	op := j.monitor.Comparator
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
	return fmt.Sprintf("; the %s value was %s at %s (%s: %s %s)", word, number(best.Value), j.show(best.At), name, op, number(*limit))
}

// limit is the threshold of the status that is expected; nil if it has none.
func (j *judge) limit() (name string, value *float64) {
	switch j.Status {
	case testfile.StatusAlert:
		return "critical", j.monitor.Thresholds.Critical
	case testfile.StatusWarn:
		return "warning", j.monitor.Thresholds.Warning
	}
	return "", nil
}

// valueAt names what was compared with the thresholds at a moment; "" if the replay kept no values.
func (j *judge) valueAt(g course, at time.Time) string {
	for _, v := range slices.Backward(g.Values) {
		switch {
		case v.At.After(at):
		case v.HasValue:
			return fmt.Sprintf("; the value at %s was %s", j.show(v.At), number(v.Value))
		default:
			return ""
		}
	}
	return ""
}

// number writes a value with as many digits as a person wants to see.
func number(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strconv.FormatFloat(v, 'g', 6, 64)
}

// listed joins up to n names, and says how many there are more.
func listed(names []string, n int) string {
	if len(names) <= n {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:n], ", "), len(names)-n)
}

// shortened cuts a text to one line of up to n characters.
func shortened(text string, n int) string {
	line := []rune(strings.Join(strings.Fields(text), " "))
	if len(line) <= n {
		return string(line)
	}
	return string(line[:n-1]) + "…"
}

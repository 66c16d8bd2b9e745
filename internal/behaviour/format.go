package behaviour

import (
	"fmt"
	"slices"
	"strconv"

	"ddmon/internal/object"
)

// recipientChanges describes changes to the status of the first notification and to its recipients; "" if there are
// none.
func recipientChanges(before, after *Verdict) string {
	text := ""
	if before.FirstStatus != after.FirstStatus {
		text += ", would notify as " + after.FirstStatus
	}
	if removed := without(before.Recipients, after.Recipients); len(removed) > 0 {
		text += ", would no longer notify " + object.JoinGuarded(removed, " ")
	}
	if added := without(after.Recipients, before.Recipients); len(added) > 0 {
		text += ", would also notify " + object.JoinGuarded(added, " ")
	}
	return text
}

// without returns the members of a that are not in b.
func without(a, b []object.Guarded) []object.Guarded {
	return slices.DeleteFunc(slices.Clone(a), func(s object.Guarded) bool { return slices.Contains(b, s) })
}

// delayText says when an incident is detected in the worst case: "after 4m07s". For the stack it adds the monitor.
func delayText(v *Verdict) string {
	text := "after " + formatSeconds(v.Latest)
	if !isAll(v.Share) {
		text = fmt.Sprintf("after %s at best, in %d%% of cases", formatSeconds(v.Earliest), max(1, min(99, int(v.Share*100+0.5))))
	}
	if v.FirstStatus != "" && v.FirstStatus != "Alert" {
		text += " (" + v.FirstStatus + ")"
	}
	if v.By.Kind != "" {
		text += " via " + v.By.String()
	}
	return text
}

// formatSeconds formats a duration: 45s, 4m07s, 1h00m05s.
func formatSeconds(seconds int) string {
	switch h, m, s := seconds/3600, seconds/60%60, seconds%60; {
	case h > 0:
		return fmt.Sprintf("%dh%02dm%02ds", h, m, s)
	case m > 0:
		return fmt.Sprintf("%dm%02ds", m, s)
	default:
		return strconv.Itoa(s) + "s"
	}
}

// falseAlarms formats the number of false alarms.
func falseAlarms(v *Verdict) string {
	text, bound := strconv.Itoa(v.FalseAlarms)+" false alarms", "up to "
	if v.FalseAlarms == 1 {
		text, bound = "1 false alarm", "at most "
	}
	if v.Uncertain {
		return bound + text
	}
	return text
}

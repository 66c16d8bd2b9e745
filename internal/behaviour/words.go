package behaviour

import (
	"fmt"
	"slices"
	"strconv"

	"ddmon/internal/object"
)

// who says as what the incident would be told, whom that would reach, and whom no more.
func who(before, after *Verdict) string {
	text := ""
	if before.As != after.As {
		text += ", would be told as " + after.As
	}
	if gone := without(before.Tells, after.Tells); len(gone) > 0 {
		text += ", would no longer tell " + object.JoinGuarded(gone, " ")
	}
	if added := without(after.Tells, before.Tells); len(added) > 0 {
		text += ", would also tell " + object.JoinGuarded(added, " ")
	}
	return text
}

// without returns the members of a that are not in b.
func without(a, b []object.Guarded) []object.Guarded {
	return slices.DeleteFunc(slices.Clone(a), func(s object.Guarded) bool { return slices.Contains(b, s) })
}

// delay writes when an incident is caught: "after 4m07s", at worst; the stack says by what.
func delay(v *Verdict) string {
	text := "after " + clock(v.Latest)
	if !isAll(v.Share) {
		text = fmt.Sprintf("after %s at best, in %d%% of cases", clock(v.Earliest), max(1, min(99, int(v.Share*100+0.5))))
	}
	if v.As != "" && v.As != "Alert" {
		text += " (" + v.As + ")"
	}
	if v.By.Kind != "" {
		text += " by " + v.By.String()
	}
	return text
}

// clock writes seconds: 45s, 4m07s, 1h00m05s.
func clock(seconds int) string {
	switch h, m, s := seconds/3600, seconds/60%60, seconds%60; {
	case h > 0:
		return fmt.Sprintf("%dh%02dm%02ds", h, m, s)
	case m > 0:
		return fmt.Sprintf("%dm%02ds", m, s)
	default:
		return strconv.Itoa(s) + "s"
	}
}

// times writes a number of alarms.
func times(v *Verdict) string {
	text, bound := strconv.Itoa(v.FalseAlarms)+" times", "up to "
	if v.FalseAlarms == 1 {
		text, bound = "once", "at most "
	}
	if v.Uncertain {
		return bound + text
	}
	return text
}

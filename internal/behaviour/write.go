package behaviour

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// writer finds out what an effect is and puts it into words.
type writer struct {
	effect   *Effect
	incident bool
	// stack is the verdict on the desired stack: what else catches the incident.
	stack Verdict
	// lost are metrics that the changed query asks for and the recording does not hold.
	lost []string
}

// notEvaluated is the effect of a monitor of which nothing can be said. The recording is left out: the reason stands
// once, for all of them.
func notEvaluated(e Effect) Effect {
	e.Kind, e.Recording = NotEvaluated, ""
	reason := e.After.Reason
	if reason == "" {
		reason = "as it is live " + strings.TrimPrefix(e.Before.Reason, "not evaluated: ")
	}
	e.Short = "not evaluated: " + strings.TrimPrefix(reason, "not evaluated: ")
	e.Text = e.Address.String() + ": " + e.Short
	return e
}

// write sets kind and texts.
func (w *writer) write() {
	e := w.effect
	caught, alarms := NoChange, alarmKind(&e.Before, &e.After)
	if w.incident {
		caught = caughtKind(&e.Before, &e.After)
	}
	order := kindsInOrder()
	e.Kind = order[min(slices.Index(order, caught), slices.Index(order, alarms))]
	e.Regression = slices.Index(order, e.Kind) <= slices.Index(order, NewFalseAlarms)
	e.Short = w.sentence(caught, alarms, "", "it")
	who := "the stack"
	if e.Address.Kind != "" {
		who = e.Address.String()
	}
	subject := e.Recording + " "
	if !w.incident {
		subject = e.Recording + ": "
	}
	e.Text = who + ": " + w.sentence(caught, alarms, subject, e.Recording)
}

// sentence tells of the incident, and of false alarms: where there is no incident, or where their number changes.
func (w *writer) sentence(caught, alarms Kind, subject, it string) string {
	if !w.incident {
		return subject + w.alarms(alarms)
	}
	text := w.caught(caught, subject, it)
	if alarms != NoChange {
		text += "; outside of it " + w.alarms(alarms)
	}
	return text
}

func caughtKind(before, after *Verdict) Kind {
	switch {
	case before.Caught && !after.Caught:
		return NoLongerCaught
	case !before.Caught && after.Caught:
		return NewlyCaught
	case before.Caught && before.certain() != after.certain():
		return laterIf(before.certain())
	case before.Caught && !before.certain() && differs(before.Share, after.Share):
		return laterIf(before.Share > after.Share)
	case before.Caught && before.Latest != after.Latest:
		return laterIf(before.Latest < after.Latest)
	case before.Caught && (len(without(before.Tells, after.Tells)) > 0 || len(without(after.Tells, before.Tells)) > 0):
		return Different
	case !before.Caught && before.Exists && after.Exists && aside(before) != aside(after):
		return Different
	}
	return NoChange
}

func laterIf(later bool) Kind {
	if later {
		return Later
	}
	return Earlier
}

func differs(a, b float64) bool { return a-b > 0.001 || b-a > 0.001 }

func alarmKind(before, after *Verdict) Kind {
	switch {
	case after.FalseAlarms > before.FalseAlarms:
		return NewFalseAlarms
	case after.FalseAlarms < before.FalseAlarms:
		return FewerFalseAlarms
	}
	return NoChange
}

// caught tells of the incident. subject stands before what is said of it as a subject, it for it as an object.
func (w *writer) caught(kind Kind, subject, it string) string {
	b, a := &w.effect.Before, &w.effect.After
	switch kind {
	case NoLongerCaught:
		return "would no longer catch " + it + w.otherwise()
	case NewlyCaught:
		return "would catch " + it + " " + delay(a)
	case Later, Earlier:
		return subject + "caught " + delay(b) + ", would be caught " + delay(a)
	case Different:
		if b.Caught {
			return subject + "caught " + delay(b) + who(b, a)
		}
		return "does not catch " + it + aside(b) + " and would not" + aside(a)
	}
	switch {
	case b.Caught:
		return subject + "caught " + delay(b)
	case !b.Exists:
		return "would not catch " + it + aside(a)
	case !a.Exists:
		return "did not catch " + it + aside(b)
	}
	return "does not catch " + it + aside(a)
}

// aside says what a monitor does instead of catching the incident.
func aside(v *Verdict) string {
	switch {
	case v.Silent:
		return " (alerts " + delay(v) + ", tells no one)"
	case v.TooLate:
		return " (tells only when it is over)"
	}
	return ""
}

// otherwise says what becomes of an incident that a monitor no longer catches.
func (w *writer) otherwise() string {
	var notes []string
	if len(w.lost) > 0 {
		notes = append(notes, "which holds no "+strings.Join(w.lost, ", "))
	}
	if note := strings.Trim(aside(&w.effect.After), " ()"); note != "" {
		notes = append(notes, note)
	}
	switch {
	case w.effect.Address.Kind == "":
	case w.stack.Caught:
		notes = append(notes, "still caught by "+w.stack.By.String())
	default:
		notes = append(notes, "nothing else does")
	}
	if len(notes) == 0 {
		return ""
	}
	return " (" + strings.Join(notes, "; ") + ")"
}

// who says whom a change of handles would reach, and whom no more.
func who(before, after *Verdict) string {
	text := ""
	if gone := without(before.Tells, after.Tells); len(gone) > 0 {
		text += ", would no longer tell " + strings.Join(gone, " ")
	}
	if added := without(after.Tells, before.Tells); len(added) > 0 {
		text += ", would also tell " + strings.Join(added, " ")
	}
	return text
}

// without returns the members of a that are not in b.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
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

// alarms tells how often somebody would be told for nothing.
func (w *writer) alarms(kind Kind) string {
	b, a := &w.effect.Before, &w.effect.After
	switch {
	case kind == NewFalseAlarms && b.FalseAlarms == 0:
		return "would page " + times(a)
	case kind == FewerFalseAlarms && a.FalseAlarms == 0:
		return "would no longer page, paged " + times(b)
	case kind != NoChange:
		return "paged " + times(b) + ", would page " + times(a)
	case a.FalseAlarms > 0:
		return "pages " + times(a)
	case !b.Exists:
		return "would not page"
	case !a.Exists:
		return "did not page"
	}
	return "does not page"
}

func times(v *Verdict) string {
	text := strconv.Itoa(v.FalseAlarms) + " times"
	if v.FalseAlarms == 1 {
		text = "once"
	}
	if v.Uncertain {
		return "up to " + text
	}
	return text
}

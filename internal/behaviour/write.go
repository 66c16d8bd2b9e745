package behaviour

import (
	"slices"
	"strings"
)

// writer finds out what an effect is and puts it into words.
type writer struct {
	effect   *Effect
	incident bool
	// stack is the verdict on the desired stack: what else catches the incident.
	stack Verdict
	// blind says that some of the stack could not be evaluated.
	blind bool
	// lost is what the changed query asks for and the recording does not hold.
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
	e.Short = w.sentence(caught, alarms, place{it: "it"})
	who := "the stack"
	if e.Address.Kind != "" {
		who = e.Address.String()
	}
	p := place{subject: e.Recording + " ", in: " in " + e.Recording, it: e.Recording}
	if !w.incident {
		p.subject = e.Recording + ": "
	}
	e.Text = who + ": " + w.sentence(caught, alarms, p)
}

// sentence tells of the incident, and of false alarms: where there is no incident, or where their number changes.
func (w *writer) sentence(caught, alarms Kind, p place) string {
	if !w.incident {
		return p.subject + w.alarms(alarms)
	}
	text := w.caught(caught, p)
	if alarms != NoChange {
		text += "; outside of it " + w.alarms(alarms)
	}
	return text
}

// caught tells of the incident.
func (w *writer) caught(kind Kind, p place) string {
	b, a := &w.effect.Before, &w.effect.After
	switch kind {
	case NoLongerCaught:
		return "would no longer catch " + p.it + w.otherwise()
	case NewlyCaught:
		return "would catch " + p.it + " " + delay(a)
	case Later, Earlier:
		return p.subject + "caught " + delay(b) + ", would be caught " + delay(a)
	case Different:
		if b.Caught {
			return p.subject + "caught " + delay(b) + who(b, a)
		}
		return present.missed(b, p) + "; " + conditional.missed(a, place{it: "it"})
	default:
		return w.alike(p)
	}
}

// alike tells of an incident with which both sides do the same.
func (w *writer) alike(p place) string {
	switch b, a := &w.effect.Before, &w.effect.After; {
	case b.Caught:
		return p.subject + "caught " + delay(b)
	case !b.Exists:
		return conditional.missed(a, p)
	case !a.Exists:
		return past.missed(b, p)
	default:
		return present.missed(a, p)
	}
}

// place is how a sentence names the recording: as its subject, with "in", as an object. Where the recording's name
// stands beside it, only the object is left.
type place struct{ subject, in, it string }

// tense is one in which to tell that an incident is missed.
type tense int

const (
	past tense = iota
	present
	conditional
)

// missed tells of a monitor that does not catch the incident, and what it does instead.
func (t tense) missed(v *Verdict, p place) string {
	switch {
	case v.Silent:
		return [...]string{"alerted", "alerts", "would alert"}[t] + p.in + " " + delay(v) +
			[...]string{", told no one", ", tells no one", ", tell no one"}[t]
	case v.TooLate:
		return [...]string{"told", "tells", "would tell"}[t] + " of " + p.it + " only when it " +
			[...]string{"was", "is", "is"}[t] + " over"
	}
	return [...]string{"did not", "does not", "would not"}[t] + " catch " + p.it
}

// otherwise says what becomes of an incident that a monitor no longer catches.
func (w *writer) otherwise() string {
	var notes []string
	if len(w.lost) > 0 {
		notes = append(notes, "which holds no "+strings.Join(w.lost, ", "))
	}
	if a := &w.effect.After; a.Silent || a.TooLate {
		notes = append(notes, conditional.missed(a, place{it: "it"}))
	}
	switch {
	case w.effect.Address.Kind == "":
	case w.stack.Caught:
		notes = append(notes, "still caught by "+w.stack.By.String())
	case w.blind:
		notes = append(notes, "nothing else that could be evaluated does")
	default:
		notes = append(notes, "nothing else does")
	}
	if len(notes) == 0 {
		return ""
	}
	return " (" + strings.Join(notes, "; ") + ")"
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

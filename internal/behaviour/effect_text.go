package behaviour

import (
	"slices"
	"strings"
)

// describer determines the kind of an effect and describes it in words.
type describer struct {
	effect   *Effect
	incident bool
	// stack is the verdict on the desired stack. It says which other monitor detects the incident.
	stack Verdict
	// incomplete says that some monitors of the stack could not be evaluated.
	incomplete bool
}

// notEvaluated is the effect of a monitor that could not be evaluated. It has no recording, because the reason is
// reported once for all recordings.
func notEvaluated(e Effect) Effect {
	e.Kind, e.Recording = NotEvaluated, ""
	reason := e.After.Reason
	if reason == "" {
		reason = "live monitor: " + strings.TrimPrefix(e.Before.Reason, "not evaluated: ")
	}
	e.Short = "not evaluated: " + strings.TrimPrefix(reason, "not evaluated: ")
	e.Text = e.Address.String() + ": " + e.Short
	return e
}

// describe sets the kind and the texts of the effect.
func (d *describer) describe() {
	e := d.effect
	detection, alarms := NoChange, falseAlarmKind(&e.Before, &e.After)
	if d.incident {
		detection = detectionKind(&e.Before, &e.After)
	}
	order := kindsInOrder()
	e.Kind = order[min(slices.Index(order, detection), slices.Index(order, alarms))]
	e.Regression = slices.Index(order, e.Kind) <= slices.Index(order, NewFalseAlarms)
	isStack := e.Address.Kind == ""
	e.Short = d.sentence(detection, alarms, reference{incident: "the incident", isStack: isStack})
	subject := "the stack"
	if !isStack {
		subject = e.Address.String()
	}
	if e.Previous.Kind != "" {
		e.Short += " (was " + e.Previous.String() + ")"
		subject += " (was " + e.Previous.String() + ")"
	}
	e.Text = subject + ": " + d.sentence(detection, alarms, reference{incident: e.Recording, in: " in " + e.Recording, isStack: isStack})
}

// sentence describes the effect on the incident. False alarms are added if their number changes, or if the recording
// has no incident.
func (d *describer) sentence(detection, alarms Kind, r reference) string {
	if !d.incident {
		return d.alarms(alarms, r.in) + d.withoutData(NoChange)
	}
	text := d.detection(detection, r) + d.withoutData(detection)
	if alarms != NoChange {
		text += "; outside the incident, " + d.alarms(alarms, "")
	}
	return text
}

// withoutData says which data the monitor queries and the recording does not have, unless details has said so.
func (d *describer) withoutData(kind Kind) string {
	if missing := d.effect.After.Unrecorded; len(missing) > 0 && kind != NoLongerDetected {
		return " (" + strings.Join(missing, "; ") + ")"
	}
	return ""
}

// detection describes the effect on the incident.
func (d *describer) detection(kind Kind, r reference) string {
	b, a := &d.effect.Before, &d.effect.After
	switch kind {
	case NoLongerDetected:
		return "would no longer detect " + r.incident + d.details()
	case NewlyDetected:
		return "would detect " + r.incident + " " + delayText(a)
	case Later, Earlier:
		return "alerts" + r.in + " " + delayText(b) + ", would alert " + delayText(a)
	case Different:
		if b.Detected {
			return "alerts" + r.in + " " + delayText(b) + recipientChanges(b, a)
		}
		return present.missed(b, r) + "; " + conditional.missed(a, r.repeated())
	default:
		return d.unchanged(r)
	}
}

// unchanged describes an incident with the same outcome on both sides.
func (d *describer) unchanged(r reference) string {
	switch b, a := &d.effect.Before, &d.effect.After; {
	case b.Detected:
		return "alerts" + r.in + " " + delayText(b)
	case !b.Exists:
		return conditional.missed(a, r)
	case !a.Exists:
		return past.missed(b, r)
	default:
		return present.missed(a, r)
	}
}

// reference is how a sentence refers to the incident. in is empty where the recording's name is shown next to the text.
type reference struct {
	incident, in string
	isStack      bool // the sentence is about the stack
}

// repeated returns the reference for the second part of a sentence.
func (r reference) repeated() reference { return reference{incident: "it", isStack: r.isStack} }

// tense is the tense of a sentence: past for a deleted monitor, conditional for the desired one.
type tense int

const (
	past tense = iota
	present
	conditional
)

// missed describes a monitor that does not detect the incident, and what it does instead.
func (t tense) missed(v *Verdict, r reference) string {
	switch {
	case v.Silent:
		return [...]string{"alerted", "alerts", "would alert"}[t] + r.in + " " + delayText(v) +
			[...]string{" but notified no one", " but notifies no one", " but notify no one"}[t]
	case v.TooLate:
		return [...]string{"alerted", "alerts", "would alert"}[t] + " only after " + r.incident +
			[...]string{" was", " is", " is"}[t] + " over"
	}
	not := [...]string{"did not ", "does not ", "would not "}[t]
	if r.isStack { // one of its monitors can alert without notifying anyone
		return not + "detect " + r.incident
	}
	return not + "alert" + r.in
}

// details explains why a monitor no longer detects an incident, and whether another monitor does.
func (d *describer) details() string {
	var notes []string
	if missing := d.effect.After.Unrecorded; len(missing) > 0 {
		notes = append(notes, strings.Join(missing, "; "))
	}
	if a := &d.effect.After; a.Silent || a.TooLate {
		notes = append(notes, conditional.missed(a, reference{incident: "it"}))
	}
	switch {
	case d.effect.Address.Kind == "":
	case d.stack.Detected:
		notes = append(notes, "still detected by "+d.stack.By.String())
	case d.incomplete:
		notes = append(notes, "no other evaluated monitor detects it")
	default:
		notes = append(notes, "no other monitor detects it")
	}
	if len(notes) == 0 {
		return ""
	}
	return " (" + strings.Join(notes, "; ") + ")"
}

// alarms describes how the number of false alarms changes. in names the recording, or is empty.
func (d *describer) alarms(kind Kind, in string) string {
	b, a := &d.effect.Before, &d.effect.After
	switch {
	case kind == NewFalseAlarms && b.FalseAlarms == 0:
		return "would raise " + falseAlarms(a) + in
	case kind == FewerFalseAlarms && a.FalseAlarms == 0:
		return "raises " + falseAlarms(b) + in + ", would raise none"
	case kind != NoChange:
		return "raises " + falseAlarms(b) + in + ", would raise " + falseAlarms(a)
	case a.FalseAlarms > 0:
		return "raises " + falseAlarms(a) + in
	case !b.Exists:
		return "would raise no false alarms" + in
	case !a.Exists:
		return "raised no false alarms" + in
	}
	return "raises no false alarms" + in
}

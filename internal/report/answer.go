package report

import (
	"time"

	"ddmon/internal/expect"
	definition "ddmon/internal/monitor"
	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
	"ddmon/internal/testfile"
)

// answer says who was notified first and when. Notes limit or explain it.
type answer struct {
	Text  safe.Text
	Notes []safe.Text
}

// answered finds the first notification after the start of the incident, at the latest second of evaluation.
type answered struct {
	*Section
	clock
	from time.Time
	// start is the name of from: "the start" of the incident, or of the recording.
	start safe.Text
}

func newAnswer(s *Section, c clock) answer {
	q := answered{Section: s, clock: c, from: c.at(s.Recording.Start), start: "the start of the recording"}
	if p, ok := s.Recording.Phase(testfile.DefaultAfter); ok {
		q.from, q.start = c.at(p.At), "the start"
	}
	var a answer
	first, early, earlyCount := q.firstNotification()
	if first == nil {
		a.Text = q.noNotification()
	} else {
		a.Text, a.Notes = q.notified(first)
	}
	if early != nil {
		a.Notes = append(a.Notes, safe.Count(earlyCount, "notification")+" before "+q.start+", the first at "+c.show(early.At)+" by "+shortAddress(early.Address)+".")
	}
	if n := q.skipped(); n > 0 && n < len(s.Result.Monitors) {
		a.Notes = append(a.Notes, safe.Count(n, "monitor")+" not evaluated.")
	}
	return a
}

// firstNotification returns the first notification after the start that every second of evaluation sees, or else the
// first one that some see; and the first of the notifications before the start.
func (q *answered) firstNotification() (first, early *expect.ProblemNotification, earlyCount int) {
	list := expect.ProblemNotifications(q.Result)
	for i := range list {
		n := &list[i]
		switch {
		case n.At.Before(q.from):
			if earlyCount++; early == nil {
				early = n
			}
		case first == nil, n.IsCertain() && (!first.IsCertain() || n.Latest.Before(first.Latest)):
			first = n
		}
	}
	return first, early, earlyCount
}

// notified is the sentence about a notification: First notified 3m30s after the start, by depth (P1), @slack-orders.
func (q *answered) notified(n *expect.ProblemNotification) (text safe.Text, notes []safe.Text) {
	text = "First notified " + q.after(n.Latest) + ", by " + shortAddress(n.Address)
	if p := q.priority(n.Address); p != "" {
		text += " (" + p + ")"
	}
	if n.Group != "*" && n.Group != "" {
		text += " for " + shown(n.Group, maxName)
	}
	text += ","
	for _, h := range n.Handles {
		text += " " + shown(h, maxName)
	}
	switch {
	case !n.IsCertain():
		notes = append(notes, "Only in "+percent(n.Share)+" of the seconds of evaluation; in the others, no one is notified then.")
	case n.Latest.After(n.Earliest):
		notes = append(notes, "At "+q.show(n.Earliest)+" to "+q.show(n.Latest)+", depending on the second of evaluation.")
	default:
		notes = append(notes, "At "+q.show(n.Latest)+".")
	}
	return text, notes
}

// after is the time since the start.
func (q *answered) after(at time.Time) safe.Text {
	if !at.After(q.from) {
		return "at " + q.start
	}
	return safe.Line(expect.Brief(at.Sub(q.from))) + " after " + q.start
}

// priority is the priority of a monitor, such as P1; "" if it has none or if it is sensitive.
func (q *answered) priority(address string) safe.Text {
	for _, m := range q.Monitors {
		if m.Address == address {
			return safe.Line(definition.FromBody(m.Shown().Body).PriorityLabel())
		}
	}
	return ""
}

// noNotification says why no one was notified.
func (q *answered) noNotification() safe.Text {
	const text = "No one was notified"
	if len(q.Result.Monitors) > 0 && q.skipped() == len(q.Result.Monitors) {
		return text + ": no monitor was evaluated"
	}
	var first *replay.Transition
	var by string
	for i := range q.Result.Monitors {
		m := &q.Result.Monitors[i]
		for k := range m.Groups {
			for j := range m.Groups[k].Transitions {
				t := &m.Groups[k].Transitions[j]
				if t.To > replay.OK && !t.At.Before(q.from) && (first == nil || t.Latest.Before(first.Latest)) {
					first, by = t, m.Address
				}
			}
		}
	}
	if first == nil {
		return text + ": no monitor changed to Alert, Warn or No Data"
	}
	return text + ": " + shortAddress(by) + " changed to " + statusText(first.To) + " " + q.after(first.Latest) + ", without notifying a recipient"
}

// skipped counts the monitors that were not evaluated.
func (q *answered) skipped() int {
	n := 0
	for i := range q.Result.Monitors {
		if !q.Result.Monitors[i].Evaluated {
			n++
		}
	}
	return n
}

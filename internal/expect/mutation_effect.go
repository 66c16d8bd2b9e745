package expect

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"ddmon/internal/replay"
)

// Effect is what a mutant means for the people who are notified.
type Effect string

// The effects, the most severe first.
const (
	// Missed: a problem notifies fewer people, or no one.
	Missed Effect = "missed"
	// FalseAlarm: people are notified without a reason.
	FalseAlarm Effect = "false_alarm"
	// Delayed: people are notified at another time.
	Delayed Effect = "delayed"
	// Repeated: the notification is repeated, or ends, at other times.
	Repeated Effect = "repeated"
	// StatusOnly: the monitor has another status, and notifies as before.
	StatusOnly Effect = "status_only"
)

// Effects returns all effects, the most severe first.
func Effects() []Effect { return []Effect{Missed, FalseAlarm, Delayed, Repeated, StatusOnly} }

// difference is how a mutant differs from its monitor in one recording.
type difference struct {
	// address is the monitor that behaves differently: the mutant or a composite.
	address string
	effect  Effect
	// expectation says what a test would have to expect to detect it.
	expectation string
}

// worse reports whether the difference is more severe than another.
func (d *difference) worse(than *difference) bool {
	return than == nil || slices.Index(Effects(), d.effect) < slices.Index(Effects(), than.effect)
}

// compare returns the difference between two replays of a monitor; nil if there is none.
func compare(before, after *replay.MonitorResult) *difference {
	if sameBehaviour(before, after) {
		return nil
	}
	if before == nil || after == nil || !before.Evaluated || !after.Evaluated {
		return &difference{effect: StatusOnly, expectation: "its status"}
	}
	old, changed := pages(before, isProblem), pages(after, isProblem)
	missing, added := unmatched(old, changed), unmatched(changed, old)
	switch {
	case len(missing) > 0:
		return &difference{effect: Missed, expectation: "status " + missing[0].to.String() + " with notifies_only"}
	case len(added) > 0:
		return &difference{effect: FalseAlarm, expectation: "never " + added[0].to.String() + ", silent or notifies_only"}
	}
	for i := range min(len(old), len(changed)) {
		if bound := bound(old[i].at, changed[i].at); bound != "" {
			return &difference{effect: Delayed, expectation: bound}
		}
	}
	switch {
	case !slices.Equal(pages(before, isRenotification), pages(after, isRenotification)):
		return &difference{effect: Repeated, expectation: "renotifies"}
	case !slices.Equal(pages(before, isRecovery), pages(after, isRecovery)):
		return &difference{effect: Repeated, expectation: "recovers_within, or status OK with at"}
	}
	return &difference{effect: StatusOnly, expectation: statusExpectation(before, after)}
}

// bound returns the attribute that limits how much a time can change; "" if it did not.
func bound(before, after time.Time) string {
	switch {
	case after.After(before):
		return "within"
	case after.Before(before):
		return "not_before"
	}
	return ""
}

// statusExpectation returns the expectation that detects the first difference between the statuses of two replays.
func statusExpectation(before, after *replay.MonitorResult) string {
	for i := range min(len(before.Groups), len(after.Groups)) {
		g, h := &before.Groups[i], &after.Groups[i]
		for k := range max(len(g.Transitions), len(h.Transitions)) {
			switch {
			case k >= len(g.Transitions):
				return "never " + h.Transitions[k].To.String() + ", or another status with at,"
			case k >= len(h.Transitions) || g.Transitions[k].To != h.Transitions[k].To:
				return "status " + g.Transitions[k].To.String()
			}
			t, u := g.Transitions[k], h.Transitions[k]
			name := cmp.Or(bound(t.Latest, u.Latest), bound(t.Earliest, u.Earliest))
			switch {
			case name == "":
			case t.To == replay.OK:
				return "recovers_within, or status OK with at,"
			default:
				return "status " + t.To.String() + " with " + name
			}
		}
	}
	return "group, status or never"
}

// page is one notification of one recipient.
type page struct {
	handle, group string
	to            replay.Status
	at            time.Time
}

func isProblem(n replay.Notification) bool {
	return n.Kind != replay.KindRecovery && n.Kind != replay.KindRenotify
}
func isRecovery(n replay.Notification) bool       { return n.Kind == replay.KindRecovery }
func isRenotification(n replay.Notification) bool { return n.Kind == replay.KindRenotify }

// pages returns the notifications of each recipient that are of a kind, in order of time.
func pages(m *replay.MonitorResult, kind func(replay.Notification) bool) []page {
	var list []page
	for _, n := range m.Notifications {
		if kind(n) {
			for _, h := range n.Handles {
				list = append(list, page{h, n.Group, n.To, n.At})
			}
		}
	}
	return list
}

// unmatched returns the pages of list beyond the number that other has of the same recipient and status.
func unmatched(list, other []page) []page {
	type kind struct {
		handle string
		to     replay.Status
	}
	count := map[kind]int{}
	for _, p := range other {
		count[kind{p.handle, p.to}]++
	}
	var rest []page
	for _, p := range list {
		k := kind{p.handle, p.to}
		if count[k]--; count[k] < 0 {
			rest = append(rest, p)
		}
	}
	return rest
}

// worstEffect returns the worst effect of a change that no recording shows. It depends on the direction of the change.
func worstEffect(m *mutable, c change, from, to string) Effect {
	op := ""
	if k := m.query.Comparison(); k != nil {
		op = k.Op
	}
	less := false // the new monitor alerts less often
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

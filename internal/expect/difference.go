package expect

import (
	"cmp"
	"slices"
	"time"

	"ddmon/internal/replay"
)

// difference is how a mutant differs from its monitor in one recording.
type difference struct {
	// address is the monitor that behaves differently: the mutant or a composite.
	address string
	effect  Effect
	// expectation says what a test must expect to detect it.
	expectation string
}

// worse reports whether the difference is more severe than another.
func (d *difference) worse(than *difference) bool {
	return than == nil || slices.Index(Effects(), d.effect) < slices.Index(Effects(), than.effect)
}

// compare returns the difference between two replays of a monitor; nil if both are the same.
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

// sameBehaviour reports whether two replays of a monitor have the same states at the same times and notify the same
// recipients. Values can differ, and so can messages, which contain values.
func sameBehaviour(a, b *replay.MonitorResult) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Evaluated == b.Evaluated && slices.EqualFunc(a.Groups, b.Groups, func(g, h replay.GroupResult) bool {
		return g.Group == h.Group && g.Initial == h.Initial && slices.EqualFunc(g.Transitions, h.Transitions, sameTransition) &&
			slices.EqualFunc(g.Elsewhere, h.Elsewhere, sameTransition)
	}) && slices.EqualFunc(sentToSomeone(a), sentToSomeone(b), func(n, o replay.Notification) bool {
		return n.At.Equal(o.At) && n.Kind == o.Kind && n.From == o.From && n.To == o.To && n.Group == o.Group && slices.Equal(n.Handles, o.Handles)
	})
}

// sentToSomeone returns the notifications with recipients.
func sentToSomeone(m *replay.MonitorResult) []replay.Notification {
	return slices.DeleteFunc(slices.Clone(m.Notifications), func(n replay.Notification) bool { return len(n.Handles) == 0 })
}

func sameTransition(t, u replay.Transition) bool {
	return t.From == u.From && t.To == u.To && t.Earliest.Equal(u.Earliest) && t.Latest.Equal(u.Latest) && t.Share-u.Share < rounding &&
		u.Share-t.Share < rounding
}

package behaviour

import (
	"time"

	"ddmon/internal/object"
	"ddmon/internal/replay"
)

// statusChange is a change to Alert, Warn or No Data that notifies or should notify.
type statusChange struct {
	// group is the monitor's group. notifyGroup is the same, or empty if notify_by combines groups.
	group, notifyGroup string
	from, to           replay.Status
	// at is its time in the primary phase, or its earliest time if only other phases see it. until is when it ends.
	at, until, earliest, latest time.Time
	share                       float64
	// handles are the recipients.
	handles []object.Guarded
	// isFirst says that the recipients of the group have not been notified of a problem before.
	isFirst    bool
	otherPhase bool
}

// statusChanges lists the status changes of a monitor: first those seen by the primary phase, then the others.
func statusChanges(s *side, r *replay.MonitorResult) []*statusChange {
	rc := newRecipients(s)
	sent := &sentMessages{all: r.Notifications, collapses: rc.collapses(), used: make([]bool, len(r.Notifications))}
	var seen, elsewhere []*statusChange
	for i := range r.Groups {
		g := &r.Groups[i]
		seen = append(seen, primaryChanges(g, sent, rc)...)
		for _, t := range g.Elsewhere {
			c := newStatusChange(g, t, rc)
			c.otherPhase, c.until = true, t.Latest
			c.isFirst = !rc.notifiedFor(t.From)
			if rc.Options.Notifies(t.To) {
				c.handles = rc.handles(t.From, t.To)
				elsewhere = append(elsewhere, c)
			}
		}
	}
	return append(seen, elsewhere...)
}

func newStatusChange(g *replay.GroupResult, t replay.Transition, rc *recipients) *statusChange {
	c := &statusChange{
		group: g.Group, notifyGroup: g.Group, from: t.From, to: t.To,
		at: t.At, until: t.At, earliest: t.Earliest, latest: t.Latest, share: t.Share,
	}
	if rc.collapses() {
		c.notifyGroup = ""
	}
	return c
}

// primaryChanges lists the status changes that send a message in the primary phase, even if the message contains no
// handle.
func primaryChanges(g *replay.GroupResult, sent *sentMessages, rc *recipients) []*statusChange {
	var list []*statusChange
	var open *statusChange // the alarm that recipients have been notified of
	for _, t := range g.Transitions {
		if open != nil {
			open.until = t.At
		}
		if t.To == replay.OK || t.To == replay.Gone {
			open = nil
			continue
		}
		n := sent.take(g.Group, t)
		if n == nil {
			continue
		}
		c := newStatusChange(g, t, rc)
		c.handles, c.isFirst = rc.guarded(n.Handles), open == nil
		if open == nil && len(c.handles) > 0 {
			open = c
		}
		list = append(list, c)
	}
	return list
}

// sentMessages are the messages that a monitor sent.
type sentMessages struct {
	all       []replay.Notification
	collapses bool
	used      []bool
}

// take returns the message for a group's status change, at most once. If groups are combined, the first one takes it.
func (p *sentMessages) take(group string, t replay.Transition) *replay.Notification {
	for i := range p.all {
		n := &p.all[i]
		if !p.used[i] && n.At.Equal(t.At) && n.To == t.To && (n.Group == group || p.collapses) {
			p.used[i] = true
			return n
		}
	}
	return nil
}

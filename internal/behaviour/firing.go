package behaviour

import (
	"time"

	"ddmon/internal/object"
	"ddmon/internal/replay"
)

// firing is a change of status that is, or should be, told: to Alert, Warn or No Data.
type firing struct {
	// group is the monitor's; audience that, or nothing if notify_by puts groups together.
	group, audience string
	from, to        replay.Status
	// at is its time in the primary phase, or for one that only others see the earliest; until is when it ends.
	at, until, earliest, latest time.Time
	share                       float64
	// handles are who is told.
	handles []object.Guarded
	// starts says that nobody of the group knew yet that something is wrong.
	starts    bool
	elsewhere bool
}

// firings lists those of a monitor: first the ones that the primary phase sees, then the others.
func firings(s *side, r *replay.MonitorResult) []*firing {
	sp := newSpeech(s)
	told := &post{all: r.Notifications, collapses: sp.collapses(), used: make([]bool, len(r.Notifications))}
	var seen, elsewhere []*firing
	for i := range r.Groups {
		g := &r.Groups[i]
		seen = append(seen, primary(g, told, sp)...)
		for _, t := range g.Elsewhere {
			f := newFiring(g, t, sp)
			f.elsewhere, f.until = true, t.Latest
			f.starts = !sp.open(t.From)
			if sp.announces(t.To) {
				f.handles = sp.handles(t.From, t.To)
				elsewhere = append(elsewhere, f)
			}
		}
	}
	return append(seen, elsewhere...)
}

func newFiring(g *replay.GroupResult, t replay.Transition, sp *speech) *firing {
	f := &firing{
		group: g.Group, audience: g.Group, from: t.From, to: t.To,
		at: t.At, until: t.At, earliest: t.Earliest, latest: t.Latest, share: t.Share,
	}
	if sp.collapses() {
		f.audience = ""
	}
	return f
}

// primary lists the firings that somebody would have been told of in the primary phase. A message of which no handle is
// left is a firing, too; a change that causes no message is none.
func primary(g *replay.GroupResult, told *post, sp *speech) []*firing {
	var list []*firing
	var open *firing // the alarm that somebody knows of
	for _, t := range g.Transitions {
		if open != nil {
			open.until = t.At
		}
		if t.To == replay.OK || t.To == replay.Gone {
			open = nil
			continue
		}
		n := told.about(g.Group, t)
		if n == nil {
			continue
		}
		f := newFiring(g, t, sp)
		f.handles, f.starts = sp.guarded(n.Handles), open == nil
		if open == nil && len(f.handles) > 0 {
			open = f
		}
		list = append(list, f)
	}
	return list
}

// post is what a monitor sent.
type post struct {
	all       []replay.Notification
	collapses bool
	used      []bool
}

// about returns the message on a group's change, once: of groups that are notified together the first takes it.
func (p *post) about(group string, t replay.Transition) *replay.Notification {
	for i := range p.all {
		n := &p.all[i]
		if !p.used[i] && n.At.Equal(t.At) && n.To == t.To && (n.Group == group || p.collapses) {
			p.used[i] = true
			return n
		}
	}
	return nil
}

package replay

import (
	"math"
	"slices"
	"strings"
	"time"

	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
	"ddmon/internal/series"
)

// notifier finds out what a monitor tells, and whom.
type notifier struct {
	rec        *series.Recording
	view       *monitor.Monitor
	limits     limits
	keys       []string
	tellNoData bool
	sample     func(group evaluate.Tags, to int64) evaluate.Document
	composite  *composite
	account    *evaluate.Account
	// letter is the message that is being written. There is one, so that a message costs no memory of its own.
	letter letter
	// parsed are the templates met so far, by the name of their field.
	parsed map[string]*ddquery.Template
}

// audience is a group, or with notify_by the groups that are notified together.
type audience struct {
	tags   evaluate.Tags
	tracks []*track
	// heard is the last status that was told, since when it is what it is.
	heard                Status
	at, triggered, first int64
	repeats              int
}

// notifications are those of a run, in the order of time.
func (n *notifier) notifications(all tracks) []Notification {
	type told struct {
		at int64
		Notification
	}
	var list []told
	repeats := n.view.Options.Renotifies()
	for _, a := range n.audiences(all) {
		cursors := make([]int, len(a.tracks))
		before := a.initial()
		a.heard = OK
		for _, now := range a.times(repeats) {
			n.account.Spend(tickSteps + len(a.tracks))
			status, value, group := a.look(cursors, now)
			if kind, from, ok := n.decide(a, before, status, now); ok {
				list = append(list, told{now, n.write(a, kind, from, status, value, group, now)})
			}
			before = status
		}
	}
	slices.SortStableFunc(list, func(a, b told) int { return int(a.at - b.at) })
	var result []Notification
	for _, t := range list {
		result = append(result, t.Notification)
	}
	return result
}

// audiences collapses groups by notify_by: to fewer tags, or with "*" to one.
func (n *notifier) audiences(all tracks) []*audience {
	by := n.view.Options.NotifyBy
	var list []*audience
	known := map[string]*audience{}
	for i := range all {
		t := &all[i]
		n.account.Spend(len(t.changes) + len(t.points) + len(t.tags)*(1+len(by)))
		tags := t.tags
		switch {
		case slices.Contains(by, "*"):
			tags = evaluate.Tags{}
		case len(by) > 0:
			tags = slices.DeleteFunc(slices.Clone(tags), func(tag string) bool { return !slices.Contains(by, evaluate.TagKey(tag)) })
		}
		a := known[tags.String()]
		if a == nil {
			a = &audience{tags: tags}
			known[tags.String()] = a
			list = append(list, a)
		}
		a.tracks = append(a.tracks, t)
	}
	return list
}

func (a *audience) initial() Status {
	worst := Gone
	for _, t := range a.tracks {
		worst = max(worst, t.initial)
	}
	return worst
}

// times are those of all evaluations, or without repeats only of those that changed something.
func (a *audience) times(repeats bool) []int64 {
	var list []int64
	for _, t := range a.tracks {
		if !repeats {
			for _, c := range t.changes {
				list = append(list, c.at)
			}
			continue
		}
		list = slices.Grow(list, len(t.points))
		for _, p := range t.points {
			list = append(list, p.at)
		}
	}
	if len(a.tracks) > 1 {
		slices.Sort(list)
		list = slices.Compact(list)
	}
	return list
}

// look returns the worst status at a time, and the value and group that it comes from.
func (a *audience) look(cursors []int, now int64) (worst Status, value float64, group *track) {
	value, group = math.NaN(), a.tracks[0]
	for i, t := range a.tracks {
		for cursors[i] < len(t.points) && t.points[cursors[i]].at <= now {
			cursors[i]++ // every point is passed once
		}
		if k := cursors[i] - 1; k >= 0 && t.points[k].status > worst {
			worst, value, group = t.points[k].status, t.points[k].value, t
		}
	}
	return worst, value, group
}

// decide says whether somebody is told, why, and from which status the reader comes.
func (n *notifier) decide(a *audience, before, status Status, now int64) (kind Kind, from Status, ok bool) {
	from = a.heard
	if status == before {
		if !n.again(a, status, now) {
			return "", status, false
		}
		a.repeats++
		a.at = now
		return KindRenotify, status, true
	}
	switch {
	case status == Alert:
		kind = KindAlert
	case status == Warn:
		kind = KindWarn
	case status == NoData && n.tellNoData:
		kind = KindNoData
	case status == OK && a.heard != OK:
		kind = KindRecovery
	default:
		if status == Gone {
			a.heard = OK // it leaves silently
		}
		return "", from, false
	}
	if a.heard == OK {
		a.first = now
	}
	if status != OK {
		a.triggered = now
	}
	a.heard, a.at, a.repeats = status, now, 0
	return kind, from, true
}

// again reports whether what was told is told once more.
func (n *notifier) again(a *audience, status Status, now int64) bool {
	o := &n.view.Options
	interval := evaluate.Milliseconds(or(o.RenotifyInterval, 0), evaluate.Minute)
	if interval <= 0 || a.heard != status || now-a.at < interval {
		return false
	}
	if times := o.RenotifyOccurrences; times != nil {
		if a.repeats >= int(*times) {
			return false
		}
	} else if now-a.first > monitor.RenotifyFor.Milliseconds() {
		return false
	}
	return slices.Contains(o.RenotifiedStatuses(), strings.ToLower(status.String()))
}

// write renders a notification.
func (n *notifier) write(a *audience, kind Kind, from, to Status, value float64, group *track, now int64) Notification {
	t := &n.letter
	*t = letter{
		notifier: n, kind: kind, from: from, to: to, value: value, tags: a.tags,
		now: now, first: a.first, last: a.triggered,
	}
	if n.sample != nil {
		t.sample = n.sample(group.tags, now)
	}
	message := t.render("message", n.view.Message)
	if escalation := n.view.Options.EscalationMessage; kind == KindRenotify && escalation != "" {
		message += "\n\n" + t.render("escalation_message", escalation)
	}
	n.account.Keep(1, notificationBytes)
	n.account.Spend(notificationBytes + len(message)) // it is parsed once more
	return Notification{
		At: n.time(now), Kind: kind, From: from, To: to, Group: a.tags.String(),
		Title: t.title(), Message: message, Handles: monitor.Handles(message),
	}
}

func (n *notifier) time(at int64) time.Time { return time.UnixMilli(at).In(n.rec.Location) }

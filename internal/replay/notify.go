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

// notifier computes the notifications of a monitor.
type notifier struct {
	rec       *series.Recording
	view      *monitor.Monitor
	limits    limits
	keys      []string
	sample    func(group evaluate.Tags, to int64) evaluate.Document
	composite *composite
	account   *evaluate.Account
	// renotified are the statuses that are renotified.
	renotified []string
	// renderer is reused for all messages, to save memory.
	renderer messageRenderer
	// parsed has the templates parsed so far, by field name.
	parsed map[string]*ddquery.Template
}

// notifyGroup is a group, or the groups that notify_by combines.
type notifyGroup struct {
	tags   evaluate.Tags
	tracks []*track
	// notified is the status of the last notification, at is its time.
	notified             Status
	at, triggered, first int64
	repeats              int
}

// notifications returns the notifications of a run, in order of time.
func (n *notifier) notifications(all tracks) []Notification {
	type timed struct {
		at int64
		Notification
	}
	var list []timed
	n.renotified = n.view.RenotifiedStatuses()
	every := n.view.Options.CustomSchedule || len(n.renotified) > 0
	for _, a := range n.notifyGroups(all) {
		cursors := make([]int, len(a.tracks))
		before := a.initial()
		a.notified = OK
		for _, now := range a.times(every) {
			n.account.Spend(tickSteps + len(a.tracks))
			status, value, group := a.worst(cursors, now)
			if kind, from, ok := n.decide(a, before, status, value, now); ok {
				list = append(list, timed{now, n.render(a, kind, from, status, value, group, now)})
			}
			before = status
		}
	}
	slices.SortStableFunc(list, func(a, b timed) int { return int(a.at - b.at) })
	var result []Notification
	for _, t := range list {
		result = append(result, t.Notification)
	}
	return result
}

// notifyGroups combines groups by notify_by: to fewer tags, or to one group with "*".
func (n *notifier) notifyGroups(all tracks) []*notifyGroup {
	by := n.view.Options.NotifyBy
	var list []*notifyGroup
	known := map[string]*notifyGroup{}
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
			a = &notifyGroup{tags: tags}
			known[tags.String()] = a
			list = append(list, a)
		}
		a.tracks = append(a.tracks, t)
	}
	return list
}

func (a *notifyGroup) initial() Status {
	worst := Gone
	for _, t := range a.tracks {
		worst = max(worst, t.initial)
	}
	return worst
}

// times returns the times of all evaluations or, without repeats, of all status changes.
func (a *notifyGroup) times(repeats bool) []int64 {
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

// worst returns the most severe status at a time, with its value and group.
func (a *notifyGroup) worst(cursors []int, now int64) (worst Status, value float64, group *track) {
	value, group = math.NaN(), a.tracks[0]
	for i, t := range a.tracks {
		for cursors[i] < len(t.points) && t.points[cursors[i]].at <= now {
			cursors[i]++
		}
		if k := cursors[i] - 1; k >= 0 && t.points[k].status > worst {
			worst, value, group = t.points[k].status, t.points[k].value, t
		}
	}
	return worst, value, group
}

// decide reports whether a notification is sent, its kind, and the status of the previous notification.
func (n *notifier) decide(a *notifyGroup, before, status Status, value float64, now int64) (kind Kind, from Status, ok bool) {
	if n.view.Options.CustomSchedule {
		return n.decideAlone(a, status, value, now)
	}
	from = a.notified
	if status == before {
		if !n.shouldRenotify(a, status, now) {
			return "", status, false
		}
		a.repeats++
		a.at = now
		return KindRenotify, status, true
	}
	kind, ok = n.problem(status)
	switch {
	case ok:
	case status == OK && a.notified != OK:
		kind = KindRecovery
	default:
		if status == Gone {
			a.notified = OK // a dropped group does not notify
		}
		return "", from, false
	}
	if a.notified == OK {
		a.first = now
	}
	if status != OK {
		a.triggered = now
	}
	a.notified, a.at, a.repeats = status, now, 0
	return kind, from, true
}

// problem returns the kind of notification for a status other than OK. ok is false if the monitor does not notify on it.
func (n *notifier) problem(status Status) (kind Kind, ok bool) {
	kinds := map[Status]Kind{Alert: KindAlert, Warn: KindWarn, NoData: KindNoData}
	return kinds[status], n.view.Options.Notifies(status)
}

// decideAlone is decide for a custom schedule: each evaluation whose result is not OK notifies. There is no recovery.
func (n *notifier) decideAlone(a *notifyGroup, status Status, value float64, now int64) (kind Kind, from Status, ok bool) {
	if evaluate.Missing(value) && status != NoData {
		return "", OK, false // the status is that of an earlier evaluation
	}
	a.first, a.triggered = now, now
	kind, ok = n.problem(status)
	return kind, OK, ok
}

// shouldRenotify reports whether the notification is sent again.
func (n *notifier) shouldRenotify(a *notifyGroup, status Status, now int64) bool {
	o := &n.view.Options
	interval := evaluate.Milliseconds(or(o.RenotifyInterval, 0), evaluate.Minute)
	if interval <= 0 || a.notified != status || now-a.at < interval {
		return false
	}
	if times := o.RenotifyOccurrences; times != nil {
		if a.repeats >= int(*times) {
			return false
		}
	} else if now-a.first > monitor.RenotifyFor.Milliseconds() {
		return false
	}
	return slices.Contains(n.renotified, strings.ToLower(status.String()))
}

// render renders a notification.
func (n *notifier) render(a *notifyGroup, kind Kind, from, to Status, value float64, group *track, now int64) Notification {
	t := &n.renderer
	*t = messageRenderer{
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
	n.account.Spend(notificationBytes + len(message)) // parsing the handles
	return Notification{
		At: n.time(now), Kind: kind, From: from, To: to, Group: a.tags.String(),
		Title: t.title(), Message: message, Handles: monitor.Handles(message),
	}
}

func (n *notifier) time(at int64) time.Time { return time.UnixMilli(at).In(n.rec.Location) }

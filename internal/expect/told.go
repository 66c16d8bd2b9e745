package expect

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"ddmon/internal/replay"
)

// sent returns the notifications of the groups that are meant.
func (j *judge) sent() []replay.Notification {
	var list []replay.Notification
	for _, n := range j.monitor.Notifications {
		if len(j.Group) == 0 || n.Group == "*" || includes(j.Group, strings.Split(n.Group, ",")) {
			list = append(list, n)
		}
	}
	return list
}

// includes reports whether all of part are in tags: with notify_by, a notification is for several groups at once.
func includes(tags, part []string) bool {
	for _, tag := range part {
		if !slices.Contains(tags, tag) {
			return false
		}
	}
	return true
}

// sentSince returns the notifications of coming to have the status since a moment.
func (j *judge) sentSince(from time.Time) []replay.Notification {
	return slices.DeleteFunc(slices.Clone(j.sent()), func(n replay.Notification) bool {
		return n.To != statusOf(j.Status) || n.Kind == replay.KindRenotify || n.At.Before(from)
	})
}

// sentLastBefore returns, for each group, the notification of coming to have the status that it has at a moment.
func (j *judge) sentLastBefore(at time.Time) []replay.Notification {
	last := map[string]replay.Notification{}
	for _, n := range j.sent() {
		if n.Kind != replay.KindRenotify && !n.At.After(at) {
			last[n.Group] = n
		}
	}
	return slices.DeleteFunc(slices.Clone(j.sent()), func(n replay.Notification) bool {
		l := last[n.Group]
		return n.To != statusOf(j.Status) || n.Kind == replay.KindRenotify || !n.At.Equal(l.At)
	})
}

// told asks who is told, and what.
func (j *judge) told(of []replay.Notification) {
	handles := handlesOf(of)
	what := "in the whole run"
	if j.Status != "" {
		what = "of " + j.Status
	}
	actual := strings.Join(handles, ", ")
	if actual == "" {
		actual = "nobody"
	}
	if missing := without(j.Notifies, handles); len(missing) > 0 {
		j.fail("notifies", nil, strings.Join(j.Notifies, ", ")+" told "+what, fmt.Sprintf("%s (not %s)", actual, strings.Join(missing, ", ")))
	}
	if j.NotifiesOnly != nil {
		j.toldOnly(handles, actual, what)
	}
	j.contains(of)
}

func (j *judge) toldOnly(handles []string, actual, what string) {
	missing, more := without(j.NotifiesOnly, handles), without(handles, j.NotifiesOnly)
	if len(missing) == 0 && len(more) == 0 {
		return
	}
	expected := "nobody"
	if len(j.NotifiesOnly) > 0 {
		expected = "only " + strings.Join(j.NotifiesOnly, ", ")
	}
	var differ []string
	if len(more) > 0 {
		differ = append(differ, "also "+strings.Join(more, ", "))
	}
	if len(missing) > 0 {
		differ = append(differ, "not "+strings.Join(missing, ", "))
	}
	j.fail("notifies_only", nil, expected+" told "+what, fmt.Sprintf("%s (%s)", actual, strings.Join(differ, "; ")))
}

// contains asks for texts in the messages to the handles that have to be told, or to anybody if none is named.
func (j *judge) contains(of []replay.Notification) {
	if len(j.MessageContains) == 0 {
		return
	}
	whom := slices.Concat(j.Notifies, j.NotifiesOnly)
	if len(whom) > 0 {
		of = slices.DeleteFunc(slices.Clone(of), func(n replay.Notification) bool {
			return !slices.ContainsFunc(whom, func(h string) bool { return slices.Contains(n.Handles, h) })
		})
	}
	for _, text := range j.MessageContains {
		if slices.ContainsFunc(of, func(n replay.Notification) bool { return strings.Contains(n.Title+"\n"+n.Message, text) }) {
			continue
		}
		actual := "no message is sent"
		if len(of) > 0 {
			actual = fmt.Sprintf("%q", shortened(of[0].Title+" "+of[0].Message, 200))
		}
		if len(of) > 1 {
			actual += fmt.Sprintf(" and %d more messages without it", len(of)-1)
		}
		j.fail("message_contains", nil, fmt.Sprintf("a message with %q", text), actual)
	}
}

// handlesOf returns everybody who is told, sorted.
func handlesOf(list []replay.Notification) []string {
	var handles []string
	for _, n := range list {
		handles = append(handles, n.Handles...)
	}
	slices.Sort(handles)
	return slices.Compact(handles)
}

// without returns what is in list and not in other.
func without(list, other []string) []string {
	var rest []string
	for _, s := range list {
		if !slices.Contains(other, s) {
			rest = append(rest, s)
		}
	}
	return rest
}

// courses are the groups that a notification is for.
func (j *judge) courses(n replay.Notification) []course {
	var list []course
	for _, g := range j.groups {
		if n.Group == "*" || includes(g.Tags, strings.Split(n.Group, ",")) {
			list = append(list, g)
		}
	}
	return list
}

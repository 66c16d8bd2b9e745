package expect

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"ddmon/internal/replay"
)

// sent returns the notifications of the groups of the expectation.
func (a *assertion) sent() []replay.Notification {
	var list []replay.Notification
	for _, n := range a.monitor.Notifications {
		if len(a.Group) == 0 || n.Group == "*" || includes(a.Group, strings.Split(n.Group, ",")) {
			list = append(list, n)
		}
	}
	return list
}

// includes reports whether tags contains all of part. With notify_by, a notification covers several groups.
func includes(tags, part []string) bool {
	for _, tag := range part {
		if !slices.Contains(tags, tag) {
			return false
		}
	}
	return true
}

// sentSince returns the notifications of changes to the status since a time.
func (a *assertion) sentSince(from time.Time) []replay.Notification {
	return slices.DeleteFunc(slices.Clone(a.sent()), func(n replay.Notification) bool {
		return n.To != statusOf(a.Status) || n.Kind == replay.KindRenotify || n.At.Before(from)
	})
}

// sentLastBefore returns, for each group, the notification of its last change to the status before a time.
func (a *assertion) sentLastBefore(at time.Time) []replay.Notification {
	last := map[string]replay.Notification{}
	for _, n := range a.sent() {
		if n.Kind != replay.KindRenotify && !n.At.After(at) {
			last[n.Group] = n
		}
	}
	return slices.DeleteFunc(slices.Clone(a.sent()), func(n replay.Notification) bool {
		l := last[n.Group]
		return n.To != statusOf(a.Status) || n.Kind == replay.KindRenotify || !n.At.Equal(l.At)
	})
}

// checkNotifications checks the recipients and the messages.
func (a *assertion) checkNotifications(of []replay.Notification) {
	handles := handlesOf(of)
	subject := ""
	if a.Status != "" {
		subject = a.Status + " "
	}
	actual := "notifies " + strings.Join(handles, ", ")
	if len(handles) == 0 {
		actual = "notifies no one"
	}
	if len(a.Notifies) > 0 {
		expected := subject + "notifies " + strings.Join(a.Notifies, ", ")
		if missing := without(a.Notifies, handles); len(missing) > 0 {
			a.fail("notifies", nil, expected, fmt.Sprintf("%s (missing: %s)", actual, strings.Join(missing, ", ")))
		} else {
			a.pass("notifies", nil, expected, actual)
		}
	}
	if a.NotifiesOnly != nil {
		a.checkNotifiesOnly(handles, actual, subject)
	}
	a.checkMessages(of)
}

func (a *assertion) checkNotifiesOnly(handles []string, actual, subject string) {
	missing, unexpected := without(a.NotifiesOnly, handles), without(handles, a.NotifiesOnly)
	expected := subject + "notifies no one"
	if len(a.NotifiesOnly) > 0 {
		expected = subject + "notifies only " + strings.Join(a.NotifiesOnly, ", ")
	}
	if len(missing) == 0 && len(unexpected) == 0 {
		a.pass("notifies_only", nil, expected, actual)
		return
	}
	var differences []string
	if len(unexpected) > 0 {
		differences = append(differences, "unexpected: "+strings.Join(unexpected, ", "))
	}
	if len(missing) > 0 {
		differences = append(differences, "missing: "+strings.Join(missing, ", "))
	}
	a.fail("notifies_only", nil, expected, fmt.Sprintf("%s (%s)", actual, strings.Join(differences, "; ")))
}

// checkMessages checks the messages to the expected recipients, or to any recipient if none is expected.
func (a *assertion) checkMessages(of []replay.Notification) {
	if len(a.MessageContains) == 0 {
		return
	}
	recipients := slices.Concat(a.Notifies, a.NotifiesOnly)
	all := of
	if len(recipients) > 0 {
		of = slices.DeleteFunc(slices.Clone(of), func(n replay.Notification) bool {
			return !slices.ContainsFunc(recipients, func(h string) bool { return slices.Contains(n.Handles, h) })
		})
	}
	for _, text := range a.MessageContains {
		expected := fmt.Sprintf("a message containing %q", text)
		if i := slices.IndexFunc(of, func(n replay.Notification) bool { return strings.Contains(n.Title+"\n"+n.Message, text) }); i >= 0 {
			a.pass("message_contains", nil, expected, "in the message at "+a.show(of[i].At))
			continue
		}
		actual := a.noMessage(all, recipients)
		if len(of) > 0 {
			actual = fmt.Sprintf("%q", truncate(of[0].Title+" "+of[0].Message, 200))
		}
		if len(of) > 1 {
			actual += fmt.Sprintf(" and %d more messages without it", len(of)-1)
		}
		a.fail("message_contains", nil, expected, actual)
	}
}

// noMessage says why there is no message to the expected recipients.
func (a *assertion) noMessage(sent []replay.Notification, recipients []string) string {
	switch handles := handlesOf(sent); {
	case len(sent) == 0 && a.Status == "":
		return "the monitor sends no notification in this recording"
	case len(sent) == 0:
		return "the monitor sends no notification when its status becomes " + a.Status
	case len(handles) == 0:
		return "its notifications have no recipients"
	default:
		return "notifies " + strings.Join(handles, ", ") + ", not " + strings.Join(recipients, " or ")
	}
}

// handlesOf returns the recipients, sorted and each once.
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

// notifiedGroups returns the groups that a notification covers.
func (a *assertion) notifiedGroups(n replay.Notification) []groupHistory {
	var list []groupHistory
	for _, g := range a.groups {
		if n.Group == "*" || includes(g.Tags, strings.Split(n.Group, ",")) {
			list = append(list, g)
		}
	}
	return list
}

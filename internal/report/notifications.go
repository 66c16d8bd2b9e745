package report

import (
	"slices"

	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
)

// notification is a rendered notification.
type notification struct {
	// At is the time as a share of the recording.
	At                                          float64
	Time, Kind, Class, From, To, Monitor, Group safe.Text
	Title                                       safe.Text
	Message                                     []markdown
	// Cut is the notice that the message is truncated.
	Cut     safe.Text
	Handles []safe.Text
}

// maxNotifications is the maximum number of notifications in a section.
const maxNotifications = 200

// sentBy is a notification with the address of its monitor.
type sentBy struct {
	address string
	*replay.Notification
}

// notifications returns the notifications of all monitors, ordered by time; left is the number that are omitted.
func (b *builder) notifications(result *replay.Result, c clock) (all []notification, left int) {
	var sent []sentBy
	for _, m := range result.Monitors {
		for i := range m.Notifications {
			sent = append(sent, sentBy{m.Address, &m.Notifications[i]})
		}
	}
	slices.SortStableFunc(sent, func(a, b sentBy) int { return a.At.Compare(b.At) })
	if len(sent) > maxNotifications {
		sent, left = sent[:maxNotifications], len(sent)-maxNotifications
	}
	for _, n := range sent {
		all = append(all, b.notification(n, c))
	}
	return all, left
}

func (b *builder) notification(n sentBy, c clock) notification {
	at := n.At.UnixMilli()
	one := notification{
		At: c.share(at), Time: c.ms(at), Kind: shown(string(n.Kind), maxName), Class: stateClass[n.To],
		From: statusText(n.From), To: statusText(n.To), Monitor: shortAddress(n.address), Title: shown(n.Title, maxLine),
	}
	if n.Group != "*" {
		one.Group = shown(n.Group, maxName)
	}
	for _, h := range n.Handles {
		one.Handles = append(one.Handles, shown(h, maxName))
	}
	message, cut := truncate(b.hide(n.Message), maxMessage)
	one.Message, one.Cut = renderMarkdown(b.markdown, message), cut
	return one
}

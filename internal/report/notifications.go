package report

import (
	"cmp"
	"slices"

	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
)

// notification is a rendered notification.
type notification struct {
	at int64
	// At is the time as a share of the recording.
	At                                          float64
	Time, Kind, Class, From, To, Monitor, Group safe.Text
	Title, Message                              safe.Text
	Handles                                     []safe.Text
}

// maxNotifications is the maximum number of notifications in a section.
const maxNotifications = 200

// notifications returns the notifications of all monitors, ordered by time; left is the number that are omitted.
func notifications(result *replay.Result, c clock) (all []notification, left int) {
	for _, m := range result.Monitors {
		for _, n := range m.Notifications {
			one := notification{
				at: n.At.UnixMilli(), At: c.share(n.At.UnixMilli()), Time: c.show(n.At), Kind: shown(string(n.Kind), maxName), Class: stateClass[n.To],
				From: statusText(n.From), To: statusText(n.To), Monitor: shortAddress(m.Address),
				Title: shown(n.Title, maxLine), Message: paragraphs(shownLines(n.Message, maxMessage)),
			}
			if n.Group != "*" {
				one.Group = shown(n.Group, maxName)
			}
			for _, h := range n.Handles {
				one.Handles = append(one.Handles, shown(h, maxName))
			}
			all = append(all, one)
		}
	}
	slices.SortStableFunc(all, func(a, b notification) int { return cmp.Compare(a.at, b.at) })
	if len(all) > maxNotifications {
		all, left = all[:maxNotifications], len(all)-maxNotifications
	}
	return all, left
}

// paragraphs collapses empty lines like Markdown does. Conditions that were not met leave several.
func paragraphs(text safe.Text) safe.Text {
	var kept []safe.Text
	for line := range text.Trim().Lines() {
		line = line.TrimRight(" \t")
		if line != "" || len(kept) > 0 && kept[len(kept)-1] != "" {
			kept = append(kept, line)
		}
	}
	return safe.Join(kept, "\n")
}

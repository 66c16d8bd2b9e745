package expect

import (
	"slices"
	"time"

	"ddmon/internal/replay"
)

// ProblemNotification is a notification that reports a new problem to someone.
type ProblemNotification struct {
	// Address is the address of the monitor.
	Address string
	replay.Notification
	// Earliest and Latest bound its time over all seconds of evaluation. Share is the share of the seconds that see it.
	Earliest, Latest time.Time
	Share            float64
}

// IsCertain reports whether the notification is sent at every second of evaluation.
func (p ProblemNotification) IsCertain() bool { return p.Share >= 1-rounding }

// ProblemNotifications returns the notifications of new problems from all monitors, ordered by time. It leaves out recoveries,
// renotifications, and notifications without a recipient.
func ProblemNotifications(res *replay.Result) []ProblemNotification {
	var list []ProblemNotification
	for i := range res.Monitors {
		m := &res.Monitors[i]
		seen := transitionsByTime(m)
		for _, n := range m.Notifications {
			if len(n.Handles) == 0 || n.Kind == replay.KindRecovery || n.Kind == replay.KindRenotify {
				continue
			}
			p := ProblemNotification{Address: m.Address, Notification: n, Earliest: n.At, Latest: n.At}
			if t, ok := seen[changeAt{n.At.UnixMilli(), n.To}]; ok {
				p.Earliest, p.Latest, p.Share = t.Earliest, t.Latest, t.Share
			}
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b ProblemNotification) int { return a.At.Compare(b.At) })
	return list
}

// changeAt identifies the transitions that a notification is about.
type changeAt struct {
	at int64
	to replay.Status
}

// transitionsByTime returns the transitions of a monitor. Among those of several groups, it prefers the one that most
// seconds of evaluation see.
func transitionsByTime(m *replay.MonitorResult) map[changeAt]replay.Transition {
	all := map[changeAt]replay.Transition{}
	for _, g := range m.Groups {
		for _, t := range g.Transitions {
			key := changeAt{t.At.UnixMilli(), t.To}
			if known, ok := all[key]; !ok || t.Share > known.Share {
				all[key] = t
			}
		}
	}
	return all
}

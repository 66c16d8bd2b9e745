package expect

import (
	"fmt"
	"strings"

	"ddmon/internal/monitor"
	"ddmon/internal/replay"
)

// checkNever checks that no second sees a status in never.
func (a *assertion) checkNever() {
	for _, name := range a.Never {
		status := statusOf(name)
		var has []groupHistory
		for _, g := range a.groups {
			if g.Initial == status || g.firstReached(status, a.start(), false).possible() {
				has = append(has, g)
			}
		}
		if len(has) > 0 {
			a.fail("never", has[:1], "never "+name, a.describeHistory(has[0])+otherGroups(len(has)-1))
			continue
		}
		a.pass("never", nil, "never "+name, a.history()+a.closest(name, a.groups, a.start()))
	}
}

// history describes what the groups of the expectation did.
func (a *assertion) history() string {
	switch len(a.groups) {
	case 0:
		return "no group appears in the recording"
	case 1:
		return a.describeHistory(a.groups[0])
	}
	return fmt.Sprintf("none of %d groups", len(a.groups))
}

// checkSilent checks that the monitor notifies no one. Transitions seen only by other seconds have no notifications,
// but would notify if their status does.
func (a *assertion) checkSilent() {
	if !a.Silent {
		return
	}
	sent := a.sent()
	for _, n := range sent {
		if len(n.Handles) > 0 {
			more := ""
			if count := countNotified(sent); count > 1 {
				more = ", the first of " + number(float64(count)) + " notifications"
			}
			a.fail("silent", a.notifiedGroups(n), "notifies no one", "notifies "+strings.Join(n.Handles, ", ")+" at "+a.show(n.At)+" ("+string(n.Kind)+")"+more)
			return
		}
	}
	if a.hasHandles() {
		for _, g := range a.groups {
			for _, t := range g.Elsewhere {
				if t.To == replay.Alert || t.To == replay.Warn || t.To == replay.NoData && a.notifiesNoData() {
					a.fail("silent", []groupHistory{g}, "notifies no one", a.describeTransition(t))
					return
				}
			}
		}
	}
	actual := "no notifications"
	if len(sent) > 0 {
		actual = counted(len(sent), "notification") + " without a recipient"
	}
	a.pass("silent", nil, "notifies no one", actual)
}

// checkRenotifications checks the number of renotifications that are sent to someone.
func (a *assertion) checkRenotifications() {
	if a.Renotifies == nil {
		return
	}
	var times []string
	for _, n := range a.sent() {
		if n.Kind == replay.KindRenotify && len(n.Handles) > 0 {
			times = append(times, a.show(n.At))
		}
	}
	if len(times) == *a.Renotifies {
		return
	}
	actual := "renotifies no one"
	if len(times) > 0 {
		actual = fmt.Sprintf("renotifies %d times: at %s", len(times), joinUpTo(times, maxTransitions))
	}
	a.fail("renotifies", nil, fmt.Sprintf("renotifies %d times", *a.Renotifies), actual)
}

// countNotified counts the notifications with recipients.
func countNotified(list []replay.Notification) int {
	count := 0
	for _, n := range list {
		if len(n.Handles) > 0 {
			count++
		}
	}
	return count
}

// hasHandles reports whether the monitor's message contains a handle.
func (a *assertion) hasHandles() bool {
	m := a.monitorView()
	return m == nil || len(monitor.Handles(m.Message)) > 0
}

// notifiesNoData reports whether the monitor notifies on missing data.
func (a *assertion) notifiesNoData() bool {
	m := a.monitorView()
	return m == nil || m.Options.NotifiesNoData()
}

// monitorView returns the monitor in the stack; nil if it has no such monitor.
func (a *assertion) monitorView() *monitor.Monitor {
	o := a.object(a.address)
	if o == nil {
		return nil
	}
	return monitor.FromBody(o.Body)
}

package expect

import (
	"slices"
	"strings"

	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// Compare compares a replay with the expectations of a test, in the order of the expectations. res is a replay of the
// monitors in t.Objects over rec. If it has values (replay.Options.Values), comparisons name the value closest to the
// threshold. Text that depends on a sensitive value is object.Redacted.
func Compare(t testfile.Test, rec *series.Recording, res *replay.Result) []Comparison {
	found := comparisons(t, rec, res, res.Reveal())
	if !hides(t, res) {
		return found
	}
	return conceal(found, comparisons(shown(t), rec, res, res))
}

// holds reports whether all expectations of a test hold.
func holds(t testfile.Test, rec *series.Recording, res *replay.Result) bool {
	return len(failing(comparisons(t, rec, res, res.Reveal()))) == 0
}

// comparisons checks the expectations against original. Group names come from shown, which has no sensitive values.
func comparisons(t testfile.Test, rec *series.Recording, shown, original *replay.Result) []Comparison {
	var list []Comparison
	c := &checker{clock{rec}, t.Objects, original, shown}
	for i := range t.Expects {
		for _, address := range t.Expects[i].Monitors {
			list = append(list, c.expect(&t.Expects[i], address)...)
		}
	}
	return list
}

// expect compares a monitor with an expect block.
func (c *checker) expect(e *testfile.Expect, address object.Address) []Comparison {
	a := &assertion{
		checker: c, Expect: e, address: address, monitor: resultOf(address.String(), c.result), shown: resultOf(address.String(), c.shown),
	}
	switch {
	case a.monitor == nil:
		a.monitor = &replay.MonitorResult{Address: address.String()}
		a.fail("", nil, "the monitor is evaluated", "the monitor was not replayed")
	case !a.monitor.Evaluated:
		a.fail("", nil, "the monitor is evaluated", a.monitor.Reason)
	case a.selectGroups():
		a.check()
	}
	return a.comparisons
}

// selectGroups selects the groups of the expectation, or fails if there is no such group.
func (a *assertion) selectGroups() bool {
	var known []string
	for i := range a.monitor.Groups {
		g := groupHistory{&a.monitor.Groups[i]}
		if !g.appeared() {
			continue
		}
		known = append(known, g.name())
		if len(a.Group) == 0 || slices.Equal(slices.Sorted(slices.Values(g.Tags)), a.Group) {
			a.groups = append(a.groups, g)
		}
	}
	if len(a.Group) == 0 || len(a.groups) > 0 {
		return true
	}
	wanted := strings.Join(a.Group, ",")
	actual := "no such group; groups: " + joinUpTo(known, 5) + "." + diag.DidYouMean(wanted, known)
	switch {
	case len(known) == 0:
		actual = "no group appears in the recording"
	case slices.Equal(known, []string{"*"}):
		actual = "the monitor has no groups: it is a simple alert"
	}
	a.fail("group", nil, "group "+wanted, actual)
	return false
}

// check checks every attribute. Notifications of a status are not checked if the status is not reached.
func (a *assertion) check() {
	switch {
	case a.Status == "":
		a.checkNotifications(a.sent())
	case a.At != nil:
		if at, ok := a.checkStatusAt(); ok {
			a.checkNotifications(a.sentLastBefore(at))
		}
	default:
		if from := a.origin(); a.checkReached(from) {
			a.checkNotifications(a.sentSince(from))
		}
	}
	a.checkNever()
	a.checkSilent()
	a.checkRenotifications()
	a.checkRecovery()
}

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

// Check holds a replay against what a test expects, and returns what does not hold in the order of the expectations;
// nil if all do. res is a replay of the monitors among t.Objects over rec. If it has values (replay.Options.Values),
// failures name those that came closest to a threshold. What depends on sensitive values is object.Redacted.
func Check(t testfile.Test, rec *series.Recording, res *replay.Result) []Failure {
	found := failures(t, rec, res, res.Reveal())
	if len(found) == 0 || !hides(t, res) {
		return found
	}
	return conceal(found, failures(shown(t), rec, res, res))
}

// holds reports whether all that a test expects is so.
func holds(t testfile.Test, rec *series.Recording, res *replay.Result) bool {
	return len(failures(t, rec, res, res.Reveal())) == 0
}

// failures judges by one result and names groups as the other does.
func failures(t testfile.Test, rec *series.Recording, shown, judged *replay.Result) []Failure {
	var list []Failure
	c := &checker{clock{rec}, t.Objects, judged, shown}
	for i := range t.Expects {
		for _, address := range t.Expects[i].Monitors {
			list = append(list, c.expect(&t.Expects[i], address)...)
		}
	}
	return list
}

// expect returns what a monitor does not do of what is expected of it.
func (c *checker) expect(e *testfile.Expect, address object.Address) []Failure {
	j := &judge{
		checker: c, Expect: e, address: address, monitor: resultOf(address.String(), c.result), shown: resultOf(address.String(), c.shown),
	}
	switch {
	case j.monitor == nil:
		j.monitor = &replay.MonitorResult{Address: address.String()}
		j.fail("", nil, "a replay", "the monitor was not replayed")
	case !j.monitor.Evaluated:
		j.fail("", nil, "a replay", j.monitor.Reason)
	case j.choose():
		j.judge()
	}
	return j.failures
}

// choose finds the groups that are meant, or reports that there is no such group.
func (j *judge) choose() bool {
	var known []string
	for i := range j.monitor.Groups {
		g := course{&j.monitor.Groups[i]}
		if !g.appeared() {
			continue
		}
		known = append(known, g.name())
		if len(j.Group) == 0 || slices.Equal(slices.Sorted(slices.Values(g.Tags)), j.Group) {
			j.groups = append(j.groups, g)
		}
	}
	if len(j.Group) == 0 || len(j.groups) > 0 {
		return true
	}
	wanted := strings.Join(j.Group, ",")
	actual := "there is no such group, only " + listed(known, 5) + "." + diag.DidYouMean(wanted, known)
	switch {
	case len(known) == 0:
		actual = "no group appears in the whole run"
	case slices.Equal(known, []string{"*"}):
		actual = "the monitor has no groups: it is a simple alert"
	}
	j.fail("group", nil, "the group "+wanted, actual)
	return false
}

// judge asks for everything that is expected. Who is told of a status is not asked if it is not reached.
func (j *judge) judge() {
	switch {
	case j.Status == "":
		j.told(j.sent())
	case j.At != nil:
		if at, ok := j.holds(); ok {
			j.told(j.sentLastBefore(at))
		}
	default:
		if from, ok := j.origin(); ok && j.reached(from) {
			j.told(j.sentSince(from))
		}
	}
	j.never()
	j.silent()
	j.recovered()
}

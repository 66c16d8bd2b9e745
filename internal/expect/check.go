package expect

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"

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

// checker is one replay. It looks monitors up one by one: most tests expect something of a few among many, so that an
// index would cost more than it saves.
type checker struct {
	clock
	objects []*object.Object
	result  *replay.Result
	shown   *replay.Result // the same, with groups as they may be named
}

// object is a monitor as the stack has it; nil if it has none.
func (c *checker) object(address object.Address) *object.Object {
	i := slices.IndexFunc(c.objects, func(o *object.Object) bool { return o.Address == address })
	if i < 0 {
		return nil
	}
	return c.objects[i]
}

// judge holds one monitor against one expectation.
type judge struct {
	*checker
	*testfile.Expect
	address object.Address
	monitor *replay.MonitorResult
	shown   *replay.MonitorResult
	// groups are those that the expectation is about.
	groups   []course
	failures []Failure
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

// origin is the moment from which the status counts.
func (j *judge) origin() (time.Time, bool) {
	if j.After == "" {
		return j.start(), true
	}
	t, err := j.phase(j.After)
	if err != nil {
		j.fail(j.written("after", "within", "not_before"), nil, fmt.Sprintf("a phase %q", j.After), err.Error())
	}
	return t, err == nil
}

// written is the first of some attributes that the block has: where it counts from a phase by default, none says so.
func (j *judge) written(names ...string) string {
	for _, name := range names {
		if _, ok := j.Ranges[name]; ok {
			return name
		}
	}
	return names[0]
}

// fail reports that an attribute does not hold. of are the groups that it does not hold for; nil means all.
func (j *judge) fail(attribute string, of []course, expected, actual string) {
	f := Failure{Address: j.monitor.Address, Attribute: attribute, Expected: expected, Actual: actual, Range: j.rangeOf(attribute)}
	if of == nil {
		of = j.groups
	}
	of = j.named(of)
	if len(of) == 1 && of[0].name() != "*" {
		f.Group = of[0].name()
	}
	f.Timeline = timeline(j.clock, of)
	j.failures = append(j.failures, f)
}

// named returns the groups as they may be shown.
func (j *judge) named(groups []course) []course {
	list := make([]course, len(groups))
	for i, g := range groups {
		list[i] = g
		for k := range j.monitor.Groups {
			if &j.monitor.Groups[k] == g.GroupResult {
				list[i] = course{&j.shown.Groups[k]}
			}
		}
	}
	return list
}

func (j *judge) rangeOf(attribute string) hcl.Range {
	if r, ok := j.Ranges[attribute]; ok {
		return r
	}
	return j.Range
}

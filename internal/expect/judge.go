package expect

import (
	"fmt"
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/testfile"
)

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

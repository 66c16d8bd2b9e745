package expect

import (
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/testfile"
)

// checker checks expectations against one replay. It finds monitors by linear search: most tests are about a few of
// many monitors, so an index would cost more than it saves.
type checker struct {
	clock
	objects []*object.Object
	result  *replay.Result
	shown   *replay.Result // the same result without sensitive values
}

// object returns the monitor in the stack; nil if it has no such monitor.
func (c *checker) object(address object.Address) *object.Object {
	i := slices.IndexFunc(c.objects, func(o *object.Object) bool { return o.Address == address })
	if i < 0 {
		return nil
	}
	return c.objects[i]
}

// assertion checks one monitor against one expect block.
type assertion struct {
	*checker
	*testfile.Expect
	address object.Address
	monitor *replay.MonitorResult
	shown   *replay.MonitorResult
	// groups are the groups that the expectation is about.
	groups      []groupHistory
	comparisons []Comparison
}

// origin returns the time from which the status counts. timeErrors has checked that the recording has the phase.
func (a *assertion) origin() time.Time {
	if a.After == "" {
		return a.start()
	}
	t, _ := a.phase(a.After)
	return t
}

// fail adds an attribute that does not hold. of are the groups that fail; nil means all.
func (a *assertion) fail(attribute string, of []groupHistory, expected, actual string, margins ...Margin) {
	if of == nil {
		of = a.groups
	}
	a.add(attribute, of, Comparison{Expected: expected, Actual: actual, Margins: margins, Timeline: timeline(a.clock, a.shownGroups(of))})
}

// pass adds an attribute that holds. of are the groups that decide it; nil means all.
func (a *assertion) pass(attribute string, of []groupHistory, expected, actual string, margins ...Margin) {
	if of == nil {
		of = a.groups
	}
	a.add(attribute, of, Comparison{Expected: expected, Actual: actual, Margins: margins, Holds: true})
}

func (a *assertion) add(attribute string, of []groupHistory, c Comparison) {
	c.Address, c.Attribute, c.Range = a.monitor.Address, attribute, a.rangeOf(attribute)
	if len(of) == 1 {
		if name := a.shownGroups(of)[0].name(); name != "*" {
			c.Group = name
		}
	}
	a.comparisons = append(a.comparisons, c)
}

// shownGroups returns the groups without sensitive values.
func (a *assertion) shownGroups(groups []groupHistory) []groupHistory {
	list := make([]groupHistory, len(groups))
	for i, g := range groups {
		list[i] = g
		for k := range a.monitor.Groups {
			if &a.monitor.Groups[k] == g.GroupResult {
				list[i] = groupHistory{&a.shown.Groups[k]}
			}
		}
	}
	return list
}

func (a *assertion) rangeOf(attribute string) hcl.Range {
	if r, ok := a.Ranges[attribute]; ok {
		return r
	}
	return a.Range
}

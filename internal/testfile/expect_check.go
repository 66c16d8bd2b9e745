package testfile

import (
	"fmt"
	"slices"

	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/lang"
)

// assertions are the attributes that state an expectation by themselves.
var assertions = []string{"status", "never", "notifies", "notifies_only", "message_contains", "silent", "renotifies", "recovers_within"}

// conflicts lists attributes that cannot be combined, with the reason.
var conflicts = []struct{ one, other, why string }{
	{"never", "status", "The monitor cannot reach a status that it must never reach. Write two expect blocks for different statuses"},
	{"at", "within", "at sets the time at which the monitor has the status, within limits when it reaches the status"},
	{"at", "not_before", "at sets the time at which the monitor has the status, not_before limits when it reaches the status"},
	{"at", "after", "at sets the time itself. To count from a phase, write at = \"PHASE+4m\""},
	{"silent", "notifies", "A silent monitor notifies no one in the whole recording"},
	{"silent", "notifies_only", "A silent monitor notifies no one in the whole recording"},
	{"silent", "renotifies", "A silent monitor notifies no one in the whole recording"},
	{"silent", "message_contains", "A silent monitor notifies no one in the whole recording, so there is no message to check"},
}

// requirements pairs an attribute with the attribute it requires.
var requirements = []struct{ name, needs string }{
	{"within", "status"},
	{"not_before", "status"},
	{"after", "status"},
	{"at", "status"},
	{"recovered_after", "recovers_within"},
}

// checkExpect reports attributes that cannot be combined and blocks that expect nothing. A block with errors is not
// reported as expecting nothing, because a misspelled attribute can be the reason.
func (f fields) checkExpect(report *lang.Reporter, e *Expect, hasErrors bool) {
	for _, c := range conflicts {
		if f.asserts(c.one) && f.asserts(c.other) {
			report.Error("contradicting_fields", "Conflicting attributes", fmt.Sprintf("%s and %s cannot be combined. %s. Remove one of them.",
				c.one, c.other, c.why), f.Ranges[c.one])
			return
		}
	}
	for _, n := range requirements {
		if !f.IsSet(n.name) || f.IsSet(n.needs) {
			continue
		}
		report.Error("missing_field", "Missing attribute in expect block", fmt.Sprintf("%s requires %s: it only sets when, not what. Add %s = ..., or remove %s.",
			n.name, n.needs, n.needs, n.name), f.Ranges[n.name])
		return
	}
	if e.Within != nil && e.NotBefore != nil && *e.NotBefore > *e.Within {
		report.Error("contradicting_fields", "Conflicting attributes", fmt.Sprintf("not_before (%s) is longer than within (%s), so no time can satisfy both. "+
			"Set within to the longer duration.", *e.NotBefore, *e.Within), f.Ranges["not_before"])
	}
	if e.All && f.IsSet("group") {
		report.Error("contradicting_fields", "group without a monitor", "group selects a group of one monitor. Name the monitor: expect \"monitor.NAME\" { ... }",
			f.Ranges["group"])
	}
	if hasErrors || slices.ContainsFunc(assertions, f.asserts) {
		return
	}
	report.Error("missing_field", "Expect block without an expectation", "The expect block expects nothing. State what the monitor must do, such as status = \"Alert\", "+
		"never = \"Alert\", notifies = [\"@handle\"], recovers_within = \"5m\" or silent = true.", e.Range)
}

// asserts reports whether an attribute states an expectation. An empty list does not, except for notifies_only, where
// it means that no one is notified. Nor does silent = false.
func (f fields) asserts(name string) bool {
	v, ok := f.Value(name)
	if !ok {
		return false
	}
	v, _ = v.UnmarkDeep()
	switch {
	case !v.IsWhollyKnown() || name == "notifies_only":
		return true
	case v.CanIterateElements():
		return v.LengthInt() > 0
	}
	return name != "silent" || v.Type() != cty.Bool || v.True()
}

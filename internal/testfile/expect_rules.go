package testfile

import (
	"fmt"
	"slices"

	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/lang"
)

// expecting are the attributes each of which is something to expect.
var expecting = []string{"status", "never", "notifies", "notifies_only", "message_contains", "silent", "recovers_within"}

// contradicting pairs attributes that cannot both be written, with the reason.
var contradicting = []struct{ one, other, why string }{
	{"never", "status", "A state that is never reached cannot be reached. Write two expect blocks if they are about different states"},
	{"at", "within", "at names the moment at which the monitor has the status, within bounds when it comes to have it"},
	{"at", "not_before", "at names the moment at which the monitor has the status, not_before bounds when it comes to have it"},
	{"at", "after", "at names the moment itself; count from a phase by at = \"PHASE+4m\""},
	{"silent", "notifies", "Who tells nobody anything in the whole run cannot notify"},
	{"silent", "notifies_only", "Who tells nobody anything in the whole run cannot notify"},
	{"silent", "message_contains", "Who tells nobody anything in the whole run sends no message"},
}

// needing pairs an attribute with the one that has to be beside it.
var needing = []struct{ name, needs string }{
	{"within", "status"},
	{"not_before", "status"},
	{"after", "status"},
	{"at", "status"},
	{"recovered_after", "recovers_within"},
}

// checkExpect reports attributes that do not go together, and an expect that nothing could fail. In a faulty
// block, what it was to expect may be what is misspelt.
func (f fields) checkExpect(report *lang.Reporter, e *Expect, faulty bool) {
	for _, c := range contradicting {
		if f.says(c.one) && f.says(c.other) {
			report.Error("contradicting_fields", "Fields contradict each other", fmt.Sprintf("%s and %s cannot both be expected. %s; remove one of the two.",
				c.one, c.other, c.why), f.Ranges[c.one])
			return
		}
	}
	for _, n := range needing {
		if !f.Given(n.name) || f.Given(n.needs) {
			continue
		}
		report.Error("missing_field", "Field of the expect missing", fmt.Sprintf("%s by itself expects nothing: it says when, and %s says what. Add %s = ..., or remove it.",
			n.name, n.needs, n.needs), f.Ranges[n.name])
		return
	}
	if e.Within != nil && e.NotBefore != nil && *e.NotBefore > *e.Within {
		report.Error("contradicting_fields", "Fields contradict each other", fmt.Sprintf("not_before is %s and within is %s, so there is no time left for the status. "+
			"Make within the longer of the two.", *e.NotBefore, *e.Within), f.Ranges["not_before"])
	}
	if e.All && f.Given("group") {
		report.Error("contradicting_fields", "Group of every monitor", "Each monitor has groups of its own. Name the monitor whose group is meant: expect \"monitor.NAME\" { ... }",
			f.Ranges["group"])
	}
	if faulty || slices.ContainsFunc(expecting, f.says) {
		return
	}
	report.Error("missing_field", "Nothing is expected", "The expect block says nothing that could be wrong. Write what the monitor has to do, such as status = \"Alert\", "+
		"never = \"Alert\", notifies = [\"@handle\"], recovers_within = \"5m\" or silent = true.", e.Range)
}

// says reports whether an attribute expects anything: a list without elements does not, but for notifies_only, which
// then says that nobody is told; nor does silent = false.
func (f fields) says(name string) bool {
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

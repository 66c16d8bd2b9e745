package expect

import (
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/testfile"
)

// The text of a failure comes from what a monitor did and what is expected, and both can be sensitive. So the test is
// checked a second time with all sensitive values removed. Text that is the same in both checks does not depend on a
// sensitive value; any other text is not shown.

// hides reports whether a test or its result contains a sensitive value.
func hides(t testfile.Test, res *replay.Result) bool {
	return res.Reveal() != res || slices.ContainsFunc(t.Expects, func(e testfile.Expect) bool { return len(e.Sensitive) > 0 })
}

// shown returns the test without sensitive values.
func shown(t testfile.Test) testfile.Test {
	t.Objects, _ = object.ShownAll(t.Objects)
	t.Expects = slices.Clone(t.Expects)
	for i := range t.Expects {
		e := &t.Expects[i]
		for name, list := range map[string]*[]string{
			"group": &e.Group, "notifies": &e.Notifies, "notifies_only": &e.NotifiesOnly, "message_contains": &e.MessageContains,
		} {
			if e.Sensitive[name] {
				*list = []string{object.Redacted}
			}
		}
		if e.Sensitive["renotifies"] {
			never := -1 // the text of the second check is then another one
			e.Renotifies = &never
		}
	}
	return t
}

// conceal redacts the parts of the failures that differ in the second check.
func conceal(found, second []Failure) []Failure {
	for i := range found {
		f := &found[i]
		same := func(is func(*Failure) bool) bool {
			return slices.ContainsFunc(second, func(g Failure) bool { return g.Address == f.Address && g.Range == f.Range && is(&g) })
		}
		if !same(func(g *Failure) bool { return g.Expected == f.Expected }) {
			f.Expected = object.Redacted
		}
		if !same(func(g *Failure) bool { return g.Actual == f.Actual }) {
			f.Actual = object.Redacted
		}
	}
	return found
}

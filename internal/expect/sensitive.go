package expect

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/testfile"
)

// The text of a comparison comes from what a monitor did and what is expected, and both can be sensitive. So the test is
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

// conceal redacts the parts of the comparisons that differ in the second check.
func conceal(found, second []Comparison) []Comparison {
	type key struct {
		address, text string
		at            hcl.Range
	}
	expected, actual := map[key]bool{}, map[key]bool{}
	for _, c := range second {
		expected[key{c.Address, c.Expected, c.Range}], actual[key{c.Address, c.Actual, c.Range}] = true, true
	}
	for i := range found {
		c := &found[i]
		if !expected[key{c.Address, c.Expected, c.Range}] {
			c.Expected = object.Redacted
		}
		if !actual[key{c.Address, c.Actual, c.Range}] {
			c.Actual = object.Redacted
		}
	}
	return found
}

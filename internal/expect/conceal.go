package expect

import (
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/testfile"
)

// The words of a failure are made from what a monitor did and what is expected, and any part of it may be
// sensitive. So the test is judged a second time, over a result and expectations in which nothing sensitive is left. What
// both judgements say in the same words does not depend on a secret; anything else is not shown.

// hides reports whether anything about a test is sensitive.
func hides(t testfile.Test, res *replay.Result) bool {
	return res.Reveal() != res || slices.ContainsFunc(t.Expects, func(e testfile.Expect) bool { return len(e.Sensitive) > 0 })
}

// shown returns the test as it may be shown.
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
	}
	return t
}

// conceal returns the failures with only those words that the second judgement has as well.
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

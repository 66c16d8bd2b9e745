package lint

import (
	"slices"

	"ddmon/internal/diag"
)

// Rule is one thing that Lint looks for.
type Rule struct {
	// Code is stable across versions; it is the rule's file name and the heading of its documentation.
	Code     string
	Severity diag.Severity
	// OnRequest says that the rule only runs if Options.Enable names it: it asks for a policy that not every stack has.
	OnRequest bool
	// Run reports what the rule finds.
	Run func(*pass)
}

func (o Options) runs(r Rule) bool {
	if slices.Contains(o.Disable, r.Code) {
		return false
	}
	return !r.OnRequest || slices.Contains(o.Enable, r.Code)
}

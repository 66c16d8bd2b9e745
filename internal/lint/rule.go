package lint

import (
	"slices"

	"ddmon/internal/diag"
)

// Rule is a check of Lint.
type Rule struct {
	// Code is stable across versions. It is also the name of the rule's file and its heading in the manual.
	Code     string
	Severity diag.Severity
	// OptIn reports that the rule only runs if Options.Enable lists it, because not every stack follows this policy.
	OptIn bool
	// Run adds the rule's findings to the pass.
	Run func(*pass)
}

func (o Options) runs(r Rule) bool {
	if slices.Contains(o.Disable, r.Code) {
		return false
	}
	return !r.OptIn || slices.Contains(o.Enable, r.Code)
}

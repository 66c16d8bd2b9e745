package lint

import "slices"

// Severity says how bad a finding is.
type Severity int

// The severities.
const (
	// Error is what Datadog refuses, or what cannot work.
	Error Severity = iota
	// Warning is what is probably wrong.
	Warning
	// Info is worth knowing, and often meant.
	Info
)

// String returns error, warning or info.
func (s Severity) String() string {
	return [...]string{"error", "warning", "info"}[s]
}

// Rule is one thing that Lint looks for.
type Rule struct {
	// Code is stable across versions; it is the rule's file name and the heading of its documentation.
	Code     string
	Severity Severity
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

package expect

import (
	"slices"
	"time"

	"github.com/hashicorp/hcl/v2"
)

// Comparison is an attribute of an expect block, compared with what a monitor did.
type Comparison struct {
	// Address is the address of the monitor. Group is the group that decides; "" for the monitor as a whole.
	Address, Group string
	// Attribute is the attribute of the expect block; "" for the whole block.
	Attribute string
	// Expected and Actual are readable text: "Alert within 5m of incident_start (by 14:22:17)" and "Alert at
	// 14:26:02–14:27:01, 8m45s to 9m44s after incident_start".
	Expected, Actual string
	// Holds says that the expectation holds at every second of evaluation.
	Holds bool
	// Margins say how far the times are from the limits of the expectation; nil if it has none.
	Margins []Margin
	// Range is the location of the attribute, or of the block.
	Range hcl.Range
	// Timeline shows the groups that fail, one line each, with the phases of the recording; "" if the expectation holds or nothing was replayed.
	Timeline string
}

// failing returns the comparisons that do not hold.
func failing(list []Comparison) []Comparison {
	return slices.DeleteFunc(slices.Clone(list), func(c Comparison) bool { return c.Holds })
}

// Margin is the distance of a time from a limit, at the worst second of evaluation.
type Margin struct {
	// Attribute is the limit: within, not_before or recovers_within.
	Attribute string
	// Left is the distance. It is negative if the limit is exceeded.
	Left time.Duration
	// Of is the value of the limit.
	Of time.Duration
}

// String describes the margin: "1s of 7m left", "3m1s later than 2m".
func (m Margin) String() string {
	switch early := m.Attribute == "not_before"; {
	case early && m.Left < 0:
		return Brief(-m.Left) + " earlier than " + Brief(m.Of)
	case early:
		return Brief(m.Left) + " later than " + Brief(m.Of)
	case m.Left < 0:
		return Brief(-m.Left) + " later than " + Brief(m.Of)
	}
	return Brief(m.Left) + " of " + Brief(m.Of) + " left"
}

// IsNarrow reports whether less than a tenth of a time limit is left, so that a small change breaks the expectation.
func (m Margin) IsNarrow() bool { return m.Attribute != "not_before" && m.Left*10 < m.Of }

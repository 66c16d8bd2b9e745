package expect

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/replay"
	"ddmon/internal/testfile"
)

// Warning says that an expectation holds although the recording does not have the data that the monitor queries.
type Warning struct {
	Address string
	// Text says which data is missing.
	Text string
	// Range is the location of the expect block.
	Range hcl.Range
}

// Warnings returns a warning for each expectation that can hold only because there is no data. shown is the result for
// display. An expected alert needs data, so it has no warning, and neither has an expectation with a failure.
func Warnings(t testfile.Test, shown *replay.Result, failures []Comparison) []Warning {
	var list []Warning
	for i := range t.Expects {
		e := &t.Expects[i]
		if e.Status == testfile.StatusAlert || e.Status == testfile.StatusWarn {
			continue
		}
		for _, address := range e.Monitors {
			m := resultOf(address.String(), shown)
			if m == nil || len(m.Unrecorded) == 0 || fails(e, m.Address, failures) {
				continue
			}
			var missing []string
			for _, u := range m.Unrecorded {
				missing = append(missing, u.String())
			}
			list = append(list, Warning{Address: m.Address, Text: "passes without data: " + strings.Join(missing, "; "), Range: e.Range})
		}
	}
	return list
}

// fails reports whether a failure is about a monitor in an expect block.
func fails(e *testfile.Expect, address string, failures []Comparison) bool {
	return slices.ContainsFunc(failures, func(c Comparison) bool { return c.Address == address && c.Range == written(e, c.Attribute) })
}

package expect

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// timeErrors reports the phases and times of a test that its recording does not have. They are mistakes in the test,
// whatever the monitors do, so the test is not checked.
func timeErrors(t testfile.Test, rec *series.Recording) hcl.Diagnostics {
	var diags hcl.Diagnostics
	c := clock{rec}
	for i := range t.Expects {
		e := &t.Expects[i]
		if _, ok := c.phase(e.After); e.After != "" && !ok {
			diags = append(diags, unknownPhase(c.missing(e.After)+startOf(e, "after", "within", "not_before"),
				written(e, "after", "within", "not_before")))
		}
		if _, ok := c.phase(e.RecoveredAfter); e.RecoveredAfter != "" && !ok {
			diags = append(diags, unknownPhase(c.missing(e.RecoveredAfter)+startOf(e, "recovered_after", "recovers_within"),
				written(e, "recovered_after", "recovers_within")))
		}
		if e.At == nil {
			continue
		}
		if _, ok := c.phase(e.At.Phase); e.At.Phase != "" && !ok {
			diags = append(diags, unknownPhase(c.missing(e.At.Phase), written(e, "at")))
		} else if _, err := c.resolve(*e.At); err != nil {
			diags = append(diags, diag.Error("invalid_value", "Invalid time", "The time "+err.Error()+".", written(e, "at")))
		}
	}
	return diags
}

func unknownPhase(detail string, at hcl.Range) *hcl.Diagnostic {
	return diag.Error("unknown_phase", "Unknown phase", detail, at)
}

// startOf explains a phase that is a default: the block sets one of the times, but not the phase to count from.
func startOf(e *testfile.Expect, name string, times ...string) string {
	if _, ok := e.Ranges[name]; ok {
		return ""
	}
	for _, t := range times {
		if _, ok := e.Ranges[t]; ok {
			return fmt.Sprintf(" %s counts from this phase unless %s names another.", t, name)
		}
	}
	return ""
}

// written returns the range of the first of the attributes that the block sets.
func written(e *testfile.Expect, names ...string) hcl.Range {
	for _, name := range names {
		if r, ok := e.Ranges[name]; ok {
			return r
		}
	}
	return e.Range
}

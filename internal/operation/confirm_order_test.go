package operation

import (
	"slices"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
)

// TestConfirmSorts: what only the confirmation finds is in the order of the files, as in a plan.
func TestConfirmSorts(t *testing.T) {
	at := func(line int) hcl.Range { return hcl.Range{Filename: "a.hcl", Start: hcl.Pos{Line: line}} }
	p := &Planned{Input: Input{Diagnostics: hcl.Diagnostics{diag.Warning("known", "Known", "", at(2))}}}
	var lines []int
	for _, d := range p.newDiagnostics(hcl.Diagnostics{
		diag.Warning("c", "Third", "", at(9)), diag.Warning("known", "Known", "", at(2)), diag.Warning("a", "First", "", at(1)),
	}) {
		lines = append(lines, d.Subject.Start.Line)
	}
	if !slices.Equal(lines, []int{1, 9}) {
		t.Errorf("lines %v", lines)
	}
}

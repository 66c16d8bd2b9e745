package terminal

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/render/safe"
)

// at returns a position in the file f.
func at(line int) hcl.Range {
	p := hcl.Pos{Line: line, Column: 1, Byte: line}
	return hcl.Range{Filename: "f", Start: p, End: p}
}

func written(t *testing.T, diags hcl.Diagnostics) string {
	t.Helper()
	var out strings.Builder
	if err := Diagnostics(&out, nil, diag.Show(diags, func(s string) string { return s }), safe.Style{}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestGroupedFindings: a rule has one title with the number of its findings, each text is written once with the objects
// that have it, and errors are not grouped.
func TestGroupedFindings(t *testing.T) {
	got := written(t, hcl.Diagnostics{
		diag.About(diag.Info("rule", "Rule", "Text one.", at(1)), "monitor.a"),
		diag.About(diag.Error("e", "Broken", "Fix it.", at(2)), "monitor.a"),
		diag.About(diag.Info("rule", "Rule", "Text one.", at(3)), "monitor.b"),
		diag.About(diag.Info("rule", "Rule", "Text two.", at(4)), "monitor.c"),
		diag.About(diag.Info("rule", "Rule", "Text one.", at(5)), "monitor.b"),
		diag.About(diag.Error("e", "Broken", "Fix it.", at(6)), "monitor.b"),
		diag.Info("rule", "Rule", "Text one.", at(7)),
		diag.About(diag.Info("rule", "Other summary", "Text one.", at(8)), "monitor.c"),
		diag.About(diag.Warning("rule", "Rule", "Text one.", at(9)), "monitor.c"),
	})
	want := `Info: Rule [rule] 5 findings
  f:1:1
  Text one.
  Also in monitor.b (2 times), f:7:1.

  f:4:1
  Text two.

Error: Broken [e]
  f:2:1
  Fix it.

Error: Broken [e]
  f:6:1
  Fix it.

Info: Other summary [rule]
  f:8:1
  Text one.

Warning: Rule [rule]
  f:9:1
  Text one.

`
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestManyFindings: the output is bounded, and says how much is missing.
func TestManyFindings(t *testing.T) {
	same, different := hcl.Diagnostics{}, hcl.Diagnostics{}
	for i := range 5000 {
		same = append(same, diag.About(diag.Info("rule", "Rule", "Text.", at(i+1)), fmt.Sprintf("monitor.m%d", i)))
		different = append(different, diag.Info("rule", "Rule", fmt.Sprintf("Text %d.", i), at(i+1)))
	}
	if got := strings.Join(strings.Fields(written(t, same)), " "); !strings.Contains(got, "monitor.m200 and 4799 more.") || strings.Contains(got, "monitor.m201") {
		t.Errorf("a long list of objects is written as\n%.500s", got)
	}
	if got := written(t, different); !strings.Contains(got, "4000 more problems of this rule not shown.") || strings.Contains(got, "Text 1000.") {
		t.Errorf("many texts are written as\n...%s", got[max(0, len(got)-500):])
	}
	both := append(different, diag.Error("e", "Broken", "Fix it.", at(1)))
	if got := written(t, both); !strings.Contains(got, "1 more problem not shown. Fix these first.") {
		t.Errorf("a problem after too many is written as\n...%s", got[max(0, len(got)-500):])
	}
}

package lang

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/limit"
)

func newTestReporter() *Reporter { return NewReporter(limit.NewMeter(context.Background())) }

// TestTooManyProblems checks that the evaluation ends with one diagnostic about the limit.
func TestTooManyProblems(t *testing.T) {
	r := newTestReporter()
	for range 2 * maxProblems {
		r.Error("code", "Summary", "Detail.", hcl.Range{})
	}
	if n := r.Len(); n != maxProblems+1 || r.Diagnostics()[n-1].Summary != "Too many problems" {
		t.Errorf("%d diagnostics, the last of which is %v", n, r.Diagnostics()[n-1])
	}
	if r.Meter.Err() == nil {
		t.Error("the evaluation goes on")
	}
	if r.Spend(1, 0, hcl.Range{}) || r.Len() != maxProblems+1 {
		t.Error("the limit is reported again")
	}
}

func TestLimitIsReportedOnce(t *testing.T) {
	r := newTestReporter()
	at := hcl.Range{Filename: "a.hcl", Start: hcl.InitialPos, End: hcl.InitialPos}
	for range 3 {
		if r.Spend(limit.MaxSteps+1, 0, at) {
			t.Fatal("there is no limit")
		}
	}
	if diags := r.Diagnostics(); len(diags) != 1 || diag.Code(diags[0]) != CodeLimit || diags[0].Subject.Filename != "a.hcl" {
		t.Errorf("%s", describe(diags))
	}
	other := NewReporter(r.Meter)
	if other.Spend(1, 0, at) || other.Len() != 1 {
		t.Error("another evaluation with this meter does not report it")
	}
}

// TestKeepNew checks that equal problems of several instances are reported once, with the name of the first instance.
func TestKeepNew(t *testing.T) {
	r := newTestReporter()
	line := func(n int) hcl.Range { return hcl.Range{Filename: "a.hcl", Start: hcl.Pos{Line: n}} }
	r.Error("code", "Before", "Before.", line(1))
	seen := Seen{}
	for _, name := range []string{`monitor.m["a"]`, `monitor.m["b"]`} {
		before := r.Len()
		r.Error("code", "Same", "Detail of "+name+".", line(1))
		r.Error("code", "Same", "Detail.", line(len(name)+len(seen)))
		r.KeepNew(before, name, seen)
	}
	var got []string
	for _, d := range r.Diagnostics() {
		got = append(got, d.Detail)
	}
	want := []string{"Before.", `Detail of monitor.m["a"]. (First seen in monitor.m["a"].)`, `Detail. (First seen in monitor.m["a"].)`,
		`Detail of monitor.m["b"]. (First seen in monitor.m["b"].)`, `Detail. (First seen in monitor.m["b"].)`}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

// TestKeepNewCounts checks that warnings at several paths are counted as one, and that errors at several paths or in
// several files are all kept.
func TestKeepNewCounts(t *testing.T) {
	r := newTestReporter()
	at, seen := hcl.Range{Filename: "a.hcl", Start: hcl.InitialPos}, Seen{}
	for _, name := range []string{"a", "b", "c"} {
		before := r.Len()
		for _, d := range []*hcl.Diagnostic{diag.Warning("old", "Old", "Old.", at), diag.Error("missing", "Missing", "Missing.", at)} {
			d.Extra = diag.Extra{Code: diag.Code(d), Path: "widgets[0]", File: name + ".json", Count: 2}
			r.Add(d)
		}
		r.KeepNew(before, name, seen)
	}
	var got []string
	for _, d := range r.Diagnostics() {
		extra := d.Extra.(diag.Extra)
		got = append(got, fmt.Sprint(extra.Code, " ", extra.File, " ", extra.Count))
	}
	if want := "old a.json 6, missing a.json 2, missing b.json 2, missing c.json 2"; strings.Join(got, ", ") != want {
		t.Errorf("got %s", strings.Join(got, ", "))
	}
}

func TestMove(t *testing.T) {
	one, other := newTestReporter(), newTestReporter()
	other.Warn("code", "Kept", "Kept.", hcl.Range{})
	other.Error("code", "Moved", "Moved.", hcl.Range{})
	one.Move(other, 1)
	if one.Len() != 1 || !one.HasErrors() || other.Len() != 1 || other.HasErrors() {
		t.Errorf("%s and %s", describe(one.Diagnostics()), describe(other.Diagnostics()))
	}
	one.Drop(func(d *hcl.Diagnostic) bool { return d.Summary == "Moved" })
	if one.Len() != 0 {
		t.Errorf("%s is not dropped", describe(one.Diagnostics()))
	}
}

// TestAddHCL checks that diagnostics of the HCL library do not keep values in memory.
func TestAddHCL(t *testing.T) {
	r := newTestReporter()
	r.AddHCL(hcl.Diagnostics{{Severity: hcl.DiagError, Summary: "x", EvalContext: &hcl.EvalContext{}}})
	if d := r.Diagnostics()[0]; d.EvalContext != nil || d.Expression != nil {
		t.Error("the values are kept")
	}
}

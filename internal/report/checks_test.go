package report

import (
	"fmt"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/expect"
	"ddmon/internal/render/safe"
)

// TestChecks: failures come first, monitors with the same result share a row, and rows about the same monitors share the
// cell with their names.
func TestChecks(t *testing.T) {
	at := func(line int) hcl.Range { return hcl.Range{Start: hcl.Pos{Line: line}} }
	limits := []expect.Margin{
		{Attribute: "within", Left: time.Second, Of: 7 * time.Minute}, {Attribute: "not_before", Left: 3 * time.Second, Of: 2 * time.Minute},
		{Attribute: "recovers_within", Left: time.Minute, Of: 2 * time.Minute},
	}
	list := []expect.Comparison{
		{Address: "monitor.a", Expected: "Alert", Actual: "Alert at 12:00:00", Holds: true, Range: at(1), Margins: limits},
		{Address: "monitor.a", Expected: "silent", Actual: "no notifications", Holds: true, Range: at(2)},
		{Address: "monitor.a", Expected: "Alert", Actual: "never", Range: at(3), Timeline: "...\n"},
		{Address: "monitor.b", Expected: "Alert", Actual: "never", Range: at(3), Timeline: "...\n"},
	}
	for i := range 9 {
		list = append(list, expect.Comparison{Address: fmt.Sprint("monitor.m", i), Expected: "silent", Actual: "no notifications", Holds: true, Range: at(4)})
	}
	rows, left := checks(list)
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprint(r.Span, " ", safe.Join(r.Monitors, " "), " +", r.MonitorsLeft, " ", r.Actual, " ", r.Verdict))
	}
	want := []string{
		"2 a +0 never failed", "2 b +0 never failed", "2 a +0 Alert at 12:00:00 passed", "0 a +0 no notifications passed",
		"1 m0 m1 m2 m3 m4 m5 +3 no notifications passed",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) || left != 0 {
		t.Errorf("%q\nnot\n%q", got, want)
	}
	margins := []margin{{"within", "1s of 7m left", "narrow"}, {"not_before", "3s later than 2m", ""}, {"recovers_within", "1m of 2m left", ""}}
	if fmt.Sprint(rows[2].Margins) != fmt.Sprint(margins) {
		t.Errorf("%v, not %v", rows[2].Margins, margins)
	}
}

// TestManyChecks: the failures of a large test are not omitted.
func TestManyChecks(t *testing.T) {
	var list []expect.Comparison
	for i := range 1000 {
		list = append(list, expect.Comparison{Address: fmt.Sprint("monitor.m", i), Expected: fmt.Sprint(i), Holds: i != 999})
	}
	if rows, left := checks(list); len(rows) != maxChecks || left != 1000-maxChecks || rows[0].Verdict != "failed" {
		t.Errorf("%d rows, %d left, the first %s", len(rows), left, rows[0].Verdict)
	}
}

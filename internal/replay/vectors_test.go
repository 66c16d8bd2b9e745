package replay

import (
	"testing"

	"ddmon/internal/ddquery"
)

// The tests in this file are vectors that Datadog's documentation gives. Each names its page.

// TestCompositeTruthTable is the table of monitors/types/composite.md, "Computing trigger conditions", all of its rows.
func TestCompositeTruthTable(t *testing.T) {
	const lastKnown = Gone
	for _, row := range []struct {
		a, b   Status
		expr   string
		notify bool
		want   Status
	}{
		{Alert, Warn, "1 && 2", false, Warn},
		{Alert, Warn, "1 || 2", false, Alert},
		{Alert, OK, "1 && 2", false, OK},
		{Alert, OK, "1 || 2", false, Alert},
		{Warn, OK, "1 && 2", false, OK},
		{Warn, OK, "1 || 2", false, Warn},
		{NoData, Warn, "1 && 2", true, NoData},
		{NoData, Warn, "1 || 2", true, Warn},
		{NoData, Warn, "1 && 2", false, lastKnown},
		{NoData, Warn, "1 || 2", false, Warn},
		{NoData, OK, "1 && 2", false, OK},
		{NoData, OK, "1 || 2", false, lastKnown},
		{NoData, OK, "1 && 2", true, OK},
		{NoData, OK, "1 || 2", true, NoData},
		{NoData, NoData, "1 && 2", true, NoData},
		{NoData, NoData, "1 || 2", true, NoData},
		// The rules for ! stand above the table.
		{NoData, OK, "!1", true, NoData},
		{NoData, OK, "!1", false, lastKnown},
		{Alert, OK, "!1", false, OK},
		{Warn, OK, "!1", false, OK},
		{OK, OK, "!1", false, Alert},
		// && binds tighter than ||.
		{Alert, OK, "1 || 2 && 2", false, Alert},
		{Alert, OK, "!(1 && 2)", false, Alert},
	} {
		for _, before := range []Status{OK, Warn, Alert} {
			q, err := ddquery.ParseMonitor("composite", row.expr)
			if err != nil {
				t.Fatal(err)
			}
			tells := &outcome{compiled: &compiled{absence: absence{notify: true}}}
			c := &composite{
				query: q.Root.(*ddquery.CompositeQuery), members: []*outcome{tells, tells},
				at: map[string]int{"1": 0, "2": 1}, notify: row.notify,
			}
			want := row.want
			if want == lastKnown {
				want = before
			}
			if got := c.status([]Status{row.a, row.b}, before); got != want {
				t.Errorf("%s with %s and %s, notify %t, after %s: %s, want %s", row.expr, row.a, row.b, row.notify, before, got, want)
			}
		}
	}
}

// TestCompositeNoDataNeedsMembers: "in order for a composite to alert on No Data, both the individual monitors and the
// composite monitor must be set to Notify" (monitors/types/composite.md, "No data").
func TestCompositeNoDataNeedsMembers(t *testing.T) {
	q, _ := ddquery.ParseMonitor("composite", "1")
	c := &composite{
		query: q.Root.(*ddquery.CompositeQuery), members: []*outcome{{compiled: &compiled{}}},
		at: map[string]int{"1": 0}, notify: true,
	}
	if got := c.status([]Status{NoData}, OK); got != OK {
		t.Errorf("%s, want the last known status", got)
	}
}

// TestAsCount is monitors/guide/as-count-in-monitor-evaluations.md: errors 1, 2, 3, 4, 5 over 10 requests each.
func TestAsCount(t *testing.T) {
	rec := recorded(t, `start = "2025-01-01T00:00:00Z"
end = "2025-01-01T00:06:00Z"
series "errors" {
 type = "count"
 interval = "60s"
 values = "1 2 3 4 5"
}
series "requests" {
 type = "count"
 interval = "60s"
 values = "10x5"
}
`, nil)
	for _, test := range []struct {
		query string
		want  float64
	}{
		{"sum(last_5m):sum:errors{*}.as_count() / sum:requests{*}.as_count() > 9", 0.3},
		{"sum(last_5m):sum:errors{*}.rollup(sum) / sum:requests{*}.rollup(sum) > 9", 1.5},
		{"sum(last_5m):sum:errors{*}.as_count() > 99", 15},
		{"sum(last_5m):sum:errors{*}.rollup(sum) > 99", 15},
	} {
		g := only(t, replayed(t, rec, query(test.query), Options{Values: true}))
		if got := g.Values[0]; got.Value != test.want || !got.HasValue {
			t.Errorf("%s: %v, want %v", test.query, got.Value, test.want)
		}
	}
	if m := replayed(t, rec, query("avg(last_5m):sum:errors{*}.as_count() / sum:requests{*}.as_count() > 9"), Options{}); m.Evaluated {
		t.Error("as_count arithmetic under avg is evaluated, though only sum is valid")
	}
}

// TestRecoveryOperators is monitors/guide/recovery-thresholds.md: > recovers at <=, >= at <, < at >=, <= at >.
func TestRecoveryOperators(t *testing.T) {
	ten, five, fifteen := 10.0, 5.0, 15.0
	for _, test := range []struct {
		op       string
		recovery *float64
		value    float64
		want     Status
	}{
		{">", &five, 5.1, Alert}, {">", &five, 5, OK},
		{">=", &five, 5, Alert}, {">=", &five, 4.9, OK},
		{"<", &fifteen, 14.9, Alert}, {"<", &fifteen, 15, OK},
		{"<=", &fifteen, 15, Alert}, {"<=", &fifteen, 15.1, OK},
		{">", nil, 10, OK}, {">=", nil, 9.9, OK}, {"<", nil, 10, OK}, {"<=", nil, 10.1, OK},
		{">", nil, 10.1, Alert}, {">=", nil, 10, Alert}, {"<", nil, 9.9, Alert}, {"<=", nil, 10, Alert},
		{"==", nil, 10, Alert}, {"==", nil, 9, OK}, {"!=", nil, 9, Alert}, {"!=", nil, 10, OK},
	} {
		l := limits{Thresholds{Critical: &ten, CriticalRecovery: test.recovery}, test.op}
		if got := l.next(Alert, test.value); got != test.want {
			t.Errorf("in Alert, %s 10, recovery %v, value %v: %s, want %s", test.op, test.recovery, test.value, got, test.want)
		}
	}
}

// TestFourThresholds walks 80/70/60/50, the numbers of monitors/guide/recovery-thresholds.md.
func TestFourThresholds(t *testing.T) {
	critical, criticalRecovery, warning, warningRecovery := 80.0, 70.0, 60.0, 50.0
	l := limits{Thresholds{&critical, &criticalRecovery, &warning, &warningRecovery}, ">"}
	status := OK
	for i, step := range []struct {
		value float64
		want  Status
	}{
		{55, OK}, {61, Warn}, {55, Warn}, {50, OK}, {81, Alert}, {75, Alert}, {70, Warn}, {81, Alert}, {55, Warn}, {40, OK}, {81, Alert}, {45, OK},
	} {
		if status = l.next(status, step.value); status != step.want {
			t.Fatalf("step %d, value %v: %s, want %s", i, step.value, status, step.want)
		}
	}
}

// TestRecoveryBeyondWarning is what datadog-agent #11638 reports: warn from 16M, alert from 20M, critical_recovery
// under 500K, and Alert was left as soon as the value fell below the warning threshold.
func TestRecoveryBeyondWarning(t *testing.T) {
	critical, criticalRecovery, warning := 20e6, 0.5e6, 16e6
	l := limits{Thresholds{Critical: &critical, CriticalRecovery: &criticalRecovery, Warning: &warning}, ">="}
	if got := l.next(Alert, 17e6); got != Alert {
		t.Errorf("at 17M: %s", got)
	}
	if got := l.next(Alert, 15e6); got != OK {
		t.Errorf("at 15M: %s", got)
	}
}

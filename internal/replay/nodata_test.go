package replay

import "testing"

// TestNoDataTable is monitors/guide/on_missing_data.md and OnMissingDataOption of the API's specification, with the
// older notify_no_data beside it. Data ends at 00:20 (gauges) or is not counted any more; the monitor is below its
// threshold before.
func TestNoDataTable(t *testing.T) {
	rec := recorded(t, gauge("gauge", "", "5x80")+one("count", "count", "", "5x80")+"logs \"l\" {}\n", map[string]string{
		"l": `{"timestamp": "+19m", "message": "boom"}` + "\n",
	})
	const (
		aGauge = "avg(last_5m):avg:gauge{*} < 1"
		aCount = "sum(last_5m):sum:count{*}.as_count() < 1"
		zeroed = "sum(last_5m):default_zero(sum:count{*}.as_count()) < 1"
	)
	for _, test := range []struct {
		name, query string
		options     []any
		want        string
		told        int
	}{
		{"gauge default", aGauge, []any{"on_missing_data", "default"}, "", 0},
		{"count default", aCount, []any{"on_missing_data", "default"}, "00:25:00 Alert", 1},
		{"default_zero", zeroed, []any{"on_missing_data", "default"}, "00:25:00 Alert", 1},
		{"gauge show", aGauge, []any{"on_missing_data", "show_no_data"}, "00:25:00 No Data", 0},
		{"gauge notify", aGauge, []any{"on_missing_data", "show_and_notify_no_data"}, "00:25:00 No Data", 1},
		{"count notify", aCount, []any{"on_missing_data", "show_and_notify_no_data"}, "00:25:00 No Data", 1},
		{"resolve", aGauge, []any{"on_missing_data", "resolve"}, "", 0},
		{"legacy notify", aGauge, []any{"notify_no_data", true, "no_data_timeframe", 20}, "00:40:00 No Data", 1},
		{"legacy notify, twice the window", aGauge, []any{"notify_no_data", true}, "00:30:00 No Data", 1},
		{"legacy silent", aGauge, []any{"notify_no_data", false, "no_data_timeframe", 20}, "00:30:00 No Data", 0},
		{"timeout", aGauge, []any{"on_missing_data", "show_no_data", "timeout_h", 0.5}, "00:25:00 No Data, 00:55:00 OK", 0},
	} {
		m := replayed(t, rec, query(test.query, test.options...), Options{})
		if got := story(only(t, m).Transitions); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		if len(m.Notifications) != test.told {
			t.Errorf("%s: told %v", test.name, m.Notifications)
		}
	}
	for _, test := range []struct {
		name, query string
		options     []any
		want        string
	}{
		// monitors/types/log.md: no matching log in the window is no data, which a count evaluates as zero.
		{"log count", `logs("boom").rollup("count").last("5m") < 1`, []any{"on_missing_data", "default"}, "00:05:00 Alert, 00:20:00 OK, 00:25:00 Alert"},
		{"log count, nothing said", `logs("boom").rollup("count").last("5m") > 0`, nil, "00:20:00 Alert, 00:25:00 OK"},
		{"log count, shown", `logs("boom").rollup("count").last("5m") > 0`, []any{"on_missing_data", "show_no_data"}, "00:20:00 Alert, 00:25:00 No Data"},
		{"log cardinality", `logs("boom").rollup("cardinality", "status").last("5m") > 0`, []any{"on_missing_data", "default"}, "00:20:00 Alert"},
	} {
		g := only(t, replayed(t, rec, monitor("log alert", test.query, test.options...), Options{}))
		if got := story(g.Transitions); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// TestRecoveredWhileSilent: an alert is resolved by resolve, and by timeout_h, and both are told.
func TestRecoveredWhileSilent(t *testing.T) {
	rec := recorded(t, gauge("m", "", "5x80"), nil)
	for _, test := range []struct {
		options []any
		want    string
	}{
		{[]any{"on_missing_data", "resolve"}, "00:05:00 Alert, 00:25:00 OK"},
		{[]any{"on_missing_data", "default", "timeout_h", 0.5}, "00:05:00 Alert, 00:55:00 OK"},
	} {
		m := replayed(t, rec, query("avg(last_5m):avg:m{*} > 1", test.options...), Options{})
		if got := story(only(t, m).Transitions); got != test.want {
			t.Errorf("%v: %q", test.options, got)
		}
		if len(m.Notifications) != 2 || m.Notifications[1].Kind != KindRecovery {
			t.Errorf("%v: %v", test.options, m.Notifications)
		}
	}
}

// TestFullWindow is require_full_window in monitors/configuration/_index.md: data in the first bucket, and at most
// three empty ones; otherwise the evaluation is cancelled and the status stays.
func TestFullWindow(t *testing.T) {
	for _, test := range []struct {
		values string
		full   bool
		want   string
	}{
		// Data comes back at 00:20, all of it above the threshold.
		{"0x40 _x40 9x80", false, "00:21:00 Alert"},
		{"0x40 _x40 9x80", true, "00:30:00 Alert"}, // the first minute of ten is there again
		// Three minutes are missing; or four, until the window begins behind them.
		{"0x44 _x12 9x80", true, "00:15:00 Alert"},
		{"0x44 _x16 9x80", true, "00:25:00 Alert"},
	} {
		rec := recorded(t, gauge("m", "", test.values), nil)
		m := query("max(last_10m):avg:m{*} > 1", "on_missing_data", "default", "require_full_window", test.full)
		if got := story(only(t, replayed(t, rec, m, Options{})).Transitions); got != test.want {
			t.Errorf("%s, %t: %q, want %q", test.values, test.full, got, test.want)
		}
	}
}

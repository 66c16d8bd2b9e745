package replay

import (
	"fmt"
	"strings"
	"testing"

	"ddmon/internal/object"

	"github.com/google/go-cmp/cmp"
)

// stories are those of all groups.
func stories(m MonitorResult) []string {
	var list []string
	for _, g := range m.Groups {
		list = append(list, fmt.Sprintf("%s %s: %s", g.Group, g.Initial, story(g.Transitions)))
	}
	return list
}

// TestGroupsComeAndGo is "new group delay" and the retention of monitors/configuration/_index.md.
func TestGroupsComeAndGo(t *testing.T) {
	rec := recorded(t, gauge("m", "queue:old", "0x240")+`series "m" {
 tags = ["queue:new", "host:h"]
 type = "gauge"
 start = "+20m"
 values = "9x40"
}
series "m" {
 tags = ["host:h"]
 type = "gauge"
 values = "9x40"
}
`, nil)
	for _, test := range []struct {
		options []any
		want    []string
	}{
		// The series without the tag queue is in no group.
		{[]any{"on_missing_data", "default"}, []string{"queue:new Gone: 00:21:00 Alert", "queue:old OK: "}},
		{[]any{"on_missing_data", "default", "new_group_delay", 300}, []string{"queue:new Gone: 00:26:00 Alert", "queue:old OK: "}},
		{[]any{"on_missing_data", "resolve", "group_retention_duration", "10m"}, []string{"queue:new Gone: 00:21:00 Alert, 00:31:00 OK, 00:41:00 Gone", "queue:old OK: "}},
	} {
		m := replayed(t, rec, query("max(last_1m):max:m{*} by {queue} > 5", test.options...), Options{})
		if diff := cmp.Diff(test.want, stories(m)); diff != "" {
			t.Errorf("%v: %s", test.options, diff)
		}
	}
	// By host the older new_host_delay of five minutes holds, for hosts that are new: h was there from the beginning.
	m := replayed(t, rec, query("max(last_1m):max:m{*} by {host,queue} > 5", "on_missing_data", "default"), Options{})
	if diff := cmp.Diff([]string{"host:h,queue:new Gone: 00:26:00 Alert"}, stories(m)); diff != "" {
		t.Error(diff)
	}
	if m = replayed(t, rec, query("max(last_1m):max:m{*} by {*} > 5", "on_missing_data", "default"), Options{}); len(m.Groups) != 3 {
		t.Errorf("by {*}: %v", stories(m))
	}
}

// TestLogGroups is monitors/types/log.md: a group that falls silent does not alert below a threshold, all of them do.
func TestLogGroups(t *testing.T) {
	var lines strings.Builder
	for at := range 60 {
		if at < 40 {
			fmt.Fprintf(&lines, `{"timestamp": "+%dm30s", "message": "m", "service": "a"}`+"\n", at)
		}
		if at < 20 {
			fmt.Fprintf(&lines, `{"timestamp": "+%dm40s", "message": "m", "service": "b"}`+"\n", at)
		}
	}
	rec := recorded(t, "logs \"l\" {}\n", map[string]string{"l": lines.String()})
	m := replayed(t, rec, monitor("log alert", `logs("m").rollup("count").by("service").last("5m") < 2`, "on_missing_data", "default"), Options{})
	want := []string{"service:a OK: 00:44:00 Alert", "service:b OK: 00:24:00 Alert"} // a single log is too few
	if diff := cmp.Diff(want, stories(m)); diff != "" {
		t.Error(diff)
	}
	m = replayed(t, rec, monitor("log alert", `logs("m").rollup("count").by("service").last("5m") < 1`, "on_missing_data", "default"), Options{})
	want = []string{"service:a OK: 00:45:00 Alert", "service:b OK: 00:45:00 Alert"}
	if diff := cmp.Diff(want, stories(m)); diff != "" {
		t.Error(diff)
	}
}

// TestCompositeGroups is "Common reporting sources" of monitors/types/composite.md.
func TestCompositeGroups(t *testing.T) {
	rec := recorded(t, gauge("m", "host:a device:x", "9x240")+gauge("m", "host:a device:y", "0x240")+gauge("m", "host:b device:x", "9x240")+
		gauge("n", "host:a", "0x40 9x200")+gauge("o", "service:a", "9x240")+gauge("p", "", "9x240"), nil)
	parts := func(text string) object.Text {
		var list object.Text
		for word := range strings.FieldsSeq(text) {
			if a, err := object.ParseAddress(word); err == nil {
				list = append(list, object.Part{Ref: &a})
			} else {
				list = append(list, object.Part{Literal: " " + word + " "})
			}
		}
		return list
	}
	for _, test := range []struct {
		query any
		want  []string
	}{
		{parts("monitor.devices && monitor.hosts"), []string{"device:x,host:a OK: 00:11:00 Alert", "device:y,host:a OK: "}},
		{parts("monitor.hosts && monitor.services"), []string{"host:a OK: 00:11:00 Alert"}}, // values count, not keys
		{parts("monitor.hosts && monitor.simple"), []string{"host:a OK: 00:11:00 Alert"}},
		{parts("! monitor.hosts"), []string{"host:a OK: 00:02:00 Alert, 00:11:00 OK"}},
		{parts("monitor.simple || monitor.simple"), []string{"* OK: 00:02:00 Alert"}},
		{"7 && 8", []string{"host:a OK: 00:11:00 Alert"}},
		{parts("monitor.hosts && monitor.away"), nil},
		{parts("monitor.hosts && monitor.broken"), nil},
		{"7 &&", nil},
	} {
		monitors := []Monitor{{Address: "monitor.c", Body: map[string]any{"type": "composite", "query": test.query}}}
		for i, q := range []string{
			"devices max(last_1m):max:m{*} by {device,host} > 5", "hosts max(last_1m):max:n{*} by {host} > 5",
			"services max(last_1m):max:o{*} by {service} > 5", "simple max(last_1m):max:p{*} > 5", "broken max(last_1m):max:p{*",
		} {
			name, text, _ := strings.Cut(q, " ")
			m := query(text, "on_missing_data", "default", "new_host_delay", 0)
			m.Address, m.ID = "monitor."+name, fmt.Sprint(6+i)
			monitors = append(monitors, m)
		}
		r, err := Run(monitors, rec, Options{})
		if err != nil {
			t.Fatal(err)
		}
		c := r.Monitors[0]
		if c.Evaluated != (test.want != nil) || c.Reason == "" == !c.Evaluated {
			t.Errorf("%v: %+v", test.query, c)
		}
		// Members start with their second full minute, so the first evaluation is at 00:01 or 00:02; compare the rest.
		got := stories(c)
		for i := range got {
			got[i] = strings.ReplaceAll(got[i], "00:01:00 Alert", "00:02:00 Alert")
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%v: %s", test.query, diff)
		}
	}
}

// TestServiceCheck is monitors/types/service_check.md: as many results in a row as the thresholds say.
func TestServiceCheck(t *testing.T) {
	minutely := func(tags, values string) string {
		return strings.Replace(one("up", "service_check", tags, values), "values", "start = \"+30s\"\n interval = \"60s\"\n values", 1)
	}
	rec := recorded(t, minutely("host:a", "0x10 2x2 0 2x3 0 0x20")+minutely("host:b", "0x10 1x5 3x5 0x10"), nil)
	for _, test := range []struct {
		query   string
		options []any
		want    []string
	}{
		{`"up".over("*").by("host").last(4).count_by_status()`, []any{"thresholds", map[string]any{"critical": 3, "warning": 2, "ok": 2}},
			[]string{"host:a OK: 00:16:00 Alert, 00:18:00 OK", "host:b OK: 00:12:00 Warn, 00:22:00 OK"}},
		{`"up".over("host:a").by("host").last(4).count_by_status()`, nil,
			[]string{"host:a OK: 00:11:00 Alert, 00:13:00 OK, 00:14:00 Alert, 00:17:00 OK"}},
		{`"up".over("*").exclude("host:a").by("host").last(4).count_by_status()`,
			[]any{"notify_no_data", true, "no_data_timeframe", 10},
			[]string{"host:b OK: 00:11:00 Warn, 00:21:00 OK, 00:40:00 No Data"}},
	} {
		m := replayed(t, rec, monitor("service check", test.query, test.options...), Options{})
		if diff := cmp.Diff(test.want, stories(m)); diff != "" {
			t.Errorf("%s: %s", test.query, diff)
		}
	}
}

// TestNotEvaluated: what is not imitated says so, and why.
func TestNotEvaluated(t *testing.T) {
	rec := recorded(t, gauge("m", "a:1 b:2", "1x240")+one("up", "service_check", "", "0x240"), nil)
	for _, test := range []struct{ typ, query, want string }{
		{"query alert", "avg(last_4h):anomalies(avg:m{*}, 'basic', 2) >= 1", "anomalies"},
		{"query alert", "avg(last_30m):outliers(avg:m{*} by {host}, 'DBSCAN', 2) > 0", "outliers"},
		{"query alert", "max(next_1w):forecast(avg:m{*}, 'linear', 1) >= 1", "next_1w"},
		{"query alert", "avg(last_5m):p95:m{*} > 1", "p95"},
		{"query alert", "percentile(last_5m):p95:m{*} > 1", "percentile"},
		{"query alert", "avg(last_5m):trend_line(avg:m{*}) > 1", "trend_line"},
		{"query alert", "avg(last_1d):avg:m{*} > 1", "the recording (1h0m0s) is shorter than what it looks at (24h0m0s)"},
		{"query alert", "avg(last_5m):day_before(avg:m{*}) > 1", "shorter than what it looks at (24h5m0s)"},
		{"query alert", "avg(last_5m):avg:m{host:~\"a.*\"} > 1", "regular expression"},
		{"query alert", "avg(last_5m):avg:m{$host} > 1", "$host"},
		{"query alert", "avg(last_5m):avg:up{*} > 1", "service check"},
		{"query alert", "avg(last_5m):avg:m{*} by {a} / avg:m{*} by {b} > 1", "different tags"},
		{"query alert", "avg(last_5m", "cannot be read"},
		{"query alert", `formula("derivative(q)").last("5m") > 1`, "which options.variables does not define"},
		{"query alert", "avg(last_5m):avg:m{*}.fill(spline) > 1", "fill spline"},
		{"query alert", "avg(last_5m):avg:m{*}.weighted() > 1", ".weighted()"},
		{"slo alert", `error_budget("x").over("7d") > 75`, "slo alert"},
		{"rum alert", `rum("x").rollup("count").last("5m") > 1`, "rum is not recorded"},
		{"log alert", `logs("#x:1").rollup("count").last("5m") > 1`, "calculated field"},
		{"log alert", `logs("x").rollup("top").last("5m") > 1`, "aggregation top"},
		{"service check", `"gone".over("*").by("host").last(2).count_by_status()`, "gone is not recorded"},
	} {
		m := replayed(t, rec, monitor(test.typ, test.query), Options{})
		if m.Evaluated || !strings.HasPrefix(m.Reason, "not evaluated: ") || !strings.Contains(m.Reason, test.want) {
			t.Errorf("%s: %t, %q, want %q", test.query, m.Evaluated, m.Reason, test.want)
		}
	}
}

// TestOptions: what makes no sense is refused.
func TestOptions(t *testing.T) {
	rec := recorded(t, gauge("m", "", "1x240"), nil)
	for _, o := range []Options{{Phase: 60}, {Phase: -1}, {Rollup: []Rollup{{1, 1}}}} {
		if _, err := Run(nil, rec, o); err == nil {
			t.Errorf("%+v is accepted", o)
		}
	}
	if _, err := Run([]Monitor{query("avg(last_5m):avg:m{*} > 1"), query("avg(last_5m):avg:m{*} > 1")}, rec, Options{}); err == nil {
		t.Error("two monitors of one address are accepted")
	}
}

// TestDeterministic: two runs of everything are the same.
func TestDeterministic(t *testing.T) {
	rec := aDay(t, 30)
	m := query("avg(last_5m):avg:load{*} by {host} > 50", "renotify_interval", 10)
	a, b := replayed(t, rec, m, Options{Values: true}), replayed(t, rec, m, Options{Values: true})
	if diff := cmp.Diff(a, b); diff != "" || len(a.Notifications) < 1000 {
		t.Error(len(a.Notifications), diff)
	}
}

// TestUnknownMetric: a metric that the recording lacks has no data, and nothing is told of it.
func TestUnknownMetric(t *testing.T) {
	rec := recorded(t, gauge("m", "", "1x240"), nil)
	m := replayed(t, rec, query("avg(last_5m):avg:other{*} > 1", "on_missing_data", "show_and_notify_no_data"), Options{})
	if g := only(t, m); g.Initial != NoData || len(g.Transitions)+len(m.Notifications) != 0 {
		t.Errorf("%+v", m)
	}
	if m = replayed(t, rec, query("avg(last_5m):avg:other{*} by {host} > 1"), Options{}); !m.Evaluated || len(m.Groups) != 0 {
		t.Errorf("%+v", m)
	}
}

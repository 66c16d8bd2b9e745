package replay

import (
	"fmt"
	"strings"
	"testing"

	"ddmon/internal/ddtest/recordingtest"
	"ddmon/internal/object"

	"github.com/google/go-cmp/cmp"
)

// histories returns the histories of all groups.
func histories(m MonitorResult) []string {
	var list []string
	for _, g := range m.Groups {
		list = append(list, fmt.Sprintf("%s %s: %s", g.Group, g.Initial, history(g.Transitions)))
	}
	return list
}

// TestCompositeReferences: a composite refers to its members by address before they have ids.
func TestCompositeReferences(t *testing.T) {
	rec := recordingtest.New(t, recordingtest.Gauge("n", "host:a", "0x40 9x200")+recordingtest.Gauge("p", "", "9x240"), nil)
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
		query object.Text
		want  []string
	}{
		{parts("monitor.hosts && monitor.simple"), []string{"host:a OK: 00:11:00 Alert"}},
		{parts("! monitor.hosts"), []string{"host:a OK: 00:01:00 Alert, 00:11:00 OK"}},
		{parts("monitor.simple || monitor.simple"), []string{"* OK: 00:01:00 Alert"}},
		{parts("monitor.hosts && monitor.away"), nil},
		{parts("monitor.hosts && monitor.broken"), nil},
	} {
		monitors := []Monitor{{Address: "monitor.c", Body: map[string]any{"type": "composite", "query": test.query}}}
		for name, text := range map[string]string{
			"hosts": "max(last_1m):max:n{*} by {host} > 5", "simple": "max(last_1m):max:p{*} > 5", "broken": "max(last_1m):max:p{*",
		} {
			m := query(text, "on_missing_data", "default", "new_host_delay", 0)
			m.Address, m.ID = "monitor."+name, ""
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
		if diff := cmp.Diff(test.want, histories(c)); diff != "" {
			t.Errorf("%v: %s", test.query, diff)
		}
	}
}

// TestOptions: invalid options are errors.
func TestOptions(t *testing.T) {
	rec := recordingtest.New(t, recordingtest.Gauge("m", "", "1x240"), nil)
	for _, o := range []Options{{Phase: 60}, {Phase: -1}, {Rollup: []Rollup{{1, 1}}}} {
		if _, err := Run(nil, rec, o); err == nil {
			t.Errorf("%+v is accepted", o)
		}
	}
	if _, err := Run([]Monitor{query("avg(last_5m):avg:m{*} > 1"), query("avg(last_5m):avg:m{*} > 1")}, rec, Options{}); err == nil {
		t.Error("two monitors of one address are accepted")
	}
}

// TestDeterministic: two runs give the same result.
func TestDeterministic(t *testing.T) {
	rec := dayRecording(t, 30)
	m := query("avg(last_5m):avg:load{*} by {host} > 50", "renotify_interval", 10)
	a, b := replayed(t, rec, m, Options{Values: true}), replayed(t, rec, m, Options{Values: true})
	if diff := cmp.Diff(a, b); diff != "" || len(a.Notifications) < 1000 {
		t.Error(len(a.Notifications), diff)
	}
}

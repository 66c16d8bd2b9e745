package sandbox

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const simpleQuery = "avg(last_5m):avg:system.load.1{env:prod,host:a} > 1"

func body(o object) string { return string(encode(o)) }

// monitorBody returns the body of a monitor with some keys changed.
func monitorBody(changes object) string {
	m := object{"type": "metric alert", "name": "load", "query": simpleQuery, "message": "m"}
	for key, v := range changes {
		m[key] = v
	}
	return body(m)
}

func monitorURL(m object) string { return fmt.Sprintf("/api/v1/monitor/%s", m["id"]) }

func TestCreateMonitor(t *testing.T) {
	s := newTestServer(t)
	got := must(t, s, "POST", "/api/v1/monitor", monitorBody(nil))
	want := parse(t, []byte(`{"id":100000001,"org_id":1000001,"type":"metric alert","name":"load","message":"m","tags":[],
		"query":"avg(last_5m):avg:system.load.1{env:prod,host:a} > 1","multi":false,"created_at":1767323045000,
		"created":"2026-01-02T03:04:05.250000+00:00","modified":"2026-01-02T03:04:05.250000+00:00","deleted":null,
		"priority":null,"restricted_roles":null,"restriction_policy":null,"draft_status":"published","assets":[],
		"overall_state_modified":null,"overall_state":"No Data",
		"creator":{"id":1000002,"name":"Sandbox User","handle":"sandbox@example.com","email":"sandbox@example.com"},
		"options":{"silenced":{},"notify_audit":false,"include_tags":true,"new_host_delay":300,"notify_no_data":false}}`))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMonitorNormalization(t *testing.T) {
	const anomaly = `avg(last_1h):anomalies(avg:a{*}, 'basic', 2) >= 1`
	cases := []struct {
		name, sent, key, want string
	}{
		{"metric alert stays", `{}`, "type", `"metric alert"`},
		{"cumulative month becomes query alert", `{"query":"avg(current_1mo):avg:a{*} > 1","options":{"scheduling_options":{"evaluation_window":{"month_starts":1}}}}`, "type", `"query alert"`},
		{"cumulative hour stays", `{"query":"avg(current_1h):avg:a{*} > 1","options":{"scheduling_options":{"evaluation_window":{"hour_starts":0}}}}`, "type", `"metric alert"`},
		{"anomaly becomes query alert", `{"query":"` + anomaly + `"}`, "type", `"query alert"`},
		{"augmented formula becomes metric alert", `{"type":"query alert","query":"formula(\"q\").last(\"5m\") > 1","options":{"variables":[{"name":"q","data_source":"aggregate_augmented_query","group_by":[{"facet":"a"}]}]}}`, "type", `"metric alert"`},
		{"outer blanks of the message", `{"message":"\n a \n\n"}`, "message", `"a"`},
		{"outer blanks of the query", `{"query":" ` + simpleQuery + `\n"}`, "query", `"` + simpleQuery + `"`},
		{"name keeps its blanks", `{"name":"a "}`, "name", `"a "`},
		{"name from the query", `{"name":null}`, "name", `"**system.load.1** over **env:prod,host:a** was **> 1.0** on average during the **last 5m**."`},
		{"priority zero", `{"priority":0}`, "priority", `null`},
		{"priority", `{"priority":3}`, "priority", `3`},
		{"tags keep order and case", `{"tags":["b:X","a:y"]}`, "tags", `["b:X","a:y"]`},
		{"grouped", `{"query":"avg(last_5m):avg:a{*} by {host} > 1"}`, "multi", `true`},
		{"grouped log", `{"type":"log alert","query":"logs(\"a\").rollup(\"count\").by(\"b\").last(\"5m\") > 1"}`, "multi", `true`},
		{"service check", `{"type":"service check","query":"\"a\".over(\"*\").by(\"host\").last(2).count_by_status()"}`, "multi", `true`},
		{"read-only keys are ignored", `{"overall_state":"OK","org_id":5,"foo":1}`, "overall_state", `"No Data"`},
		{"assets", `{"assets":[{"name":"n","category":"runbook","url":"/n"}]}`, "assets", `[{"category":"runbook","monitor_id":100000001,"name":"n","options":{},"resource_key":null,"resource_type":null,"template_variables":{},"url":"/n"}]`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := must(t, newTestServer(t), "POST", "/api/v1/monitor", monitorBody(parse(t, []byte(c.sent))))
			if shown := string(encode(got[c.key])); shown != c.want {
				t.Errorf("%s = %s, want %s", c.key, shown, c.want)
			}
		})
	}
}

func TestNormalizeOptions(t *testing.T) {
	const defaults = `"include_tags":true,"new_host_delay":300,"notify_audit":false,"notify_no_data":false,"silenced":{}`
	cases := []struct{ name, kind, sent, want string }{
		{"nothing sent", "query alert", `{}`, `{` + defaults + `}`},
		{"log alert", "log alert", `{}`, `{"groupby_simple_monitor":false,` + defaults + `}`},
		{"floats", "query alert", `{"thresholds":{"critical":2,"warning":1.5}}`, `{` + defaults + `,"thresholds":{"critical":2.0,"warning":1.5}}`},
		{"large float", "query alert", `{"thresholds":{"critical":1e20}}`, `{` + defaults + `,"thresholds":{"critical":1e+20}}`},
		{"counts of statuses", "service check", `{"thresholds":{"critical":2}}`, `{` + defaults + `,"thresholds":{"critical":2}}`},
		{"empty thresholds", "query alert", `{"thresholds":{}}`, `{` + defaults + `}`},
		{"null threshold", "log alert", `{"thresholds":{"critical":1,"warning":null}}`, `{"groupby_simple_monitor":false,` + defaults + `,"thresholds":{"critical":1.0}}`},
		{"null threshold of a composite", "composite", `{"thresholds":{"critical":null}}`, `{` + defaults + `,"thresholds":{"critical":null}}`},
		{"group delay instead of host delay", "query alert", `{"new_group_delay":60}`, `{"include_tags":true,"new_group_delay":60,"notify_audit":false,"notify_no_data":false,"silenced":{}}`},
		{"missing data instead of no data", "query alert", `{"on_missing_data":"default"}`, `{"include_tags":true,"new_host_delay":300,"notify_audit":false,"on_missing_data":"default","silenced":{}}`},
		{"missing data with a schedule", "query alert", `{"on_missing_data":"default","scheduling_options":{"custom_schedule":{}}}`, `{"include_tags":true,"new_host_delay":300,"notify_audit":false,"scheduling_options":{"custom_schedule":{}},"silenced":{}}`},
		{"nulls stay", "query alert", `{"new_host_delay":null,"timeout_h":null}`, `{"include_tags":true,"new_host_delay":null,"notify_audit":false,"notify_no_data":false,"silenced":{},"timeout_h":null}`},
		{"mute without end", "query alert", `{"silenced":{"*":0,"host:a":9}}`, `{"include_tags":true,"new_host_delay":300,"notify_audit":false,"notify_no_data":false,"silenced":{"*":null,"host:a":9}}`},
		{"escalation message", "query alert", `{"escalation_message":" a\n"}`, `{"escalation_message":"a",` + defaults + `}`},
		{"unknown options and notations are kept", "query alert", `{"renotify_interval":"0","x":1.50}`, `{` + `"include_tags":true,"new_host_delay":300,"notify_audit":false,"notify_no_data":false,"renotify_interval":"0","silenced":{},"x":1.50}`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			once := normalizeOptions(c.kind, parse(t, []byte(c.sent)))
			if got := string(encode(once)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if diff := cmp.Diff(once, normalizeOptions(c.kind, once)); diff != "" {
				t.Errorf("normalizing again changes it:\n%s", diff)
			}
		})
	}
}

func TestMonitorErrors(t *testing.T) {
	thresholds := func(t string) string { return `{"options":{"thresholds":` + t + `}}` }
	const below = `"query":"avg(last_5m):avg:a{*} < 1"`
	cases := []struct{ name, sent, want string }{
		{"no type", `{"type":""}`, "The parameter 'type' is required"},
		{"no query", `{"query":""}`, "The value provided for parameter 'query' is invalid"},
		{"broken metric query", `{"query":"sumlast_24h):sum:a{} < 1"}`, "The value provided for parameter 'query' is invalid"},
		{"window without unit", `{"query":"max(last_15):avg:a{*} > 1"}`, "The value provided for parameter 'query' is invalid"},
		{"query of another type", `{"type":"service check"}`, "The value provided for parameter 'query' is invalid"},
		{"empty query of a type we do not know", `{"type":"quantum alert","query":" "}`, "The value provided for parameter 'query' is invalid"},
		{"no groups", `{"type":"service check","query":"\"a\".over(\"*\").last(2).count_by_status()"}`, "A grouping must be specified for custom checks"},
		{"no such source", `{"type":"log alert","query":"log(\"a\").last(\"5m\") > 3"}`, "The value provided for parameter 'query' is invalid: invalid operator specified: "},
		{"no such modifier", `{"query":"avg(last_5m):avg:a{*}.rolup(avg, 60) > 1"}`, "The value provided for parameter 'query' is invalid"},
		{"fewer statuses than a threshold", `{"type":"service check","query":"\"a\".over(\"*\").by(\"*\").last(2).count_by_status()","options":{"thresholds":{"critical":3}}}`, "Last field should be larger than or equal to max threshold defined in monitor options"},
		{"log query without comparison", `{"type":"log alert","query":"query"}`, "The value provided for parameter 'query' is invalid: invalid operator specified: "},
		{"critical differs from the query", thresholds(`{"critical":90}`), "Alert threshold (90.0) does not match that used in the query (1.0)."},
		{"warning alone", thresholds(`{"warning":0.5}`), "Alert status is required."},
		{"warning above", thresholds(`{"critical":1,"warning":2}`), "Warning threshold (2.0) must be less than the alert threshold (1.0) with > comparison."},
		{"warning equal", thresholds(`{"critical":1,"warning":1}`), "Warning threshold (1.0) must be less than the alert threshold (1.0) with > comparison."},
		{"warning below", `{` + below + `,"options":{"thresholds":{"critical":1,"warning":0.5}}}`, "Warning threshold (0.5) must be greater than the alert threshold (1.0) with < comparison."},
		{"log recovery", `{"type":"log alert","query":"logs(\"a\").last(\"5m\") > 1","options":{"thresholds":{"critical":1,"critical_recovery":0}}}`, "Invalid threshold statuses found: critical_recovery."},
		{"group delay without groups", `{"options":{"new_group_delay":60}}`, "The new_group_delay option can only be used for multi-alert monitors"},
		{"current period without window", `{"query":"avg(current_1h):avg:a{*} > 1"}`, "Monitors with an evaluation_window scheduling_option must have a current query period and vice versa."},
		{"window without current period", `{"options":{"scheduling_options":{"evaluation_window":{"hour_starts":0}}}}`, "Monitors with an evaluation_window scheduling_option must have a current query period and vice versa."},
		{"no data longer than kept", `{"options":{"notify_no_data":true,"no_data_timeframe":121,"group_retention_duration":"2h"}}`, "no_data_timeframe must not exceed group retention"},
		{"composite of nothing", `{"type":"composite","query":"1 && 2"}`, "Some monitor IDs are invalid"},
		{"tags no list", `{"tags":"a"}`, "The value provided for parameter 'tags' is invalid"},
		{"options no object", `{"options":[]}`, "The value provided for parameter 'options' is invalid"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newTestServer(t)
			sent := monitorBody(parse(t, []byte(c.sent)))
			for _, url := range []string{"/api/v1/monitor", "/api/v1/monitor/validate"} {
				w := call(s, "POST", url, sent)
				if w.Code != http.StatusBadRequest || w.Body.String() != body(object{"errors": []any{c.want}}) {
					t.Errorf("%s: %d %s, want %q", url, w.Code, w.Body, c.want)
				}
			}
		})
	}
}

func TestAcceptedMonitors(t *testing.T) {
	for name, sent := range map[string]string{
		"recovery of a metric":           `{"options":{"thresholds":{"critical":1,"critical_recovery":0.5}}}`,
		"number in another form":         `{"query":"avg(last_5m):avg:a{*} > 1e3","options":{"thresholds":{"critical":1000}}}`,
		"negative":                       `{"query":"avg(last_5m):avg:a{*} < -1","options":{"thresholds":{"critical":-1.0}}}`,
		"dynamic threshold":              `{"query":"formula(\"q\").last(\"1h\") > threshold","options":{"thresholds":{"critical_query":"q2"}}}`,
		"an unknown error message":       `{"query":"avg(last_90d):avg:a{*} > 1"}`,
		"a type whose grammar is unsure": `{"type":"network-path alert","query":"paths(last 5m"}`,
		"a number no float holds":        `{"query":"avg(last_5m):avg:a{*} > 1","options":{"thresholds":{"critical":1e999}}}`,
		"a type we do not know":          `{"type":"quantum alert","query":"whatever"}`,
		"an escaped quote":               `{"query":"avg(last_5m):anomalies(avg:a{b:c} by {d}, 'basic', 2) >= 1"}`,
		"group delay with groups":        `{"query":"avg(last_5m):avg:a{*} by {host} > 1","options":{"new_group_delay":60}}`,
		"percentages":                    `{"type":"service check","query":"\"a\".over(\"*\").by(\"*\").last(1).pct_by_status()","options":{"thresholds":{"critical":50}}}`,
		"status counts":                  `{"type":"service check","query":"\"a\".over(\"*\").by(\"*\").last(2).count_by_status()","options":{"thresholds":{"warning":1}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			sent := monitorBody(parse(t, []byte(sent)))
			s := newTestServer(t)
			if got := must(t, s, "POST", "/api/v1/monitor/validate", sent); len(got) != 0 {
				t.Errorf("validate returns %v", got)
			}
			must(t, s, "POST", "/api/v1/monitor", sent)
		})
	}
}

func TestDuplicates(t *testing.T) {
	s := newTestServer(t)
	first := must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"options": object{"thresholds": object{"critical": 1}}}))
	duplicate := monitorBody(object{"message": " m ", "options": object{"thresholds": object{"critical": 1.0}, "notify_audit": false}})
	w := call(s, "POST", "/api/v1/monitor", duplicate)
	if want := `{"errors":["Duplicate of an existing monitor_id:100000001 org_id:1000001"]}`; w.Code != 400 || w.Body.String() != want {
		t.Errorf("duplicate: %d %s", w.Code, w.Body)
	}
	for name, changes := range map[string]object{
		"options": {}, "tags": {"tags": []any{"a"}}, "name": {"name": "b"}, "type": {"type": "query alert"},
		"priority": {"priority": 1}, "roles": {"restricted_roles": []any{"r"}}, "message": {"message": "n"},
	} {
		t.Run(name, func(t *testing.T) { must(t, s, "POST", "/api/v1/monitor", monitorBody(changes)) })
	}
	must(t, s, "DELETE", monitorURL(first), "")
	must(t, s, "POST", "/api/v1/monitor", duplicate)
}

func TestUpdateMonitor(t *testing.T) {
	s := newTestServer(t)
	m := must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"priority": 2, "tags": []any{"a:b"},
		"options": object{"timeout_h": 3, "notify_audit": true}}))
	got := must(t, s, "PUT", monitorURL(m), `{"name":"new","options":{"escalation_message":"e"},"id":7}`)
	if _, shown := got["creator"]; shown {
		t.Error("the response to an update has the creator")
	}
	want := without(m, "creator")
	want["name"] = "new"
	want["options"] = parse(t, []byte(`{"escalation_message":"e","include_tags":true,"new_host_delay":300,"notify_audit":false,"notify_no_data":false,"silenced":{}}`))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	cleared := must(t, s, "PUT", monitorURL(m), `{"tags":[],"priority":null}`)
	if diff := cmp.Diff([]any{}, cleared["tags"]); diff != "" || cleared["priority"] != nil {
		t.Errorf("not cleared: %v", cleared)
	}
	for sent, want := range map[string]string{
		`{"type":"log alert"}`:                      "Monitor type change not allowed",
		`{"query":""}`:                              "The value provided for parameter 'query' is invalid",
		`{"options":{"thresholds":{"critical":9}}}`: "Alert threshold (9.0) does not match that used in the query (1.0).",
	} {
		if w := call(s, "PUT", monitorURL(m), sent); w.Code != 400 || w.Body.String() != body(object{"errors": []any{want}}) {
			t.Errorf("%s: %d %s", sent, w.Code, w.Body)
		}
	}
	must(t, s, "PUT", monitorURL(m), `{"type":"query alert"}`)
}

func TestReferencedMonitors(t *testing.T) {
	s := newTestServer(t)
	a := must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"name": "a"}))
	b := must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"name": "b"}))
	composite := object{"type": "composite", "query": fmt.Sprintf("%s || %s", a["id"], a["id"])}
	c := must(t, s, "POST", "/api/v1/monitor", body(composite))
	text := "monitor [100000001,a] is referenced in composite monitors: [100000003,100000001 || 100000001]"
	if w := call(s, "DELETE", monitorURL(a), ""); w.Code != 400 || w.Body.String() != body(object{"errors": []any{text}}) {
		t.Errorf("delete: %d %s", w.Code, w.Body)
	}
	both := "/api/v1/monitor/can_delete?monitor_ids=100000001,100000002"
	want := body(object{"data": object{"ok": []any{b["id"]}}, "errors": object{"100000001": []any{text}}})
	if w := call(s, "GET", both, ""); w.Code != 409 || w.Body.String() != want {
		t.Errorf("can_delete: %d %s", w.Code, w.Body)
	}
	must(t, s, "PUT", monitorURL(c), `{"query":"100000002"}`)
	must(t, s, "GET", "/api/v1/monitor/can_delete?monitor_ids=100000001", "")
	must(t, s, "DELETE", monitorURL(a), "")
	must(t, s, "DELETE", monitorURL(b)+"?force=true", "")
	for url, status := range map[string]int{
		monitorURL(a): 404, "/api/v1/monitor/x": 404,
		"/api/v1/monitor/can_delete?monitor_ids=":    400,
		"/api/v1/monitor/can_delete?monitor_ids=1,x": 400,
	} {
		if w := call(s, "GET", url, ""); w.Code != status {
			t.Errorf("%s: %d %s", url, w.Code, w.Body)
		}
	}
	next := must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"name": "a"}))
	if next["id"] == a["id"] || next["id"] == b["id"] {
		t.Errorf("id %s was used before", next["id"])
	}
}

package sandbox

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGetMonitor(t *testing.T) {
	s := newTestServer(t)
	m := must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"assets": []any{object{"name": "n"}}}))
	for query, check := range map[string]struct{ added, missing []string }{
		"":                             {nil, []string{"assets", "matching_downtimes", "restriction_policy", "state"}},
		"?with_assets=true":            {[]string{"assets"}, []string{"restriction_policy"}},
		"?with_downtimes=true":         {[]string{"matching_downtimes"}, []string{"assets"}},
		"?with_restricted_roles=false": {nil, []string{"restricted_roles"}},
		"?group_states=all,no%20data":  {[]string{"state"}, nil},
	} {
		got := must(t, s, "GET", monitorURL(m)+query, "")
		for _, key := range check.added {
			if _, shown := got[key]; !shown {
				t.Errorf("%q: no %s", query, key)
			}
		}
		for _, key := range check.missing {
			if _, shown := got[key]; shown {
				t.Errorf("%q: %s", query, key)
			}
		}
		rest := without(m, "assets", "restriction_policy", "restricted_roles")
		if diff := cmp.Diff(rest, without(got, "assets", "restricted_roles", "matching_downtimes", "state")); diff != "" {
			t.Errorf("%q differs from the create (-create +get):\n%s", query, diff)
		}
	}
	asset := objects(must(t, s, "GET", monitorURL(m)+"?with_assets=true", "")["assets"])[0]
	if _, shown := asset["monitor_id"]; shown {
		t.Errorf("a get shows monitor_id in assets: %v", asset)
	}
	for url, want := range map[string]string{
		monitorURL(m) + "?group_states=foo":  `{"errors":["Invalid group_state filters."]}`,
		"/api/v1/monitor?group_states=foo":   `{"errors":["Invalid group_state filters."]}`,
		"/api/v1/monitor/1?group_states=foo": `{"errors":["Monitor not found"]}`,
		"/api/v1/monitor?page=-1":            `{"errors":["The value provided for parameter 'page' is invalid"]}`,
	} {
		if w := call(s, "GET", url, ""); w.Body.String() != want {
			t.Errorf("%s: %d %s", url, w.Code, w.Body)
		}
	}
}

func TestListMonitors(t *testing.T) {
	s := newTestServer(t)
	for i, m := range []object{
		{"name": "CPU high", "tags": []any{"team:a", "x"}, "query": "avg(last_5m):avg:cpu{env:prod,host:a} by {host} > 1"},
		{"name": "cpu low", "tags": []any{"team:a"}, "query": "avg(last_5m):avg:cpu{env:dev} < 1"},
		{"name": "disk", "tags": []any{"team:b", "x"}, "query": "avg(last_5m):avg:disk{env:prod AND !role:db} > 1"},
	} {
		seedMonitor(t, s, int64(10+i), m)
	}
	for query, want := range map[string]string{
		"":                                  "10 11 12",
		"?name=cpu":                         "10 11",
		"?tags=env:prod":                    "10 12",
		"?tags=env:prod,host:a":             "10",
		"?tags=host":                        "",
		"?tags=role:db":                     "12",
		"?monitor_tags=team:a":              "10 11",
		"?monitor_tags=team:a,x":            "10",
		"?monitor_tags=team:a&name=low":     "11",
		"?monitor_tags=TEAM:a":              "",
		"?page=0&page_size=2":               "10 11",
		"?page=1&page_size=2":               "12",
		"?page=2&page_size=2":               "",
		"?page=1&page_size=1&tags=env:prod": "12",
		"?page=0":                           "10 11 12",
		"?page_size=1":                      "10 11 12",
		"?id_offset=0&page_size=1":          "10",
		"?id_offset=10&page_size=1":         "11",
		"?id_offset=11":                     "12",
		"?id_offset=9223372036854775807":    "",
		"?page=9007199254740992":            "",
		"?id_offset=12":                     "",
	} {
		w := call(s, "GET", "/api/v1/monitor"+query, "")
		var ids []string
		for _, m := range objects(decodeAny(t, w.Body.Bytes())) {
			ids = append(ids, fmt.Sprint(m["id"]))
			if m["matching_downtimes"] == nil || m["creator"] == nil {
				t.Errorf("item without matching_downtimes or creator: %v", m)
			}
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}

func TestValidateExisting(t *testing.T) {
	s := newTestServer(t)
	seedMonitor(t, s, 7, object{})
	if got := must(t, s, "POST", "/api/v1/monitor/7/validate", monitorBody(nil)); len(got) != 0 {
		t.Errorf("got %v", got)
	}
	if w := call(s, "POST", "/api/v1/monitor/8/validate", monitorBody(nil)); w.Code != 404 {
		t.Errorf("missing monitor: %d", w.Code)
	}
	if w := call(s, "POST", "/api/v1/monitor/7/validate", `{"type":"log alert","query":"query"}`); w.Code != 400 {
		t.Errorf("bad query: %d", w.Code)
	}
}

func TestSearch(t *testing.T) {
	s := newTestServer(t)
	for i, m := range []object{
		{"name": "CPU is high", "tags": []any{"team:a"}, "message": "look @pagerduty-x now", "query": "avg(last_5m):avg:cpu{env:prod} > 1"},
		{"name": "disk is full", "tags": []any{"team:b"}, "type": "log alert", "query": `logs("a").last("5m") > 1`},
		{"name": "odd cpu", "tags": []any{"team:a"}, "type": "query alert", "query": "avg(last_1h):anomalies(avg:cpu{*}, 'basic', 2) >= 1"},
	} {
		seedMonitor(t, s, int64(10+i), m)
	}
	for query, want := range map[string]string{
		"":                         "10 11 12",
		"cpu":                      "10 12",
		`"is high"`:                "10",
		"is -full":                 "10",
		"cpu AND NOT odd":          "10",
		"tag:team:a":               "10 12",
		`tag:"team:b"`:             "11",
		"tag:(team:b OR team:c)":   "11",
		"tag:team:*":               "10 11 12",
		"type:log":                 "11",
		"type:anomaly OR type:log": "11 12",
		`status:"no data"`:         "10 11 12",
		"status:alert":             "",
		"scope:env:prod":           "10",
		"metric:cpu":               "10 12",
		"id:11":                    "11",
		"muted:true":               "",
	} {
		got := must(t, s, "GET", "/api/v1/monitor/search?query="+escape(query), "")
		var ids []string
		for _, m := range objects(got["monitors"]) {
			ids = append(ids, fmt.Sprint(m["id"]))
		}
		if shown := strings.Join(ids, " "); shown != want {
			t.Errorf("%s: %s, want %s", query, shown, want)
		}
	}
	page := must(t, s, "GET", "/api/v1/monitor/search?per_page=2&page=1&sort=name,desc", "")
	want := parse(t, []byte(`{"page":1,"page_count":2,"per_page":2,"total_count":3}`))
	if diff := cmp.Diff(any(want), page["metadata"]); diff != "" || objects(page["monitors"])[0]["name"] != "CPU is high" {
		t.Errorf("page: %v %s", page["monitors"], diff)
	}
	counts, _ := page["counts"].(object)
	if got, want := string(encode(counts["tag"])), `[{"count":2,"name":"team:a"},{"count":1,"name":"team:b"}]`; got != want {
		t.Errorf("counts of tags: %s", got)
	}
	for _, url := range []string{"/api/v1/monitor/search", "/api/v1/monitor/groups/search"} {
		w := call(s, "GET", url+"?query=status:foo", "")
		if want := `{"errors":["Query parsing error: 'foo' is not a valid monitor status"]}`; w.Code != 400 || w.Body.String() != want {
			t.Errorf("%s: %d %s", url, w.Code, w.Body)
		}
	}
	must(t, s, "GET", "/api/v1/monitor/groups/search?query=cpu", "")
}

func escape(query string) string {
	return strings.NewReplacer(" ", "%20", `"`, "%22").Replace(query)
}

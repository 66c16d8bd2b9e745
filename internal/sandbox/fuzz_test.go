package sandbox

import (
	"net/http"
	"net/url"
	"testing"
)

// FuzzMonitor sends arbitrary bodies as monitors. A stored monitor must be readable and listed, and the sandbox must
// accept it unchanged.
func FuzzMonitor(f *testing.F) {
	for _, seed := range []string{"", "{}", "null", monitorBody(nil), monitorBody(object{"options": object{"thresholds": object{"critical": 1e300}}}),
		`{"type":"composite","query":"1"}`, `{"type":"log alert","query":"logs(\"a\").by(\"b\").last(\"5m\") > 1","assets":[1,{}],"tags":[2]}`,
		`{"type":"x","query":"{by {a}","options":{"variables":[1,{"group_by":[1]}],"silenced":{"*":0}}}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, sent string) {
		s := newTestServer(t)
		w := call(s, "POST", "/api/v1/monitor", sent)
		if w.Code == http.StatusBadRequest {
			return
		}
		if w.Code != http.StatusOK {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		m := parse(t, w.Body.Bytes())
		must(t, s, "GET", monitorURL(m)+"?with_assets=true", "")
		must(t, s, "GET", "/api/v1/monitor/search", "")
		if n := len(objects(decodeAny(t, call(s, "GET", "/api/v1/monitor", "").Body.Bytes()))); n != 1 {
			t.Fatalf("%d monitors in the list", n)
		}
		must(t, s, "PUT", monitorURL(m), body(m))
	})
}

// FuzzDashboard sends arbitrary bodies as dashboards, and sends the responses back as updates.
func FuzzDashboard(f *testing.F) {
	for _, seed := range []string{"", dashboardBody(nil), dashboardBody(object{"widgets": []any{1, object{"definition": object{"widgets": []any{object{}}}}},
		"tabs": []any{object{"widget_ids": []any{"@1", "@9", "@", 1}}}, "notify_list": []any{1, "b", "a"}, "tags": []any{1}})} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, sent string) {
		s := newTestServer(t)
		w := call(s, "POST", "/api/v1/dashboard", sent)
		if w.Code == http.StatusBadRequest {
			return
		}
		if w.Code != http.StatusOK {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		d := parse(t, w.Body.Bytes())
		must(t, s, "PUT", dashboardURL(d), body(d))
		must(t, s, "GET", "/api/v1/dashboard", "")
		must(t, s, "DELETE", dashboardURL(d), "")
	})
}

// FuzzSearch parses arbitrary search queries.
func FuzzSearch(f *testing.F) {
	for _, seed := range []string{"", `tag:(a OR "b c") -x OR status:ok`, `(`, `"`, `-`, `tag:`, `NOT`, `status:(ok`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		s := newTestServer(t)
		seedMonitor(t, s, 1, object{})
		w := call(s, "GET", "/api/v1/monitor/search?query="+url.QueryEscape(query), "")
		if w.Code != http.StatusOK && w.Code != http.StatusBadRequest {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	})
}

package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// sloBody returns the body of a metric SLO with some keys changed.
func sloBody(changes object) string {
	m := object{
		"name": "Checkout", "type": "metric",
		"query":      object{"numerator": "sum:a{ok:yes}.as_count()", "denominator": "sum:a{*}.as_count()"},
		"thresholds": []any{object{"timeframe": "30d", "target": json.Number("99"), "warning": json.Number("99.5")}},
	}
	for key, v := range changes {
		m[key] = v
	}
	return body(m)
}

// sendSLO sends a write and returns the SLO in the response.
func sendSLO(t testing.TB, s http.Handler, method, url, sent string) object {
	t.Helper()
	list := slosIn(must(t, s, method, url, sent))
	if len(list) != 1 {
		t.Fatalf("%d objects", len(list))
	}
	return list[0]
}

func sloURL(m object) string { return "/api/v1/slo/" + stringField(m, "id") }

func TestCreateSLO(t *testing.T) {
	s := newTestServer(t)
	got := sendSLO(t, s, "POST", "/api/v1/slo", sloBody(object{"tags": []any{"Team:A"}, "id": "mine", "type_id": 7}))
	if id := stringField(got, "id"); !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(id) {
		t.Errorf("id %q", id)
	}
	now := json.Number(fmt.Sprint(testNow().Unix()))
	want := object{
		"id": got["id"], "name": "Checkout", "type": "metric", "type_id": json.Number("1"), "description": "",
		"tags": []any{"team:a"}, "monitor_tags": []any{}, "created_at": now, "modified_at": now,
		"timeframe": "30d", "target_threshold": json.Number("99"), "warning_threshold": json.Number("99.5"),
		"thresholds": []any{object{"timeframe": "30d", "target": json.Number("99.0"), "target_display": "99.",
			"warning": json.Number("99.5"), "warning_display": "99.5"}},
		"creator": object{"name": userName, "handle": userHandle, "email": userHandle},
		"query":   object{"numerator": "sum:a{ok:yes}.as_count()", "denominator": "sum:a{*}.as_count()"},
		"sli_specification": object{"count": object{
			"queries": []any{
				object{"data_source": "metrics", "name": "query1", "query": "sum:a{ok:yes}.as_count()"},
				object{"data_source": "metrics", "name": "query2", "query": "sum:a{*}.as_count()"},
			},
			"good_events_formula": object{"formula": "query1"}, "total_events_formula": object{"formula": "query2"},
		}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want["target_threshold"] = json.Number("99.0") // a get returns floats
	read, _ := must(t, s, "GET", sloURL(got), "")["data"].(object)
	if diff := cmp.Diff(want, read); diff != "" {
		t.Errorf("a get differs (-want +got):\n%s", diff)
	}
	if other := sendSLO(t, s, "POST", "/api/v1/slo", sloBody(nil)); other["id"] == got["id"] {
		t.Error("two SLOs have the same id")
	}
}

func TestUpdateSLOReplaces(t *testing.T) {
	s := newTestServer(t)
	made := sendSLO(t, s, "POST", "/api/v1/slo", sloBody(object{"tags": []any{"a"}, "description": "text"}))
	got := sendSLO(t, s, "PUT", sloURL(made), sloBody(object{"name": "Renamed", "type": "monitor",
		"query": nil, "sli_specification": object{"count": object{
			"queries":             []any{object{"data_source": "metrics", "name": "good", "query": "sum:g{*}"}, object{"data_source": "metrics", "name": "bad", "query": "sum:b{*}"}},
			"good_events_formula": object{"formula": "good"}, "bad_events_formula": object{"formula": "bad * 2"},
		}}}))
	if got["name"] != "Renamed" || got["type"] != "metric" || got["description"] != "" || len(got["tags"].([]any)) != 0 {
		t.Errorf("%v", got)
	}
	want := object{"numerator": "sum:g{*}", "denominator": "(sum:g{*}) + (sum:b{*} * 2)"}
	if diff := cmp.Diff(want, got["query"]); diff != "" {
		t.Errorf("the derived query (-want +got):\n%s", diff)
	}
}

func TestDeriveCount(t *testing.T) {
	for _, c := range []struct{ numerator, denominator, want string }{
		{"sum:a{*}", "sum:a{*}", "query1 | query1 of 1"},
		{"sum:a{*} - sum:b{*}", "sum:c{*}", "(query1 - query2) | query3 of 3"},
		{"sum:a{*}", "(sum:a{*} + sum:b{*}) * 2 ", "query1 | ((query1 + query2) * 2) of 2"},
		{"default_zero(sum:a{*})", "sum:a{*}", "none"}, // no recording shows a function
		{"sum:a{", "sum:a{*}", "none"},
	} {
		got := "none"
		if count := deriveCount(c.numerator, c.denominator); count != nil {
			good, total := count["good_events_formula"].(object), count["total_events_formula"].(object)
			got = fmt.Sprintf("%s | %s of %d", good["formula"], total["formula"], len(count["queries"].([]any)))
		}
		if got != c.want {
			t.Errorf("%s, %s: %s, want %s", c.numerator, c.denominator, got, c.want)
		}
	}
}

// TestTimeSliceAndMonitorSLOs: the server adds the length of a time slice, and nothing to monitor SLOs.
func TestTimeSliceAndMonitorSLOs(t *testing.T) {
	s := newTestServer(t)
	slice := object{"comparator": ">", "threshold": json.Number("5"), "query": object{}}
	got := sendSLO(t, s, "POST", "/api/v1/slo", sloBody(object{"type": "time_slice", "sli_specification": object{"time_slice": slice}}))
	specification, _ := got["sli_specification"].(object)
	answered, _ := specification["time_slice"].(object)
	if _, hasQuery := got["query"]; hasQuery || answered["query_interval_seconds"] != json.Number("300") || got["type_id"] != json.Number("2") {
		t.Errorf("%v", got)
	}
	m := must(t, s, "POST", "/api/v1/monitor", monitorBody(nil))
	got = sendSLO(t, s, "POST", "/api/v1/slo", sloBody(object{"type": "monitor", "query": nil, "monitor_ids": []any{m["id"]}}))
	if diff := cmp.Diff([]any{m["id"]}, got["monitor_ids"]); diff != "" || got["type_id"] != json.Number("0") || got["sli_specification"] != nil {
		t.Errorf("%v", got)
	}
	must(t, s, "DELETE", monitorURL(m), "") // no recording rejects this
}

func TestSLOErrors(t *testing.T) {
	s := newTestServer(t)
	made := sendSLO(t, s, "POST", "/api/v1/slo", sloBody(nil))
	none := strings.Repeat("0", 32)
	for _, c := range []struct {
		method, url, sent string
		status            int
		want              string
	}{
		{"POST", "/api/v1/slo", sloBody(object{"name": ""}), 400, "Invalid payload: Minimum length of parameter 'name' should be 1"},
		{"POST", "/api/v1/slo", sloBody(object{"query": nil}), 400, "Invalid payload: must specify the query for count types"},
		{"POST", "/api/v1/slo", sloBody(object{"type": "monitor"}), 400, "Invalid payload: must specify monitor_ids"},
		{"POST", "/api/v1/slo", sloBody(object{"type": "monitor", "monitor_ids": []any{7, "x"}}), 400,
			"Invalid payload: invalid monitor ids: 7, x, monitors not found or not supported SLO"},
		{"POST", "/api/v1/slo", "[]", 400, "The request body is not a JSON object"},
		{"PUT", sloURL(made), sloBody(object{"query": nil}), 400, "Invalid payload: must specify the query for count types"},
		{"PUT", sloURL(made), "x", 400, "The request body is not a JSON object"},
		{"PUT", "/api/v1/slo/" + none, sloBody(nil), 404, "SLO not found: " + none + " not found"},
		{"GET", "/api/v1/slo/" + none, "", 404, "SLO not found: " + none + " not found"},
		{"DELETE", "/api/v1/slo/" + none, "", 404, "SLO not found: " + none + " not found"},
		{"GET", "/api/v1/slo?limit=x", "", 400, "The value provided for parameter 'limit' is invalid"},
		{"GET", "/api/v1/slo?offset=-1", "", 400, "The value provided for parameter 'offset' is invalid"},
		{"GET", "/api/v1/slo?ids=a,b", "", 404, "no SLOs found for ids: [u'a', u'b'] not found"},
		{"GET", "/api/v1/slo?ids=a,a", "", 400, "All items in parameter 'True' must be unique"},
		{"GET", "/api/v1/slo/can_delete", "", 400, "The value provided for parameter 'ids are required' is invalid"},
	} {
		w := call(s, c.method, c.url, c.sent)
		if w.Code != c.status || w.Body.String() != body(object{"errors": []any{c.want}}) {
			t.Errorf("%s %s %s: %d %s, want %q", c.method, c.url, c.sent, w.Code, w.Body, c.want)
		}
	}
}

// TestSLOTagOrder: the order of the tags changes from response to response, but deterministically.
func TestSLOTagOrder(t *testing.T) {
	run := func() (orders []string) {
		s := newTestServer(t)
		made := sendSLO(t, s, "POST", "/api/v1/slo", sloBody(object{"tags": []any{"a", "b", "c"}}))
		orders = append(orders, fmt.Sprint(made["tags"]))
		for range 3 {
			got := parse(t, call(s, "GET", sloURL(made), "").Body.Bytes())["data"].(object)
			orders = append(orders, fmt.Sprint(got["tags"]))
			orders = append(orders, fmt.Sprint(slosIn(must(t, s, "GET", "/api/v1/slo", ""))[0]["tags"]))
		}
		return orders
	}
	first := run()
	for i, order := range first[1:] {
		if order == first[i] {
			t.Errorf("responses %d and %d have the same order: %s", i, i+1, order)
		}
	}
	if second := run(); !slices.Equal(first, second) {
		t.Errorf("the same requests get different responses: %v, %v", first, second)
	}
}

func TestListSLOs(t *testing.T) {
	now := testNow()
	s, err := Open("", Options{Now: func() time.Time { now = now.Add(time.Second); return now }})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for i := range 5 {
		made := sendSLO(t, s, "POST", "/api/v1/slo", sloBody(object{"name": fmt.Sprint("slo ", i), "tags": []any{fmt.Sprint("n:", i%2), "x"}}))
		ids = append(ids, stringField(made, "id"))
	}
	for url, want := range map[string][]string{
		"":                                   ids,
		"?limit=2":                           ids[:2],
		"?limit=2&offset=4":                  ids[4:],
		"?offset=9":                          nil,
		"?query=SLO+3":                       {ids[3]},
		"?tags_query=N:1":                    {ids[1], ids[3]},
		"?tags_query=n:":                     nil,
		"?metrics_query=ok:yes":              ids,
		"?metrics_query=sum:b":               nil,
		"?ids=none," + ids[4] + "," + ids[1]: {ids[1], ids[4]},
	} {
		response := must(t, s, "GET", "/api/v1/slo"+url, "")
		var got []string
		for _, m := range slosIn(response) {
			got = append(got, stringField(m, "id"))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", url, got, want)
		}
		if _, hasTotals := response["metadata"]; hasTotals == strings.Contains(url, "ids=") {
			t.Errorf("%s: %v", url, response["metadata"])
		}
	}
}

// TestReferencedSLO: a dashboard that is not deleted prevents the deletion of an SLO, a monitor does not.
func TestReferencedSLO(t *testing.T) {
	s := newTestServer(t)
	made := sendSLO(t, s, "POST", "/api/v1/slo", sloBody(nil))
	free := sendSLO(t, s, "POST", "/api/v1/slo", sloBody(nil))
	id := stringField(made, "id")
	must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"type": "slo alert", "query": `error_budget("` + stringField(free, "id") + `").over("7d") > 75`}))
	widget := object{"definition": object{"type": "slo", "slo_id": id}}
	group := object{"definition": object{"type": "group", "widgets": []any{widget}}}
	d := must(t, s, "POST", "/api/v1/dashboard", dashboardBody(object{"widgets": []any{group}}))
	must(t, s, "POST", "/api/v1/dashboard", dashboardBody(object{"description": id})) // not a reference
	problem := "slo " + id + " is referenced in dashboards: " + stringField(d, "id")

	w := call(s, "GET", "/api/v1/slo/can_delete?ids="+id+","+stringField(free, "id"), "")
	want := object{"data": object{"ok": []any{free["id"]}, "denied_ids": []any{id}}, "errors": object{id: problem}}
	if diff := cmp.Diff(want, parse(t, w.Body.Bytes())); diff != "" || w.Code != 409 {
		t.Errorf("can_delete: %d (-want +got):\n%s", w.Code, diff)
	}
	w = call(s, "DELETE", sloURL(made), "")
	if w.Code != 409 || w.Body.String() != body(object{"data": nil, "errors": object{id: problem}}) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	must(t, s, "DELETE", sloURL(free), "")
	must(t, s, "DELETE", dashboardURL(d), "")
	must(t, s, "DELETE", sloURL(made), "")
	made = sendSLO(t, s, "POST", "/api/v1/slo", sloBody(nil))
	widget = object{"definition": object{"type": "timeseries", "requests": []any{object{"queries": []any{object{"slo_id": made["id"]}}}}}}
	must(t, s, "POST", "/api/v1/dashboard", dashboardBody(object{"widgets": []any{widget}}))
	if w := call(s, "DELETE", sloURL(made), ""); w.Code != 409 {
		t.Errorf("a query: %d %s", w.Code, w.Body)
	}
	must(t, s, "DELETE", sloURL(made)+"?force=true", "")
}

// TestStaleSLO: lists do not show a delayed SLO, but a get by id does.
func TestStaleSLO(t *testing.T) {
	faults, err := ParseFaults([]byte("POST /api/v1/slo always stale=2"))
	if err != nil {
		t.Fatal(err)
	}
	s, openErr := Open("", Options{Now: testNow, Faults: faults})
	if openErr != nil {
		t.Fatal(openErr)
	}
	made := sendSLO(t, s, "POST", "/api/v1/slo", sloBody(nil))
	must(t, s, "GET", sloURL(made), "")
	for i, want := range []int{0, 1} {
		if got := len(slosIn(must(t, s, "GET", "/api/v1/slo", ""))); got != want {
			t.Errorf("list %d has %d SLOs, want %d", i, got, want)
		}
	}
}

// TestSLOsPersist: after reopening, the sandbox lists the SLOs in the same order.
func TestSLOsPersist(t *testing.T) {
	path := filepath.Join(t.TempDir(), "box.db")
	s, err := Open(path, Options{Now: testNow})
	if err != nil {
		t.Fatal(err)
	}
	for range 12 {
		sendSLO(t, s, "POST", "/api/v1/slo", sloBody(nil))
	}
	removed := sendSLO(t, s, "POST", "/api/v1/slo", sloBody(nil))
	must(t, s, "DELETE", sloURL(removed), "")
	list := call(s, "GET", "/api/v1/slo", "").Body.String()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := openTestServer(t, path)
	if got := call(again, "GET", "/api/v1/slo", "").Body.String(); got != list {
		t.Errorf("%s\n%s", got, list)
	}
	if next := sendSLO(t, again, "POST", "/api/v1/slo", sloBody(nil)); next["id"] == removed["id"] {
		t.Error("an id is reused")
	}
}

func TestCopySLOs(t *testing.T) {
	s := newTestServer(t)
	made := sendSLO(t, s, "POST", "/api/v1/slo", sloBody(nil))
	other, err := s.Copy(Options{Now: testNow})
	if err != nil {
		t.Fatal(err)
	}
	must(t, other, "DELETE", sloURL(made), "")
	must(t, s, "GET", sloURL(made), "")
}

// TestDamagedSLO: a file with an unreadable SLO is rejected and not changed.
func TestDamagedSLO(t *testing.T) {
	for name, stored := range map[string]string{
		"not an object": `[]`, "truncated": `{"id":"a`, "other id": `{"id":"b"}`, "invalid UTF-8": "{\"id\":\"a\",\"name\":\"\xff\"}",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "box.db")
			st, err := openStore(path, 0)
			if err != nil {
				t.Fatal(err)
			}
			if err := st.update(func(t tx) error { return t.put(sloBucket, "a", []byte(stored)) }); err != nil {
				t.Fatal(err)
			}
			if err := st.close(); err != nil {
				t.Fatal(err)
			}
			before, _ := os.ReadFile(path)
			_, err = Open(path, Options{Now: testNow})
			if err == nil || !strings.Contains(err.Error(), `cannot read SLO "a"`) || !strings.Contains(err.Error(), "is damaged") {
				t.Errorf("%v", err)
			}
			if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestSLORateHeaders(t *testing.T) {
	s := newTestServer(t)
	for _, c := range []struct{ method, url, want string }{
		{"POST", "/api/v1/slo", "slo_create 200 60"},
		{"GET", "/api/v1/slo", "slo_get_all 1000 10"},
		{"GET", "/api/v1/slo/1", "slo_get 3000 10"},
		{"PUT", "/api/v1/slo/1", "slo_update 200 60"},
		{"DELETE", "/api/v1/slo/1", "slo_delete 100 10"},
		{"GET", "/api/v1/slo/can_delete?ids=1", "slo_can_delete 100 10"},
	} {
		h := call(s, c.method, c.url, "{}").Header()
		if got := h.Get("X-RateLimit-Name") + " " + h.Get("X-RateLimit-Limit") + " " + h.Get("X-RateLimit-Period"); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.method, c.url, got, c.want)
		}
	}
}

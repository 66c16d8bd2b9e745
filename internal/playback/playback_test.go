package playback_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ddmon/internal/ddtest"
	"ddmon/internal/ddtest/recordingtest"
	"ddmon/internal/playback"
	"ddmon/internal/sandbox"
)

// box is a sandbox that plays incident-5.
type box struct {
	t      *testing.T
	server *sandbox.Server
	now    time.Time
}

func newBox(t *testing.T, now string) *box {
	t.Helper()
	rec := recordingtest.Load(t, filepath.Join(ddtest.Repository(t), "testdata", "incident-5"))
	b := &box{t: t, now: moment(t, now)}
	server, err := sandbox.Open("", sandbox.Options{Now: func() time.Time { return b.now }, Telemetry: playback.New(rec)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	b.server = server
	return b
}

func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// send sends a request and returns the response, which must have the status.
func (b *box) send(status int, method, path, body string) map[string]any {
	b.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("DD-API-KEY", "k")
	r.Header.Set("DD-APPLICATION-KEY", "k")
	w := httptest.NewRecorder()
	b.server.ServeHTTP(w, r)
	if w.Code != status {
		b.t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	var v map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		b.t.Fatalf("%s %s: %v in %s", method, path, err, w.Body)
	}
	return v
}

// at follows keys and indexes into a response.
func at(t *testing.T, v any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			o, isObject := v.(map[string]any)
			if !isObject {
				t.Fatalf("no %v in %v", step, v)
			}
			v = o[step]
		case int:
			list, isList := v.([]any)
			if !isList || step >= len(list) {
				t.Fatalf("no item %v in %v", step, v)
			}
			v = list[step]
		}
	}
	return v
}

const (
	incident = "2025-11-09T14:22:00Z"
	replicas = "sum:kubernetes_state.deployment.replicas_available{kube_namespace:sock-shop} by {kube_deployment}"
)

func timeseries(kind, from, to, attributes string, t *testing.T) string {
	t.Helper()
	ms := func(text string) string {
		b, _ := json.Marshal(moment(t, text).UnixMilli())
		return string(b)
	}
	return `{"data": {"type": "` + kind + `", "attributes": {"from": ` + ms(from) + `, "to": ` + ms(to) + `, ` + attributes + `}}}`
}

// TestTimeseries: the points are those of the recording, by group, and only up to now.
func TestTimeseries(t *testing.T) {
	b := newBox(t, incident)
	query := `"interval": 60000, "formulas": [{"formula": "a"}], "queries": [{"data_source": "metrics", "name": "a", "query": "` + replicas + `"}]`
	got := b.send(200, "POST", "/api/v2/query/timeseries", timeseries("timeseries_request", "2025-11-09T14:15:00Z", "2025-11-09T14:30:00Z", query, t))
	attributes := at(t, got, "data", "attributes")
	times := at(t, attributes, "times").([]any)
	if last := int64(times[len(times)-1].(float64)); len(times) != 7 || last >= b.now.UnixMilli() {
		t.Errorf("%d times until %d", len(times), last)
	}
	for i, s := range at(t, attributes, "series").([]any) {
		values := at(t, attributes, "values", i).([]any)
		want := 1.0
		if tags := at(t, s, "group_tags").([]any); slices.Equal(tags, []any{"kube_deployment:queue-master"}) {
			want = 0
		}
		if values[len(values)-1] != want {
			t.Errorf("%v ends at %v, want %v", s, values[len(values)-1], want)
		}
	}
	formula := `"interval": 60000, "formulas": [{"formula": "(a + b) * 2"}], "queries": [
		{"data_source": "metrics", "name": "a", "query": "max:rabbitmq.queue.consumers{queue:shipping-task}"},
		{"data_source": "metrics", "name": "b", "query": "max:rabbitmq.queue.consumers{queue:shipping-task}"}]`
	got = b.send(200, "POST", "/api/v2/query/timeseries", timeseries("timeseries_request", "2025-11-09T14:10:00Z", "2025-11-09T14:12:00Z", formula, t))
	if v := at(t, got, "data", "attributes", "values", 0, 0); v != 4.0 {
		t.Errorf("the formula gives %v, want 4", v)
	}
	got = b.send(400, "POST", "/api/v2/query/timeseries", timeseries("timeseries_rquest", "2025-11-09T14:10:00Z", "2025-11-09T14:12:00Z", formula, t))
	if text := at(t, got, "errors", 0); text != `API input validation failed: Invalid type. Expected "timeseries_request".` {
		t.Error(text)
	}
	for _, wrong := range []string{
		`"formulas": [{"formula": "c"}], "queries": []`,
		`"queries": [{"data_source": "metrics", "name": "a", "query": "sum:("}]`,
		`"queries": [{"data_source": "rum", "name": "a", "search": {"query": "*"}}]`,
	} {
		b.send(400, "POST", "/api/v2/query/timeseries", timeseries("timeseries_request", "2025-11-09T14:10:00Z", "2025-11-09T14:12:00Z", wrong, t))
	}
}

func TestScalar(t *testing.T) {
	b := newBox(t, incident)
	query := `"formulas": [{"formula": "a"}], "queries": [{"data_source": "metrics", "name": "a", "aggregator": "last", "query": "` + replicas + `"}]`
	got := b.send(200, "POST", "/api/v2/query/scalar", timeseries("scalar_request", "2025-11-09T14:18:00Z", incident, query, t))
	names, values := at(t, got, "data", "attributes", "columns", 0), at(t, got, "data", "attributes", "columns", 1, "values").([]any)
	i := slices.IndexFunc(at(t, names, "values").([]any), func(v any) bool { return at(t, v, 0) == "queue-master" })
	if at(t, names, "name") != "kube_deployment" || i < 0 || values[i] != 0.0 {
		t.Errorf("%v %v", names, values)
	}
	count := `"formulas": [{"formula": "a"}], "queries": [{"data_source": "events", "name": "a", "compute": {"aggregation": "count"}, "search": {"query": "\"Scaled down\""}}]`
	got = b.send(200, "POST", "/api/v2/query/scalar", timeseries("scalar_request", "2025-11-09T14:00:00Z", "2025-11-09T15:00:00Z", count, t))
	if v := at(t, got, "data", "attributes", "columns", 0, "values", 0); v != 1.0 {
		t.Errorf("%v events, want 1", v)
	}
}

// TestQueryV1: the shape is that of the first version of the API.
func TestQueryV1(t *testing.T) {
	b := newBox(t, incident)
	q := url.Values{"from": {"1762697820"}, "to": {"1762699000"}, "query": {replicas}} // from 14:17 to 14:36:40
	got := b.send(200, "GET", "/api/v1/query?"+q.Encode(), "")
	s := at(t, got, "series", 0)
	points := at(t, s, "pointlist").([]any)
	if at(t, s, "interval") != 20.0 || at(t, s, "aggr") != "sum" || at(t, s, "length") != float64(len(points)) || at(t, got, "group_by", 0) != "kube_deployment" {
		t.Errorf("%v", s)
	}
	if last := at(t, points[len(points)-1], 0).(float64); int64(last) >= b.now.UnixMilli() {
		t.Errorf("the last point is at %v", last)
	}
	b.send(400, "GET", "/api/v1/query?from=1&to=2&query=(", "")
	b.send(400, "GET", "/api/v1/query?from=x&to=2&query=a", "")
}

// TestSearchPages: pages have a cursor until a page is empty, in both orders, and contain each document once.
func TestSearchPages(t *testing.T) {
	b := newBox(t, incident)
	for _, path := range []string{"/api/v2/logs/events/search", "/api/v2/events/search"} {
		for _, sort := range []string{"timestamp", "-timestamp"} {
			var times []string
			ids := map[string]bool{}
			for cursor := ""; ; {
				got := b.send(200, "POST", path, `{"filter": {"query": "kube_namespace:sock-shop", "from": "now-10m", "to": "now+1h"}, "sort": "`+sort+`", "page": {"limit": 7, "cursor": "`+cursor+`"}}`)
				for _, d := range at(t, got, "data").([]any) {
					times = append(times, at(t, d, "attributes", "timestamp").(string))
					ids[at(t, d, "id").(string)] = true
				}
				if got["meta"] == nil {
					break
				}
				cursor = at(t, got, "meta", "page", "after").(string)
			}
			if sort == "-timestamp" {
				slices.Reverse(times)
			}
			if len(times) == 0 || len(ids) != len(times) || !slices.IsSorted(times) || times[len(times)-1] >= "2025-11-09T14:22:00" {
				t.Errorf("%s %s: %d lines, %d ids", path, sort, len(times), len(ids))
			}
		}
		got := b.send(400, "POST", path, `{"page": {"cursor": "eyJzdGFydEF0IjoiQVFBQUFYS2tMS3pP"}}`)
		if text := at(t, got, "errors", 0); text != `{'errors': [u"input_validation_error(Field 'page' is invalid: invalid cursor)"]}` {
			t.Error(text)
		}
		b.send(400, "POST", path, `{"filter": {"from": "yesterday"}}`)
		b.send(400, "POST", path, `{"filter": {"query": "(("}}`)
	}
	first := b.send(200, "GET", "/api/v2/logs/events?filter[from]=now-10m&page[limit]=2&sort=timestamp", "")
	next, err := url.Parse(at(t, first, "links", "next").(string))
	if err != nil {
		t.Fatal(err)
	}
	second := b.send(200, "GET", next.RequestURI(), "")
	if at(t, second, "data", 0, "id") == at(t, first, "data", 1, "id") || len(at(t, second, "data").([]any)) != 2 {
		t.Errorf("%v after %v", second, first)
	}
}

// TestAggregate counts by facet, in total and over time.
func TestAggregate(t *testing.T) {
	b := newBox(t, incident)
	got := b.send(200, "POST", "/api/v2/logs/analytics/aggregate", `{"filter": {"query": "kube_namespace:sock-shop", "from": "now-20m", "to": "now"},
		"compute": [{"aggregation": "count"}, {"aggregation": "count", "type": "timeseries", "interval": "5m"}], "group_by": [{"facet": "service", "limit": 2}]}`)
	buckets := at(t, got, "data", "buckets").([]any)
	if len(buckets) != 2 || at(t, got, "meta", "status") != "done" {
		t.Fatal(got)
	}
	for _, bucket := range buckets {
		sum := 0.0
		for _, p := range at(t, bucket, "computes", "c1").([]any) {
			sum += at(t, p, "value").(float64)
		}
		if service, _ := at(t, bucket, "by", "service").(string); service == "" || sum == 0 || sum != at(t, bucket, "computes", "c0") {
			t.Errorf("%v", bucket)
		}
	}
}

func TestMetrics(t *testing.T) {
	b := newBox(t, incident)
	active := b.send(200, "GET", "/api/v1/metrics?from=1762690000", "")
	if names := at(t, active, "metrics").([]any); !slices.Contains(names, any("rabbitmq.queue.consumers")) || active["from"] != "1762690000" {
		t.Error(active)
	}
	tags := at(t, b.send(200, "GET", "/api/v2/metrics/rabbitmq.queue.consumers/all-tags", ""), "data", "attributes", "tags").([]any)
	if !slices.Contains(tags, any("queue:shipping-task")) {
		t.Error(tags)
	}
	b.send(404, "GET", "/api/v2/metrics/rabbitmq.queue.consumer/all-tags", "")
	if m := b.send(200, "GET", "/api/v1/metrics/rabbitmq.queue.consumers", ""); m["type"] != "gauge" || len(m) != 7 {
		t.Error(m)
	}
	if m := b.send(200, "GET", "/api/v1/metrics/none", ""); m["type"] != nil || len(m) != 7 {
		t.Error(m)
	}
}

// TestStatesMove: monitors have the states of the time in the recording.
func TestStatesMove(t *testing.T) {
	b := newBox(t, "2025-11-09T14:10:00Z")
	created := b.send(200, "POST", "/api/v1/monitor", `{"name": "m", "type": "query alert", "query": "min(last_1m):sum:kubernetes_state.deployment.replicas_available{kube_namespace:sock-shop} by {kube_deployment} < 1", "options": {"thresholds": {"critical": 1}}}`)
	id, _ := json.Marshal(created["id"])
	path := "/api/v1/monitor/" + string(id) + "?group_states=all"
	for now, want := range map[string]string{"2025-11-09T14:10:00Z": "OK", incident: "Alert", "2025-11-09T14:40:00Z": "OK"} {
		b.now = moment(t, now)
		got := b.send(200, "GET", path, "")
		group := at(t, got, "state", "groups", "kube_deployment:queue-master")
		if got["overall_state"] != want || at(t, group, "status") != want {
			t.Errorf("at %s: %v, %v", now, got["overall_state"], group)
		}
		if _, ever := at(t, group, "last_triggered_ts").(float64); ever == (now < incident) {
			t.Errorf("at %s: triggered %v", now, ever)
		}
	}
	if got := b.send(http.StatusOK, "GET", path[:len(path)-len("all")]+"alert", ""); len(at(t, got, "state", "groups").(map[string]any)) != 0 {
		t.Errorf("%v", got["state"])
	}
}

// TestClock: time in the recording passes speed times as fast.
func TestClock(t *testing.T) {
	now := moment(t, "2030-01-01T00:00:00Z")
	clock := playback.Clock(moment(t, incident), 10, func() time.Time { return now })
	now = now.Add(time.Minute)
	if got := clock(); !got.Equal(moment(t, "2025-11-09T14:32:00Z")) {
		t.Error(got)
	}
}

package ddapi_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ddmon/internal/ddapi"
)

// TestQueryShapes: a response about metrics, logs or events with another shape is an error that says what is wrong.
func TestQueryShapes(t *testing.T) {
	body := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) }))
	defer server.Close()
	c, err := ddapi.New(ddapi.Config{APIKey: "k", AppKey: "k", Host: server.URL, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	from := time.Unix(0, 0)
	timeseries := func() error {
		_, err := c.Timeseries(t.Context(), ddapi.Query{Formula: "a", From: from, To: from, Interval: time.Second})
		return err
	}
	counts := func() error {
		_, err := c.CountLogs(t.Context(), ddapi.LogCount{By: []string{"service"}, From: from, To: from, Interval: 90 * time.Second})
		return err
	}
	line := func() error {
		_, err := c.FirstEvent(t.Context(), "*", from, from, true)
		return err
	}
	active := func() error {
		_, err := c.ActiveMetrics(t.Context(), from)
		return err
	}
	for _, test := range []struct {
		body string
		ask  func() error
		want string // "" for no error
	}{
		{`{"data":{"attributes":{"series":[{"group_tags":["a:b"]}],"times":[1000,2000],"values":[[1,null]]}}}`, timeseries, ""},
		{`{"data":{"attributes":{"series":[{}],"times":[],"values":[]}}}`, timeseries, "1 series have 0 lists of values"},
		{`{"data":{"attributes":{"series":[{}],"times":[1],"values":[[]]}}}`, timeseries, "1 times have 0 values"},
		{`{"data":{"attributes":{"series":[{}],"times":[1],"values":[["x"]]}}}`, timeseries, "a point is not a number"},
		{`{"data":[]}`, timeseries, `"data" is a list, not an object`},
		{`{"data":{"buckets":[{"by":{"service":"a"},"computes":{"c0":[{"time":"2025-01-01T00:00:00.000Z","value":1}]}}]}}`, counts, ""},
		{`{"data":{"buckets":[{"by":{},"computes":{}}]}}`, counts, `it has no "service"`},
		{`{"data":{"buckets":[{"by":{"service":"a"},"computes":{"c0":[{"time":"noon","value":1}]}}]}}`, counts, "not a number at a time"},
		{`{"data":[]}`, line, ""},
		{`{"data":[{"type":"event","attributes":{"timestamp":"2025-01-01T00:00:00Z","message":"m","attributes":{"title":"t","timestamp":1}}}]}`, line, ""},
		{`{"data":[{"attributes":{"timestamp":"noon"}}]}`, line, `"timestamp" is not a time`},
		{`{"metrics":["a"],"from":"1"}`, active, ""},
		{`{"metrics":{}}`, active, `"metrics" is an object, not a list`},
	} {
		body = test.body
		if err := test.ask(); err == nil != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", body, err, test.want)
		}
	}
}

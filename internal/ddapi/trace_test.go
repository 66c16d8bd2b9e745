package ddapi_test

import (
	"errors"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"ddmon/internal/ddapi"
)

// traced collects the attempts that a client traces.
type traced struct {
	mu  sync.Mutex
	all []ddapi.Exchange
}

func (l *traced) tell(x ddapi.Exchange) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, x)
}

func TestTrace(t *testing.T) {
	var l traced
	c, _ := start(t, respondInOrder(
		respond(429, `{"errors":["slow\u0007 down"]}`, "X-RateLimit-Reset", "42", "X-RateLimit-Name", "put_monitors"),
		reset, respond(200, `{"id":7}`),
	), func(config *ddapi.Config) { config.Trace = l.tell })
	if _, err := c.Update(t.Context(), monitor, "7", nil, nil); err != nil {
		t.Error(err)
	}
	if len(l.all) != 3 || l.all[1].Err == "" {
		t.Fatalf("%+v", l.all)
	}
	l.all[1].Err = "" // depends on the network
	const path, budget = "/api/v1/monitor/7", "PUT /api/v1/monitor/{id}"
	want := []ddapi.Exchange{
		{Method: "PUT", Path: path, Status: 429, Attempt: 1, Wait: 42 * time.Second, Budget: "put_monitors",
			Err: "cannot update monitor 7: Datadog returned 429 Too Many Requests: slow down. The rate limit is exceeded: wait a minute and try again"},
		{Method: "PUT", Path: path, Attempt: 2, Wait: time.Second, Budget: budget},
		{Method: "PUT", Path: path, Status: 200, Attempt: 3, Budget: budget},
	}
	if !slices.Equal(l.all, want) {
		t.Errorf("got  %+v\nwant %+v", l.all, want)
	}
}

// TestTraceContainsNoKeys puts the keys into all parts of a request and a response that a trace quotes.
func TestTraceContainsNoKeys(t *testing.T) {
	var l traced
	both := apiKey + " " + appKey
	answers := respondInOrder(
		respond(429, `{"errors":["`+both+`"]}`, "X-RateLimit-Name", both), respond(500, both), respond(200, both),
		respond(302, "", "Location", "/"+apiKey), respond(404, `{"errors":["`+both+`"]}`),
	)
	c, _ := start(t, answers, func(config *ddapi.Config) { config.Trace = l.tell })
	for range 5 {
		_, _ = c.Named(t.Context(), monitor, ddapi.Listing{}, []string{"x \n" + both})
		_, _ = c.Get(t.Context(), monitor, both)
	}
	broken := newClient(t, ddapi.Config{Host: "x.invalid", Trace: l.tell, Sleep: (&waits{}).sleep, HTTPClient: &http.Client{
		Transport: roundTripFunc(func(*http.Request) (*http.Response, error) { return nil, errors.New(both) }),
	}})
	_, _, _ = broken.MetricTags(t.Context(), both)
	if len(l.all) < 10 {
		t.Fatalf("%d attempts", len(l.all))
	}
	for _, x := range l.all {
		checkText(t, x.Path+x.Err+x.Budget)
	}
	if got := l.all[0].Path; got != "/api/v1/monitor?id_offset=0&name=x (key) (key)&page_size=1000" {
		t.Errorf("path %q", got)
	}
}

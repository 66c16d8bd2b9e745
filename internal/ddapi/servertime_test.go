package ddapi_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"ddmon/internal/sandbox"
)

func TestServerTime(t *testing.T) {
	date := func(status int, body, date string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header()["Date"] = nil
			if date != "" {
				w.Header().Set("Date", date)
			}
			respond(status, body)(w, r)
		}
	}
	steps := []struct {
		what   string
		answer http.HandlerFunc
		want   string // empty if there is no time yet
	}{
		{"no header", date(200, `{"id":7}`, ""), ""},
		{"a proxy's error", date(404, "<html>", "Thu, 01 Jan 2037 00:00:00 GMT"), ""},
		{"not a date", date(200, `{"id":7}`, "yesterday"), ""},
		{"a date", date(200, `{"id":7}`, "Fri, 02 Jan 2026 03:04:05 GMT"), "2026-01-02T03:04:05Z"},
		{"an error after it", date(400, `{"errors":[]}`, "Fri, 02 Jan 2026 04:04:05 GMT"), "2026-01-02T03:04:05Z"},
		{"the old form", date(200, `{"id":7}`, "Friday, 02-Jan-26 05:04:05 GMT"), "2026-01-02T05:04:05Z"},
		{"a clock that was set back", date(200, `{"id":7}`, "Fri, 02 Jan 2026 05:04:00 GMT"), "2026-01-02T05:04:00Z"},
		{"not what it should be", date(200, `[]`, "Fri, 02 Jan 2037 05:04:00 GMT"), "2026-01-02T05:04:00Z"},
		{"no header again", date(200, `{"id":7}`, ""), "2026-01-02T05:04:00Z"},
	}
	var now http.HandlerFunc
	c, _ := start(t, func(w http.ResponseWriter, r *http.Request) { now(w, r) })
	if at, ok := c.ServerTime(); ok {
		t.Errorf("before the first response: %v", at)
	}
	for _, step := range steps {
		now = step.answer
		_, _ = c.Get(t.Context(), monitor, "7")
		at, ok := c.ServerTime()
		got := ""
		if ok {
			got = at.Format(time.RFC3339)
		}
		if got != step.want {
			t.Errorf("%s: %q, want %q", step.what, got, step.want)
		}
	}
}

// TestServerTimeWithSandbox: the server time is the sandbox's clock, for writes, lists and responses with faults.
func TestServerTimeWithSandbox(t *testing.T) {
	faults, err := sandbox.ParseFaults([]byte("GET /api/v1/monitor always slow=1ms"))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2031, 5, 6, 7, 8, 9, 987654321, time.UTC)
	server, err := sandbox.Open("", sandbox.Options{Now: func() time.Time { return now }, Faults: faults})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	c, _ := start(t, server.ServeHTTP)
	for what, do := range map[string]func() error{
		"create": func() error { return errorOf(c.Create(t.Context(), monitor, exampleOf(monitor, now.String()), nil)) },
		"list":   func() error { return errorOf(c.List(t.Context(), monitor, "s")) },
	} {
		now = now.Add(time.Hour)
		if err := do(); err != nil {
			t.Fatal(err)
		}
		if at, ok := c.ServerTime(); !ok || !at.Equal(now.Truncate(time.Second)) {
			t.Errorf("%s: %v, %v, want %v", what, at, ok, now)
		}
	}
}

func errorOf[T any](_ T, err error) error { return err }

func TestServerTimeConcurrent(t *testing.T) {
	c, _ := start(t, respond(200, `{"id":7}`))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			_, _ = c.Get(t.Context(), monitor, "7")
			if _, ok := c.ServerTime(); !ok {
				t.Error("no time after a response")
			}
		})
	}
	all.Wait()
}

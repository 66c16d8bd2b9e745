package ddapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"ddmon/internal/ddapi"
	"ddmon/internal/kind"
)

var (
	monitor   = kind.Named("monitor")
	dashboard = kind.Named("dashboard")
)

const (
	apiKey = "0123456789abcdef0123456789abcdef"
	appKey = "fedcba9876543210fedcba9876543210fedcba98"
)

// waits records the waits of a client instead of sleeping.
type waits struct {
	mu  sync.Mutex
	all []time.Duration
}

func (w *waits) sleep(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = append(w.all, d)
	return ctx.Err()
}

// start starts a server and returns a client that does not sleep and whose jitter is minimal.
func start(t *testing.T, h http.HandlerFunc, change ...func(*ddapi.Config)) (*ddapi.Client, *waits) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	w := &waits{}
	return newClient(t, ddapi.Config{Host: server.URL, Sleep: w.sleep, Jitter: least}, change...), w
}

func newClient(t *testing.T, config ddapi.Config, change ...func(*ddapi.Config)) *ddapi.Client {
	t.Helper()
	config.APIKey, config.AppKey, config.UserAgent = apiKey, appKey, "ddmon/test"
	for _, f := range change {
		f(&config)
	}
	c, err := ddapi.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func least() float64 { return 0 }

// respondInOrder serves the responses one after the other and then repeats the last one.
func respondInOrder(all ...http.HandlerFunc) http.HandlerFunc {
	var mu sync.Mutex
	return func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		h := all[0]
		if len(all) > 1 {
			all = all[1:]
		}
		mu.Unlock()
		h(w, r)
	}
}

func respond(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

// reset closes the connection without a response.
func reset(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func TestRequestHeadersAndBody(t *testing.T) {
	var got []string
	c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
		var body any
		_ = json.NewDecoder(r.Body).Decode(&body)
		got = append(got, fmt.Sprintf("%s %s %v", r.Method, r.URL, body))
		if r.Header.Get("DD-API-KEY") != apiKey || r.Header.Get("DD-APPLICATION-KEY") != appKey {
			t.Errorf("missing keys: %v", r.Header)
		}
		if r.Header.Get("User-Agent") != "ddmon/test" {
			t.Errorf("user agent %q", r.Header.Get("User-Agent"))
		}
		switch r.URL.Path {
		case "/api/v1/monitor":
			fmt.Fprint(w, `{"id":12345678901234567,"x":1.50}`)
		case "/api/v1/monitor/7":
			fmt.Fprint(w, `{"id":7}`)
		default:
			fmt.Fprint(w, `{"id":"abc-def-ghi"}`)
		}
	})
	ctx := t.Context()
	body := map[string]any{"name": "a > b", "n": json.Number("1.50")}
	out, err := c.Create(ctx, monitor, body, nil)
	if err != nil || out["id"] != json.Number("12345678901234567") || out["x"] != json.Number("1.50") {
		t.Errorf("numbers must keep their digits: %v, %v", out, err)
	}
	_, err1 := c.Update(ctx, monitor, "7", body, nil)
	_, err2 := c.Get(ctx, dashboard, "abc-def-ghi")
	err = errors.Join(err1, err2, c.Delete(ctx, monitor, "7", nil), c.Validate(ctx, monitor, "", body), c.Validate(ctx, monitor, "7", body))
	if err != nil {
		t.Error(err)
	}
	want := []string{
		"POST /api/v1/monitor map[n:1.5 name:a > b]",
		"PUT /api/v1/monitor/7 map[n:1.5 name:a > b]",
		"GET /api/v1/dashboard/abc-def-ghi <nil>",
		"DELETE /api/v1/monitor/7 <nil>",
		"POST /api/v1/monitor/validate map[n:1.5 name:a > b]",
		"POST /api/v1/monitor/7/validate map[n:1.5 name:a > b]",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if c.Requests() != len(want) {
		t.Errorf("%d requests counted", c.Requests())
	}
}

func TestNewRejectsInvalidKeys(t *testing.T) {
	for _, tt := range []struct{ api, app, want string }{
		{"", appKey, "DD_API_KEY is not set"},
		{apiKey, "", "DD_APP_KEY is not set"},
		{"", "", "DD_API_KEY is not set\nDD_APP_KEY is not set"},
		{apiKey + "\n", appKey, "DD_API_KEY contains a space"},
		{apiKey, "fedcba98 76543210", "DD_APP_KEY contains a space"},
		{apiKey, appKey + "\t", "DD_APP_KEY contains a space"},
		{apiKey, "\x00" + appKey, "DD_APP_KEY contains a space"},
		{apiKey, appKey + "\x7f", "DD_APP_KEY contains a space"},
		{apiKey, appKey + "é", "DD_APP_KEY contains a space"},
		{apiKey, "\xff" + appKey, "DD_APP_KEY contains a space"},
		{apiKey + " ", appKey + " ", "invalid character: set it again\nDD_APP_KEY contains a space"},
	} {
		_, err := ddapi.New(ddapi.Config{APIKey: tt.api, AppKey: tt.app})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q %q: %v", tt.api, tt.app, err)
		}
		if err != nil && (strings.Contains(err.Error(), "76543210") || strings.Contains(err.Error(), "abcdef")) {
			t.Errorf("the error contains the key: %v", err)
		}
	}
	for _, key := range []string{"!", "~", "!~", "a", strings.Repeat("k", 200)} {
		if _, err := ddapi.New(ddapi.Config{APIKey: key, AppKey: key}); err != nil {
			t.Errorf("%q: %v", key, err)
		}
	}
}

func TestDeleteNotFound(t *testing.T) {
	c, _ := start(t, respond(404, `{"errors":["Monitor not found"]}`))
	if err := c.Delete(t.Context(), monitor, "7", nil); err != nil {
		t.Error(err)
	}
	if _, err := c.Get(t.Context(), monitor, "7"); !ddapi.NotFound(err) {
		t.Errorf("%v", err)
	}
	// A web page from a proxy does not mean that the object is deleted.
	c, _ = start(t, respond(200, "<html>Please log in</html>"))
	if err := c.Delete(t.Context(), monitor, "7", nil); err == nil {
		t.Error("a web page counts as a deletion")
	}
	c, _ = start(t, respond(404, "<html>no such page</html>"))
	if err := c.Delete(t.Context(), monitor, "7", nil); err == nil {
		t.Error("a web page counts as a deletion")
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

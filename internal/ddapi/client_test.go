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
	monitor   = &kind.Kind{Name: "monitor", Endpoint: "/api/v1/monitor", Title: "name", UpdateMerges: true, Validates: true}
	dashboard = &kind.Kind{Name: "dashboard", Endpoint: "/api/v1/dashboard", Title: "title", Summaries: true}
)

const (
	apiKey = "0123456789abcdef0123456789abcdef"
	appKey = "fedcba9876543210fedcba9876543210fedcba98"
)

// waits records how long a client would have slept.
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

// start serves h and returns a client of it that never really waits.
func start(t *testing.T, h http.HandlerFunc) (*ddapi.Client, *waits) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	w := &waits{}
	c, err := ddapi.New(ddapi.Config{APIKey: apiKey, AppKey: appKey, Host: server.URL, UserAgent: "ddmon/test", Sleep: w.sleep})
	if err != nil {
		t.Fatal(err)
	}
	return c, w
}

// answers serves one answer after the other, the last one for ever.
func answers(all ...http.HandlerFunc) http.HandlerFunc {
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

func answer(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

// reset breaks the connection without an answer.
func reset(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func TestRequestsCarryKeysAndBody(t *testing.T) {
	var got []string
	c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
		var body any
		_ = json.NewDecoder(r.Body).Decode(&body)
		got = append(got, fmt.Sprintf("%s %s %v", r.Method, r.URL, body))
		if r.Header.Get("DD-API-KEY") != apiKey || r.Header.Get("DD-APPLICATION-KEY") != appKey {
			t.Errorf("keys are missing: %v", r.Header)
		}
		if r.Header.Get("User-Agent") != "ddmon/test" {
			t.Errorf("user agent %q", r.Header.Get("User-Agent"))
		}
		fmt.Fprint(w, `{"id":12345678901234567,"x":1.50}`)
	})
	ctx := t.Context()
	body := map[string]any{"name": "a > b", "n": json.Number("1.50")}
	out, err := c.Create(ctx, monitor, body)
	if err != nil || out["id"] != json.Number("12345678901234567") || out["x"] != json.Number("1.50") {
		t.Errorf("numbers must keep their digits: %v, %v", out, err)
	}
	_, err1 := c.Update(ctx, monitor, "7", body)
	_, err2 := c.Get(ctx, dashboard, "abc-def-ghi")
	err = errors.Join(err1, err2, c.Delete(ctx, monitor, "7"), c.Validate(ctx, monitor, "", body), c.Validate(ctx, monitor, "7", body))
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

func TestNewRefusesKeys(t *testing.T) {
	for _, tt := range []struct{ api, app, want string }{
		{"", appKey, "set DD_API_KEY"},
		{apiKey, "", "set DD_APP_KEY"},
		{"", "", "set DD_API_KEY\nthere is no key: set DD_APP_KEY"},
		{apiKey + "\n", appKey, "DD_API_KEY holds a blank"},
		{apiKey, "fedcba98 76543210", "DD_APP_KEY holds a blank"},
	} {
		_, err := ddapi.New(ddapi.Config{APIKey: tt.api, AppKey: tt.app})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q %q: %v", tt.api, tt.app, err)
		}
		if err != nil && (strings.Contains(err.Error(), "76543210") || strings.Contains(err.Error(), "abcdef")) {
			t.Errorf("the error tells the key: %v", err)
		}
	}
}

func TestDeleteOfWhatIsGone(t *testing.T) {
	c, _ := start(t, answer(404, `{"errors":["Monitor not found"]}`))
	if err := c.Delete(t.Context(), monitor, "7"); err != nil {
		t.Error(err)
	}
	if _, err := c.Get(t.Context(), monitor, "7"); !ddapi.NotFound(err) {
		t.Errorf("%v", err)
	}
	// A page that some proxy answers is no proof that the object is gone.
	c, _ = start(t, answer(200, "<html>Please log in</html>"))
	if err := c.Delete(t.Context(), monitor, "7"); err == nil {
		t.Error("a web page is no deletion")
	}
	c, _ = start(t, answer(404, "<html>no such page</html>"))
	if err := c.Delete(t.Context(), monitor, "7"); err == nil {
		t.Error("a web page is no deletion")
	}
}

func TestRetries(t *testing.T) {
	busy := answer(429, `{"errors":["Too many requests"]}`, "X-RateLimit-Reset", "7")
	badGateway := answer(502, `{"errors":["Bad Gateway"]}`)
	ok := answer(200, `{"id":7}`)
	type op func(*ddapi.Client) error
	get := func(c *ddapi.Client) error { _, err := c.Get(t.Context(), monitor, "7"); return err }
	create := func(c *ddapi.Client) error {
		_, err := c.Create(t.Context(), monitor, map[string]any{"name": "a"})
		return err
	}
	update := func(c *ddapi.Client) error {
		_, err := c.Update(t.Context(), monitor, "7", map[string]any{"name": "a"})
		return err
	}
	validate := func(c *ddapi.Client) error { return c.Validate(t.Context(), monitor, "", map[string]any{"name": "a"}) }
	remove := func(c *ddapi.Client) error { return c.Delete(t.Context(), monitor, "7") }
	s := time.Second
	for name, tt := range map[string]struct {
		op       op
		answers  []http.HandlerFunc
		waits    []time.Duration
		requests int
		fails    bool
	}{
		"get waits for the budget":      {get, []http.HandlerFunc{busy, ok}, []time.Duration{7 * s}, 2, false},
		"get, budget by other headers":  {get, []http.HandlerFunc{answer(429, "", "Retry-After", "3"), ok}, []time.Duration{3 * s}, 2, false},
		"get, no header":                {get, []http.HandlerFunc{answer(429, ""), answer(429, ""), ok}, []time.Duration{s, 2 * s}, 3, false},
		"get, absurd header":            {get, []http.HandlerFunc{answer(429, "", "X-RateLimit-Reset", "1e300"), ok}, []time.Duration{90 * s}, 2, false},
		"get, header that is no number": {get, []http.HandlerFunc{answer(429, "", "X-RateLimit-Reset", "NaN"), ok}, []time.Duration{s}, 2, false},
		"get after a bad gateway":       {get, []http.HandlerFunc{badGateway, answer(503, ""), answer(504, ""), ok}, []time.Duration{s, 2 * s, 4 * s}, 4, false},
		"get after a broken connection": {get, []http.HandlerFunc{reset, ok}, []time.Duration{s}, 2, false},
		"get after half an answer":      {get, []http.HandlerFunc{answer(200, `{"id":`, "Content-Length", "50"), ok}, []time.Duration{s}, 2, false},
		"get gives up":                  {get, []http.HandlerFunc{badGateway}, []time.Duration{s, 2 * s, 4 * s, 8 * s}, 5, true},
		"get, 500":                      {get, []http.HandlerFunc{answer(500, ""), ok}, nil, 1, true},
		"validate over the budget":      {validate, []http.HandlerFunc{busy, ok}, []time.Duration{7 * s}, 2, false},
		"validate after a bad gateway":  {validate, []http.HandlerFunc{badGateway, reset, ok}, []time.Duration{s, 2 * s}, 3, false},
		"create over the budget":        {create, []http.HandlerFunc{busy, ok}, nil, 1, true},
		"create after a bad gateway":    {create, []http.HandlerFunc{badGateway, ok}, nil, 1, true},
		"create, broken connection":     {create, []http.HandlerFunc{reset, ok}, nil, 1, true},
		"create, half an answer":        {create, []http.HandlerFunc{answer(200, `{"id":`), ok}, nil, 1, true},
		"update over the budget":        {update, []http.HandlerFunc{busy, ok}, []time.Duration{7 * s}, 2, false},
		"update after a bad gateway":    {update, []http.HandlerFunc{badGateway, ok}, nil, 1, true},
		"delete over the budget":        {remove, []http.HandlerFunc{busy, ok}, []time.Duration{7 * s}, 2, false},
		"delete after a bad gateway":    {remove, []http.HandlerFunc{badGateway, ok}, nil, 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			c, w := start(t, answers(tt.answers...))
			err := tt.op(c)
			if (err != nil) != tt.fails || c.Requests() != tt.requests || !slices.Equal(w.all, tt.waits) {
				t.Errorf("%v, %d requests, waits %v", err, c.Requests(), w.all)
			}
		})
	}
}

func TestContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c, w := start(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err := c.Get(ctx, monitor, "7")
	if !errors.Is(err, context.Canceled) || c.Requests() != 1 || len(w.all) != 0 {
		t.Errorf("in flight: %v, %d requests", err, c.Requests())
	}
	if _, err = c.Get(ctx, monitor, "7"); !errors.Is(err, context.Canceled) || c.Requests() != 1 {
		t.Errorf("before: %v, %d requests", err, c.Requests())
	}
	ctx, cancel = context.WithCancel(t.Context())
	c, _ = start(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusTooManyRequests)
		cancel()
	})
	if _, err = c.Get(ctx, monitor, "7"); !errors.Is(err, context.Canceled) || c.Requests() != 1 {
		t.Errorf("while waiting: %v, %d requests", err, c.Requests())
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

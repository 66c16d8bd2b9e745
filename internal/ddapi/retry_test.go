package ddapi_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"ddmon/internal/ddapi"
)

const ms = time.Millisecond

// passingCheck is a check that always succeeds.
func passingCheck(context.Context, bool) error { return nil }

// operations returns the calls that differ in how they handle errors.
func operations(ctx context.Context) map[string]func(*ddapi.Client) error {
	body := map[string]any{"name": "a"}
	return map[string]func(*ddapi.Client) error{
		"get":      func(c *ddapi.Client) error { _, err := c.Get(ctx, monitor, "7"); return err },
		"validate": func(c *ddapi.Client) error { return c.Validate(ctx, monitor, "", body) },
		"update":   func(c *ddapi.Client) error { _, err := c.Update(ctx, monitor, "7", body, nil); return err },
		"delete":   func(c *ddapi.Client) error { return c.Delete(ctx, monitor, "7", nil) },
		"create":   func(c *ddapi.Client) error { _, err := c.Create(ctx, monitor, body, passingCheck); return err },
		"unchecked create": func(c *ddapi.Client) error {
			_, err := c.Create(ctx, monitor, body, nil)
			return err
		},
	}
}

// TestRetries breaks the first attempt of each operation.
func TestRetries(t *testing.T) {
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		wait   time.Duration // before the second attempt; 0 for no wait
		undone bool          // the response means that the request was not applied
	}{
		"over the limit":                  {respond(429, `{"errors":["slow"]}`, "X-RateLimit-Reset", "7"), 7000 * ms, true},
		"over the limit, other header":    {respond(429, "", "Retry-After", "3"), 3000 * ms, true},
		"over the limit, no header":       {respond(429, ""), 500 * ms, true},
		"over the limit, short":           {respond(429, "", "X-RateLimit-Reset", "0.1"), 1000 * ms, true},
		"over the limit, absurd header":   {respond(429, "", "X-RateLimit-Reset", "1e300"), 90000 * ms, true},
		"over the limit, invalid header":  {respond(429, "", "X-RateLimit-Reset", "NaN"), 500 * ms, true},
		"over the limit, negative":        {respond(429, "", "X-RateLimit-Reset", "-5"), 500 * ms, true},
		"500":                             {respond(500, `{"errors":["Internal"]}`), 500 * ms, false},
		"502":                             {respond(502, `{"errors":["Bad Gateway"]}`), 500 * ms, false},
		"502, limit's header":             {respond(502, "", "X-RateLimit-Reset", "7", "Retry-After", "3"), 500 * ms, false},
		"503":                             {respond(503, "", "X-RateLimit-Reset", "7"), 500 * ms, false},
		"503 with Retry-After":            {respond(503, "", "Retry-After", "4"), 4000 * ms, false},
		"504":                             {respond(504, "<html>Timeout</html>"), 500 * ms, false},
		"broken connection":               {reset, 500 * ms, false},
		"response is cut off":             {respond(200, `{"id":`, "Content-Length", "50"), 500 * ms, false},
		"half a response with its length": {respond(200, `{"id":`), 500 * ms, false},
		"web page":                        {respond(200, "<html>"), 500 * ms, false},
		"other JSON type":                 {respond(200, "[]"), 500 * ms, false},
		"empty response":                  {respond(200, ""), 500 * ms, false},
		"400":                             {respond(400, `{"errors":["no"]}`), 0, false},
		"403":                             {respond(403, `{"errors":["Forbidden"]}`), 0, false},
		"409":                             {respond(409, `{"errors":["no"]}`), 0, false},
		"501":                             {respond(501, ""), 0, false},
		"redirect":                        {respond(302, "", "Location", "http://x.invalid"), 0, false},
	} {
		for op, do := range operations(t.Context()) {
			t.Run(op+"/"+name, func(t *testing.T) {
				c, w := start(t, respondInOrder(tt.answer, respond(200, `{"id":7}`)))
				err := do(c)
				var want []time.Duration
				if tt.wait > 0 && (tt.undone || op != "unchecked create") {
					want = []time.Duration{tt.wait}
				}
				if (err == nil) != (want != nil) || !slices.Equal(w.all, want) || c.Requests() != 1+len(want) {
					t.Errorf("%v, %d requests, waits %v", err, c.Requests(), w.all)
				}
			})
		}
	}
}

// TestRetryLimit breaks all attempts.
func TestRetryLimit(t *testing.T) {
	backoff := []time.Duration{500 * ms, 1000 * ms, 2000 * ms, 4000 * ms}
	for name, tt := range map[string]struct {
		answers []http.HandlerFunc
		waits   []time.Duration
		says    string
	}{
		"502":             {[]http.HandlerFunc{respond(502, "")}, backoff, "Tried 5 times over 7.5s"},
		"reset":           {[]http.HandlerFunc{reset}, backoff, "(HTTPS_PROXY). Tried 5 times over 7.5s"},
		"broken off":      {[]http.HandlerFunc{respond(200, `{"id":`, "Content-Length", "50")}, backoff, "was cut off. Try again. Tried 5 times"},
		"half an answer":  {[]http.HandlerFunc{respond(200, `{"id":`)}, backoff, "was cut off. Try again. Tried 5 times"},
		"web page":        {[]http.HandlerFunc{respond(200, "<html>")}, backoff[:1], "Tried 2 times over 500ms"},
		"web page, later": {[]http.HandlerFunc{respond(502, ""), respond(200, "[]"), respond(502, ""), respond(200, "")}, backoff[:3], "Tried 4 times"},
		"limit":           {[]http.HandlerFunc{respond(429, "", "Retry-After", "60")}, []time.Duration{time.Minute, time.Minute, time.Minute, time.Minute}, "Tried 5 times over 4m0s"},
		// A fourth wait would exceed the deadline of five minutes.
		"deadline": {[]http.HandlerFunc{respond(429, "", "Retry-After", "80")}, []time.Duration{80 * time.Second, 80 * time.Second, 80 * time.Second}, "Tried 4 times over 4m0s"},
	} {
		t.Run(name, func(t *testing.T) {
			c, w := start(t, respondInOrder(tt.answers...))
			_, err := c.Get(t.Context(), monitor, "7")
			if err == nil || !strings.Contains(err.Error(), tt.says) || !slices.Equal(w.all, tt.waits) || c.Requests() != len(tt.waits)+1 {
				t.Errorf("%v, %d requests, waits %v", err, c.Requests(), w.all)
			}
		})
	}
}

func TestConfiguredDeadline(t *testing.T) {
	c, w := start(t, respond(502, ""), func(config *ddapi.Config) { config.Deadline = 1499 * ms })
	if err := c.Validate(t.Context(), monitor, "", nil); err == nil || !slices.Equal(w.all, []time.Duration{500 * ms}) {
		t.Errorf("%v, waits %v", err, w.all)
	}
}

func TestJitter(t *testing.T) {
	c, w := start(t, respond(502, ""), func(config *ddapi.Config) { config.Jitter = func() float64 { return 0.5 } })
	_, _ = c.Get(t.Context(), monitor, "7")
	if want := []time.Duration{750 * ms, 1500 * ms, 3000 * ms, 6000 * ms}; !slices.Equal(w.all, want) {
		t.Errorf("waits %v", w.all)
	}
	c, w = start(t, respond(502, ""), func(config *ddapi.Config) { config.Jitter = nil })
	_, _ = c.Get(t.Context(), monitor, "7")
	if len(w.all) != 4 || w.all[0] < 500*ms || w.all[0] >= time.Second || w.all[3] < 4*time.Second || w.all[3] >= 8*time.Second {
		t.Errorf("waits %v", w.all)
	}
}

// TestLostEarlierAttempt: a definite error of a later attempt does not hide that an earlier attempt may have been
// applied.
func TestLostEarlierAttempt(t *testing.T) {
	const nevertheless = "An earlier attempt may have been applied anyway"
	c, _ := start(t, respondInOrder(respond(502, ""), respond(400, `{"errors":["no"]}`)))
	for op, want := range map[string]bool{"update": true, "create": true, "get": false, "validate": false} {
		c, _ := start(t, respondInOrder(respond(502, ""), respond(400, `{"errors":["no"]}`)))
		if err := operations(t.Context())[op](c); err == nil || strings.Contains(err.Error(), nevertheless) != want {
			t.Errorf("%s: %v", op, err)
		}
	}
	_, err := c.Update(t.Context(), monitor, "7", nil, nil)
	if !isStatus(err, 400) || strings.Contains(err.Error(), "tried") {
		t.Errorf("%v", err)
	}
}

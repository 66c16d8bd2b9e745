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

// free is a check that finds nothing in the way.
func free(context.Context, bool) error { return nil }

// operations are the calls that differ in what is done after a fault.
func operations(ctx context.Context) map[string]func(*ddapi.Client) error {
	body := map[string]any{"name": "a"}
	return map[string]func(*ddapi.Client) error{
		"get":      func(c *ddapi.Client) error { _, err := c.Get(ctx, monitor, "7"); return err },
		"validate": func(c *ddapi.Client) error { return c.Validate(ctx, monitor, "", body) },
		"update":   func(c *ddapi.Client) error { _, err := c.Update(ctx, monitor, "7", body, nil); return err },
		"delete":   func(c *ddapi.Client) error { return c.Delete(ctx, monitor, "7", nil) },
		"create":   func(c *ddapi.Client) error { _, err := c.Create(ctx, monitor, body, free); return err },
		"unchecked create": func(c *ddapi.Client) error {
			_, err := c.Create(ctx, monitor, body, nil)
			return err
		},
	}
}

// TestRetries breaks the first try of each operation in each way.
func TestRetries(t *testing.T) {
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		wait   time.Duration // before the second try; 0 is none
		undone bool          // the answer says for certain that nothing was done
	}{
		"over the limit":                 {answer(429, `{"errors":["slow"]}`, "X-RateLimit-Reset", "7"), 7000 * ms, true},
		"over the limit, other header":   {answer(429, "", "Retry-After", "3"), 3000 * ms, true},
		"over the limit, no header":      {answer(429, ""), 500 * ms, true},
		"over the limit, short":          {answer(429, "", "X-RateLimit-Reset", "0.1"), 1000 * ms, true},
		"over the limit, absurd header":  {answer(429, "", "X-RateLimit-Reset", "1e300"), 90000 * ms, true},
		"over the limit, odd header":     {answer(429, "", "X-RateLimit-Reset", "NaN"), 500 * ms, true},
		"over the limit, negative":       {answer(429, "", "X-RateLimit-Reset", "-5"), 500 * ms, true},
		"500":                            {answer(500, `{"errors":["Internal"]}`), 500 * ms, false},
		"502":                            {answer(502, `{"errors":["Bad Gateway"]}`), 500 * ms, false},
		"502, limit's header":            {answer(502, "", "X-RateLimit-Reset", "7", "Retry-After", "3"), 500 * ms, false},
		"503":                            {answer(503, "", "X-RateLimit-Reset", "7"), 500 * ms, false},
		"503 that says when":             {answer(503, "", "Retry-After", "4"), 4000 * ms, false},
		"504":                            {answer(504, "<html>Timeout</html>"), 500 * ms, false},
		"broken connection":              {reset, 500 * ms, false},
		"answer that breaks off":         {answer(200, `{"id":`, "Content-Length", "50"), 500 * ms, false},
		"half an answer, as if complete": {answer(200, `{"id":`), 500 * ms, false},
		"web page":                       {answer(200, "<html>"), 500 * ms, false},
		"another form":                   {answer(200, "[]"), 500 * ms, false},
		"empty answer":                   {answer(200, ""), 500 * ms, false},
		"400":                            {answer(400, `{"errors":["no"]}`), 0, false},
		"403":                            {answer(403, `{"errors":["Forbidden"]}`), 0, false},
		"409":                            {answer(409, `{"errors":["no"]}`), 0, false},
		"501":                            {answer(501, ""), 0, false},
		"redirect":                       {answer(302, "", "Location", "http://x.invalid"), 0, false},
	} {
		for op, do := range operations(t.Context()) {
			t.Run(op+"/"+name, func(t *testing.T) {
				c, w := start(t, answers(tt.answer, answer(200, `{"id":7}`)))
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

// TestGivingUp breaks every try.
func TestGivingUp(t *testing.T) {
	backoff := []time.Duration{500 * ms, 1000 * ms, 2000 * ms, 4000 * ms}
	for name, tt := range map[string]struct {
		answers []http.HandlerFunc
		waits   []time.Duration
		says    string
	}{
		"502":             {[]http.HandlerFunc{answer(502, "")}, backoff, "Tried 5 times over 7.5s"},
		"reset":           {[]http.HandlerFunc{reset}, backoff, "(HTTPS_PROXY). Tried 5 times over 7.5s"},
		"broken off":      {[]http.HandlerFunc{answer(200, `{"id":`, "Content-Length", "50")}, backoff, "was cut off. Try again. Tried 5 times"},
		"half an answer":  {[]http.HandlerFunc{answer(200, `{"id":`)}, backoff, "was cut off. Try again. Tried 5 times"},
		"web page":        {[]http.HandlerFunc{answer(200, "<html>")}, backoff[:1], "Tried 2 times over 500ms"},
		"web page, later": {[]http.HandlerFunc{answer(502, ""), answer(200, "[]"), answer(502, ""), answer(200, "")}, backoff[:3], "Tried 4 times"},
		"limit":           {[]http.HandlerFunc{answer(429, "", "Retry-After", "60")}, []time.Duration{time.Minute, time.Minute, time.Minute, time.Minute}, "Tried 5 times over 4m0s"},
		// A fourth wait would go past the deadline of five minutes.
		"deadline": {[]http.HandlerFunc{answer(429, "", "Retry-After", "80")}, []time.Duration{80 * time.Second, 80 * time.Second, 80 * time.Second}, "Tried 4 times over 4m0s"},
	} {
		t.Run(name, func(t *testing.T) {
			c, w := start(t, answers(tt.answers...))
			_, err := c.Get(t.Context(), monitor, "7")
			if err == nil || !strings.Contains(err.Error(), tt.says) || !slices.Equal(w.all, tt.waits) || c.Requests() != len(tt.waits)+1 {
				t.Errorf("%v, %d requests, waits %v", err, c.Requests(), w.all)
			}
		})
	}
}

func TestDeadlineOfTheConfiguration(t *testing.T) {
	c, w := start(t, answer(502, ""), func(config *ddapi.Config) { config.Deadline = 1499 * ms })
	if err := c.Validate(t.Context(), monitor, "", nil); err == nil || !slices.Equal(w.all, []time.Duration{500 * ms}) {
		t.Errorf("%v, waits %v", err, w.all)
	}
}

func TestJitter(t *testing.T) {
	c, w := start(t, answer(502, ""), func(config *ddapi.Config) { config.Jitter = func() float64 { return 0.5 } })
	_, _ = c.Get(t.Context(), monitor, "7")
	if want := []time.Duration{750 * ms, 1500 * ms, 3000 * ms, 6000 * ms}; !slices.Equal(w.all, want) {
		t.Errorf("waits %v", w.all)
	}
	c, w = start(t, answer(502, ""), func(config *ddapi.Config) { config.Jitter = nil })
	_, _ = c.Get(t.Context(), monitor, "7")
	if len(w.all) != 4 || w.all[0] < 500*ms || w.all[0] >= time.Second || w.all[3] < 4*time.Second || w.all[3] >= 8*time.Second {
		t.Errorf("waits %v", w.all)
	}
}

// TestEarlierTryThatWasLost shows that a certain answer to a later try does not hide what an earlier one may have done.
func TestEarlierTryThatWasLost(t *testing.T) {
	const nevertheless = "An earlier attempt may have been applied anyway"
	c, _ := start(t, answers(answer(502, ""), answer(400, `{"errors":["no"]}`)))
	for op, want := range map[string]bool{"update": true, "create": true, "get": false, "validate": false} {
		c, _ := start(t, answers(answer(502, ""), answer(400, `{"errors":["no"]}`)))
		if err := operations(t.Context())[op](c); err == nil || strings.Contains(err.Error(), nevertheless) != want {
			t.Errorf("%s: %v", op, err)
		}
	}
	_, err := c.Update(t.Context(), monitor, "7", nil, nil)
	if !isStatus(err, 400) || strings.Contains(err.Error(), "tried") {
		t.Errorf("%v", err)
	}
}

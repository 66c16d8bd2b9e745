package ddapi_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"ddmon/internal/ddapi"
)

// create creates a monitor and returns the error.
func create(t *testing.T, c *ddapi.Client) error {
	t.Helper()
	_, err := c.Create(t.Context(), monitor, map[string]any{"name": "a"}, nil)
	if err == nil {
		t.Fatal("no error")
	}
	return err
}

func TestErrorMessages(t *testing.T) {
	for name, tt := range map[string]struct {
		status int
		body   string
		want   string // "BASE" is the server's address
	}{
		"list of texts": {400, `{"errors":["The parameter 'type' is required","second"]}`,
			"cannot create the monitor: Datadog returned 400 Bad Request: The parameter 'type' is required; second"},
		"list of objects": {400, `{"errors":[{"id":null,"status":"HTTPStatus.BAD_REQUEST","title":"Bad Request","detail":"widgets.0 is wrong"},{"title":"Only this","detail":""}]}`,
			"cannot create the monitor: Datadog returned 400 Bad Request: widgets.0 is wrong; Only this"},
		"map": {409, `{"errors":{"12":["monitor [12,a] is referenced in composite monitors: [13,b]"]},"data":{"ok":[]}}`,
			"cannot create the monitor: Datadog returned 409 Conflict: 12: monitor [12,a] is referenced in composite monitors: [13,b]"},
		"one text":        {400, `{"errors":"plain"}`, "cannot create the monitor: Datadog returned 400 Bad Request: plain"},
		"error":           {400, `{"error":"singular"}`, "cannot create the monitor: Datadog returned 400 Bad Request: singular"},
		"no text":         {400, `{"errors":[]}`, "cannot create the monitor: Datadog returned 400 Bad Request"},
		"null":            {400, `{"errors":null}`, "cannot create the monitor: Datadog returned 400 Bad Request"},
		"odd list":        {400, `{"errors":[1,null,["deep"]]}`, "cannot create the monitor: Datadog returned 400 Bad Request: deep"},
		"control":         {400, `{"errors":["a\u001b[31mred\u0007\nb\u202ec\u009b"]}`, "cannot create the monitor: Datadog returned 400 Bad Request: a [31mred b c"},
		"server":          {500, `{"errors":["Internal error"]}`, "cannot create the monitor: Datadog returned 500 Internal Server Error: Internal error. The change may have been applied anyway: run `ddmon plan` to check"},
		"rate":            {429, `{"errors":["slow down"]}`, "cannot create the monitor: Datadog returned 429 Too Many Requests: slow down. The rate limit is exceeded: wait a minute and try again. Tried 5 times over 7.5s"},
		"forbidden":       {403, `{"status":"error","code":403,"errors":["Forbidden"]}`, "cannot create the monitor: Datadog returned 403 Forbidden. Check that DD_API_KEY and DD_APP_KEY are keys for BASE (otherwise set DD_SITE or DD_HOST), and that the application key has the permission monitors_write"},
		"denied":          {403, `{"errors":["Access was denied to this resource."]}`, "cannot create the monitor: Datadog returned 403 Forbidden: Access was denied to this resource. Check that DD_API_KEY and DD_APP_KEY are keys for BASE (otherwise set DD_SITE or DD_HOST), and that the application key has the permission monitors_write"},
		"unknown key":     {401, `{"errors":["Unauthorized"]}`, "cannot create the monitor: Datadog returned 401 Unauthorized. Check that DD_API_KEY and DD_APP_KEY are keys for BASE (otherwise set DD_SITE or DD_HOST), and that the application key has the permission monitors_write"},
		"web page":        {404, "<html>\n<h1>Nothing\x1b here</h1>", `cannot create the monitor: Datadog returned 404 Not Found. The response from BASE is not JSON: check DD_HOST and DD_SITE. It begins with "<html> <h1>Nothing here</h1>"`},
		"empty":           {404, "", "cannot create the monitor: Datadog returned 404 Not Found. The response from BASE is empty: check DD_HOST and DD_SITE"},
		"JSON, no object": {404, `["x"]`, `cannot create the monitor: Datadog returned 404 Not Found. The response from BASE is not JSON: check DD_HOST and DD_SITE. It begins with "[\"x\"]"`},
		"success without JSON": {200, "<!doctype html><title>Log in</title>",
			`cannot create the monitor: the response from BASE is not JSON: check DD_HOST and DD_SITE. It begins with "<!doctype html><title>Log in</title>". The change may have been applied anyway: run ` + "`ddmon plan` to check"},
		"success of another form": {200, "[]", "cannot create the monitor: the response from BASE has an unexpected format"},
		"success, null":           {200, "null", "cannot create the monitor: the response from BASE has an unexpected format: it is null"},
		"success, nothing":        {200, "", "cannot create the monitor: the response from BASE is empty. Check DD_HOST and DD_SITE"},
		"success, truncated":      {200, `{"id":12,"na`, "cannot create the monitor: the response from BASE was cut off. Try again"},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := start(t, respond(tt.status, tt.body))
			got := create(t, c).Error()
			want := strings.ReplaceAll(tt.want, "BASE", c.Base())
			if tt.status == 200 && strings.HasPrefix(got, want) || got == want {
				return
			}
			t.Errorf("got  %s\nwant %s", got, want)
		})
	}
}

func TestDuplicate(t *testing.T) {
	c, _ := start(t, respond(400, `{"errors":["Duplicate of an existing monitor_id:123 org_id:45"]}`))
	var e *ddapi.APIError
	if err := create(t, c); !errors.As(err, &e) || e.DuplicateOf != "123" || e.DuplicateID() != "123" || e.Status != 400 || e.Path != "/api/v1/monitor" {
		t.Errorf("%#v", e)
	}
}

func TestUnexpectedListFormat(t *testing.T) {
	for _, body := range []string{`{}`, `{"monitors":[]}`, `[1]`, `[null]`, `"x"`, `[{"id":1}`, `[{"id":1},`, `<html>`, ``} {
		c, _ := start(t, respond(200, body))
		if l, err := c.List(t.Context(), monitor, "s"); err == nil || len(l.Owned) > 0 {
			t.Errorf("monitors %s: %v", body, l)
		}
		c, _ = start(t, respond(200, body))
		if l, err := c.List(t.Context(), dashboard, "s"); err == nil || len(l.Owned) > 0 {
			t.Errorf("dashboards %s: %v", body, l)
		}
	}
}

func TestUnreachable(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	for host, why := range map[string]string{
		server.URL:                      "connection refused",
		"http://no-such-host.invalid:1": "no-such-host.invalid",
	} {
		c, err := ddapi.New(ddapi.Config{APIKey: apiKey, AppKey: appKey, Host: host, AllowHTTP: true, HTTPClient: &http.Client{Transport: &http.Transport{}}})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.List(t.Context(), monitor, "s")
		var e *ddapi.UnreachableError
		if !errors.As(err, &e) || e.MayBeApplied {
			t.Fatalf("%T %v", err, err)
		}
		for _, part := range []string{"cannot list the monitors: no response from " + host, why, "DD_SITE", "DD_HOST", "HTTPS_PROXY"} {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%q is missing in: %v", part, err)
			}
		}
	}
}

func TestLostWriteResponse(t *testing.T) {
	c, _ := start(t, reset)
	var e *ddapi.UnreachableError
	if err := create(t, c); !errors.As(err, &e) || !e.MayBeApplied || !strings.Contains(err.Error(), "run `ddmon plan`") {
		t.Errorf("%v", err)
	}
	if err := c.Validate(t.Context(), monitor, "", nil); !errors.As(err, &e) || e.MayBeApplied {
		t.Errorf("%v", err)
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	var followed int
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { followed++ }))
	defer other.Close()
	c, _ := start(t, respond(301, "", "Location", other.URL+"/login"))
	err := create(t, c)
	if followed != 0 || !strings.Contains(err.Error(), "redirects to "+other.URL+"/login") {
		t.Errorf("followed %d times, %v", followed, err)
	}
}

// TestErrorsContainNoKeys: Datadog, a proxy and the network repeat the keys in all parts of a response that errors
// quote.
func TestErrorsContainNoKeys(t *testing.T) {
	leak := "key " + apiKey + "/" + appKey
	quoted := `"` + leak + `"`
	c, _ := start(t, respondInOrder(
		respond(400, `{"errors":[`+quoted+`]}`),
		respond(400, `{"errors":{`+quoted+`:[`+quoted+`]}}`),
		respond(403, leak), respond(404, leak), respond(200, leak), respond(200, `[`+quoted+`]`), respond(200, `{"id":`+quoted+` `+quoted+`}`),
		respond(302, "", "Location", "http://x.invalid/?k="+apiKey+"&a="+appKey),
		respond(418, `{"errors":["`+strings.Repeat("x", 295)+apiKey+`"]}`),
		respond(404, strings.Repeat("y", 290)+apiKey),
	))
	for range 10 {
		// checkText checks that a message contains no key or most of a key, and no control characters.
		checkText(t, create(t, c).Error())
	}
	client := &http.Client{Transport: failing(leak)}
	c, err := ddapi.New(ddapi.Config{APIKey: apiKey, AppKey: appKey, Host: "x.invalid", HTTPClient: client})
	if err != nil {
		t.Fatal(err)
	}
	checkText(t, create(t, c).Error())
}

// checkText accepts no key, nor most of one, and nothing that a terminal would act on.
func checkText(t *testing.T, text string) {
	t.Helper()
	for _, key := range []string{apiKey, appKey} {
		if strings.Contains(text, key[:12]) || strings.Contains(text, key[10:]) {
			t.Errorf("contains a key: %q", text)
		}
	}
	for _, r := range text {
		if !unicode.IsPrint(r) {
			t.Errorf("contains %U: %q", r, text)
		}
	}
}

type failing string

func (f failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New(string(f)) }

// TestTruncatedKeys: errors quote only the start of a web page, which can end inside a key.
func TestTruncatedKeys(t *testing.T) {
	address := regexp.MustCompile(`127\.0\.0\.1:\d+`)
	for _, key := range []string{apiKey, appKey} {
		for blanks := 250; blanks < 300; blanks++ {
			c, _ := start(t, respond(404, "<"+strings.Repeat(" ", blanks)+key))
			// The server's port can contain the same digits.
			text := address.ReplaceAllString(create(t, c).Error(), "")
			if strings.Contains(text, key[:4]) {
				t.Fatalf("after %d blanks: %s", blanks, text)
			}
		}
	}
}

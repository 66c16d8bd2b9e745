package ddapi_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"ddmon/internal/ddapi"
)

// TestKeysOverPlainHTTP: over plain HTTP, the client sends keys only to this machine, unless that is allowed.
func TestKeysOverPlainHTTP(t *testing.T) {
	fresh := func(host string, allow bool) error {
		_, err := ddapi.New(ddapi.Config{APIKey: apiKey, AppKey: appKey, Host: host, AllowHTTP: allow})
		return err
	}
	for _, host := range []string{
		"http://127.0.0.1:8765", "http://127.0.0.1", "http://127.1.2.3:1", "http://localhost:8765", "http://LOCALHOST", "http://[::1]:8765",
		"http://[::ffff:127.0.0.1]:1", "127.0.0.1:8765", "localhost", "[::1]:1", "https://api.datadoghq.com", "api.datadoghq.com",
		"localhost.evil.example", "127.0.0.1.evil.example", // without a scheme, so https
	} {
		if err := fresh(host, false); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
	for _, host := range []string{
		"http://api.datadoghq.com", "http://proxy.example.com:8080/datadog", "HTTP://api.datadoghq.com", "http://localhost.evil.example",
		"http://127.0.0.1.evil.example", "http://evil.localhost", "http://localhost.", "http://localhosts", "http://2130706433", "http://0x7f000001",
		"http://0177.0.0.1", "http://127.1", "http://127.0.0.1.", "http://0.0.0.0:1", "http://[::]:1", "http://10.0.0.1", "http://192.168.0.1",
		"http://169.254.169.254", "http://[fe80::1]", "http://[::ffff:10.0.0.1]", "http://[::127.0.0.1]", "http://128.0.0.1",
	} {
		err := fresh(host, false)
		if err == nil || !strings.Contains(err.Error(), "plain text") || !strings.Contains(err.Error(), "DDMON_ALLOW_HTTP=1") {
			t.Errorf("%s: %v", host, err)
		}
		if err := fresh(host, true); err != nil {
			t.Errorf("%s, allowed: %v", host, err)
		}
	}
	for _, host := range []string{
		"http://localhost@evil.example", "http://127.0.0.1:80@evil.example", "http://localhost#@evil.example", "http://localhost?@evil.example",
		`http://localhost\@evil.example`, "http://[::1%25lo]:1", "http://[::1%lo]:1", "http://localhost%00.evil.example", "http://loc\u0430lhost",
		"http://127。0。0。1", "http://①27.0.0.1", "//evil.example", "http://localhost%2eevil.example", "http:evil.example", "http:///evil.example",
	} {
		if err := fresh(host, false); err == nil {
			t.Errorf("%s: no error", host)
		}
	}
}

// TestProxyGetsNoKeys: requests to this machine do not use the environment's proxy. HTTP requests to other hosts fail.
func TestProxyGetsNoKeys(t *testing.T) {
	asked := 0
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		fmt.Fprint(w, `{"id":7}`)
	}))
	defer proxy.Close()
	server := httptest.NewServer(respond(200, `{"id":7}`))
	defer server.Close()
	address, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	shared, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		t.Fatal("no transport")
	}
	before := shared.Proxy
	shared.Proxy = http.ProxyURL(address) // without the environment's exception for this machine
	defer func() { shared.Proxy = before }()
	c := newClient(t, ddapi.Config{Host: server.URL})
	if _, err := c.Get(t.Context(), monitor, "7"); err != nil || asked != 0 {
		t.Errorf("%v, %d requests to the proxy", err, asked)
	}
	c = newClient(t, ddapi.Config{Host: "http://api.example", AllowHTTP: true})
	if _, err := c.Get(t.Context(), monitor, "7"); err != nil || asked != 1 {
		t.Errorf("allowed: %v, %d requests to the proxy", err, asked)
	}
}

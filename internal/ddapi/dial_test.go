package ddapi

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestDialLoopbackOnly checks the address to which a host name resolves.
func TestDialLoopbackOnly(t *testing.T) {
	for address, here := range map[string]bool{
		"127.0.0.1:80": true, "127.9.9.9:1": true, "[::1]:80": true, "[::ffff:127.0.0.1]:80": true,
		"10.0.0.1:80": false, "[::ffff:10.0.0.1]:80": false, "0.0.0.0:80": false, "[::]:80": false, "[fe80::1%eth0]:80": false, "93.184.216.34:80": false,
	} {
		err := requireLoopback("tcp", address, nil)
		if (err == nil) != here {
			t.Errorf("%s: %v", address, err)
		}
		if err != nil && !strings.Contains(err.Error(), "DDMON_ALLOW_HTTP=1") {
			t.Errorf("%s: %v", address, err)
		}
	}
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	unspecified := strings.Replace(server.URL, "127.0.0.1", "0.0.0.0", 1) // reaches this machine, but is not a loopback address
	for address, want := range map[string]string{server.URL: "", unspecified: "0.0.0.0 is not a loopback address"} {
		response, err := httpClient(nil, true).Get(address)
		if err == nil {
			_ = response.Body.Close()
		}
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestShortKeys: keys with fewer than 8 characters can be ordinary words in a message, such as the sandbox's key.
// Longer keys are redacted.
func TestShortKeys(t *testing.T) {
	for key, hidden := range map[string]bool{"sandbox": false, "sandbox8": true, "sandbox-9": true, "k": false} {
		c, err := New(Config{APIKey: key, AppKey: key, Host: "127.0.0.1:1"})
		if err != nil {
			t.Fatal(err)
		}
		want := "of the " + key
		if hidden {
			want = "of the (key)"
		}
		if got := c.text("of the " + key); got != want {
			t.Errorf("%s: %q", key, got)
		}
	}
}

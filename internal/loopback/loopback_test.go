package loopback

import (
	"net"
	"strings"
	"testing"
)

func TestIsHost(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "LocalHost:8080": true, "127.0.0.1": true, "127.1.2.3:80": true, "::1": true, "[::1]": true, "[::1]:80": true,
		"::ffff:127.0.0.1": true, "[::ffff:127.0.0.1]:80": true,
		"": false, ":80": false, "0.0.0.0": false, "[::]:80": false, "127.1": false, "2130706433": false, "0x7f.0.0.1": false,
		"localhost.example.com": false, "127.0.0.1.example.com": false, "10.0.0.1": false, "::2": false, "fe80::1": false,
	} {
		if got := IsHost(host); got != want {
			t.Errorf("%q: %t", host, got)
		}
	}
}

// TestWithoutPort: withoutPort agrees with net.SplitHostPort.
func TestWithoutPort(t *testing.T) {
	for _, host := range []string{"a:1", "a:", "a", ":1", "", "1.2.3.4:x", "[::1]:1", "[::1]", "::1", "a:b:c", "[a]:", "::", "[::1]x"} {
		want := host
		if name, _, err := net.SplitHostPort(host); err == nil {
			want = name
		}
		if got := strings.Trim(withoutPort(host), "[]"); got != strings.Trim(want, "[]") {
			t.Errorf("%q: %q, want %q", host, got, want)
		}
	}
}

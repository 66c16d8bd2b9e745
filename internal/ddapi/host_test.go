package ddapi

import (
	"strings"
	"testing"
)

func TestBaseURL(t *testing.T) {
	for _, tt := range []struct{ host, site, want string }{
		{"", "", "https://api.datadoghq.com"},
		{"", "datadoghq.eu", "https://api.datadoghq.eu"},
		{"", "us3.datadoghq.com", "https://api.us3.datadoghq.com"},
		{"", "new9.datadoghq.com", "https://api.new9.datadoghq.com"},
		{"", "datadoghq.com:8443", "https://api.datadoghq.com:8443"},
		{"https://api.datadoghq.com:65535", "", "https://api.datadoghq.com:65535"},
		{"https://api.datadoghq.com", "datadoghq.eu", "https://api.datadoghq.com"},
		{"https://api.datadoghq.com/", "", "https://api.datadoghq.com"},
		{"api.datadoghq.eu", "", "https://api.datadoghq.eu"},
		{"api.datadoghq.eu:8443", "", "https://api.datadoghq.eu:8443"},
		{"127.0.0.1:8126", "", "http://127.0.0.1:8126"},
		{"localhost:8126", "", "http://localhost:8126"},
		{"[::1]:8126", "", "http://[::1]:8126"},
		{"http://proxy.example.com/datadog/", "", "http://proxy.example.com/datadog"},
	} {
		if got, err := baseURL(tt.host, tt.site); got != tt.want || err != nil {
			t.Errorf("%q %q: %q, %v", tt.host, tt.site, got, err)
		}
	}
}

func TestInvalidBaseURL(t *testing.T) {
	for _, tt := range []struct{ host, site, want string }{
		{"", "app.datadoghq.com", "use only the site, datadoghq.com"},
		{"", "api.us5.datadoghq.com", "use only the site, us5.datadoghq.com"},
		{"", "https://datadoghq.com", "invalid DD_SITE"},
		{"", "datadoghq.com/x", "invalid DD_SITE"},
		{"", "a b", "invalid DD_SITE"},
		{"", "x\x1b[2J.com", "invalid DD_SITE"},
		{"", "datadoghq.com:port", "invalid DD_SITE"},
		{"", "datadoghq.com:0", "invalid DD_SITE"},
		{"", "datadoghq.com:65536", "invalid DD_SITE"},
		{"", "datadoghq.com:", "invalid DD_SITE"},
		{"", "datadoghq.com:-1", "invalid DD_SITE"},
		{"https://api.datadoghq.com:port", "", "invalid DD_HOST"},
		{"https://api.datadoghq.com:99999", "", "invalid DD_HOST"},
		{"https://api.datadoghq.com:0", "", "invalid DD_HOST"},
		{"https://api.datadoghq.com:", "", "invalid DD_HOST"},
		{"127.0.0.1:99999", "", "invalid DD_HOST"},
		{"https://", "", "invalid DD_HOST"},
		{"ftp://api.datadoghq.com", "", "invalid DD_HOST"},
		{"https://api.datadoghq.com/api/v1/", "", "remove /api/v1"},
		{"https://api.datadoghq.com/api", "", "remove /api"},
		{"https://user:secret@api.datadoghq.com", "", "credentials, a query or a fragment"},
		{"https://api.datadoghq.com?x=secret", "", "credentials, a query or a fragment"},
		{"http://[::1", "", "invalid DD_HOST"},
		{"https://a\nb", "", "invalid DD_HOST"},
	} {
		_, err := baseURL(tt.host, tt.site)
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.ContainsAny(err.Error(), "\x1b\n") ||
			strings.Contains(err.Error(), "secret") {
			t.Errorf("%q %q: %v", tt.host, tt.site, err)
		}
	}
}

func FuzzErrorTexts(f *testing.F) {
	f.Add([]byte(`{"errors":[{"detail":"a"},"b",{"1":["c"]}]}`))
	f.Add([]byte(`<html>`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		texts, isJSON, _ := errorTexts(raw)
		if !isJSON && len(texts) > 0 {
			t.Errorf("messages without input: %q", texts)
		}
		for _, text := range texts {
			if got := clean(text); clean(got) != got {
				t.Errorf("cleaning %q again changes it to %q", got, clean(got))
			}
		}
	})
}

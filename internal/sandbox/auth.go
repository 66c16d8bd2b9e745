package sandbox

import "net/http"

// invalidKey is a key that is always rejected, so that clients can test how they handle it.
const invalidKey = "invalid"

// checkKeys rejects a request with missing or invalid keys. The response is the one of Datadog's gateway, which does
// not say which key is wrong. Only /api/v1/validate needs no application key.
func checkKeys(r *http.Request) *response {
	names := []string{"DD-API-KEY", "DD-APPLICATION-KEY"}
	if r.URL.Path == "/api/v1/validate" {
		names = names[:1]
	}
	for _, name := range names {
		if key := r.Header.Get(name); key == "" || key == invalidKey {
			return gatewayError(http.StatusForbidden, "Forbidden")
		}
	}
	return nil
}

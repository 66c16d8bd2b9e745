package sandbox

import "net/http"

// invalidKey is the literal that a client can send to see how a wrong key is answered.
const invalidKey = "invalid"

// checkKeys refuses a request whose keys are missing or wrong, with the answer of Datadog's gateway, which does
// not say which of the two it was. Only the key check itself does without an application key.
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

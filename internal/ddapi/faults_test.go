package ddapi_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddapi"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// sandboxFaults returns the faults of the sandbox that break a response.
func sandboxFaults() []string {
	return []string{
		"status=429", "status=500", "status=502", "status=503", "status=504", "status=500:after", "status=502:after",
		"status=503:after", "status=504:after", "reset=before", "reset=after", "truncate=5", "body=broken", "body=wrong",
		"body=empty", "body=html", "body=html:after",
	}
}

// withoutKeepAlive makes each reset visible to the client; see the package comment of sandbox.
func withoutKeepAlive(config *ddapi.Config) {
	config.HTTPClient = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
}

// TestSandboxFaults breaks the first attempt of a request. The second attempt succeeds.
func TestSandboxFaults(t *testing.T) {
	for _, k := range kind.All() {
		for _, fault := range sandboxFaults() {
			for method, do := range map[string]func(*ddapi.Client, string) error{
				"GET": func(c *ddapi.Client, id string) error { _, err := c.Get(t.Context(), k, id); return err },
				"PUT": func(c *ddapi.Client, id string) error {
					_, err := c.Update(t.Context(), k, id, exampleOf(k, "renamed"), nil)
					return err
				},
				"DELETE": func(c *ddapi.Client, id string) error { return c.Delete(t.Context(), k, id, nil) },
			} {
				t.Run(k.Name+"/"+method+"/"+fault, func(t *testing.T) {
					c, w := start(t, openSandbox(t, strings.Replace(method, "PUT", updateMethod(k), 1)+" "+k.Remote.Path+"/* 1 "+fault).ServeHTTP, withoutKeepAlive)
					id := mark(t, c, k, "a", object.Marker{Stack: "shop", Slug: "monitor.a"})
					if err := do(c, id); err != nil || !isUnbroken(k, method, fault) && (c.Requests() != 3 || len(w.all) != 1) {
						t.Errorf("%v, %d requests, waits %v", err, c.Requests(), w.all)
					}
					o, ok, err := c.Lookup(t.Context(), k, id)
					if err != nil || ok == (method == "DELETE") || method == "PUT" && o[k.Title] != titleOf(k, "renamed") {
						t.Errorf("%v, %v, %v", o, ok, err)
					}
				})
			}
		}
	}
}

// TestCreateMakesNoDuplicates breaks creates whose check searches for the marker. Without the check, a create of a
// dashboard whose response is lost would create a duplicate.
func TestCreateMakesNoDuplicates(t *testing.T) {
	there := errors.New("it is there")
	m := object.Marker{Stack: "shop", Slug: "monitor.a"}
	for _, k := range kind.All() {
		for _, fault := range sandboxFaults() {
			t.Run(k.Name+"/"+fault, func(t *testing.T) {
				c, _ := start(t, openSandbox(t, "POST "+k.Remote.Path+" 1-2 "+fault).ServeHTTP, withoutKeepAlive)
				var lost []bool
				_, err := c.Create(t.Context(), k, k.Marker.Write(exampleOf(k, "a"), m), func(ctx context.Context, l bool) error {
					lost = append(lost, l)
					found, err := c.Find(ctx, k, m)
					if err == nil && len(found) > 0 {
						return there
					}
					return err
				})
				l, listed := c.List(t.Context(), k, m.Stack)
				if listed != nil {
					t.Fatal(listed)
				}
				var want error
				count, checks := 1, []bool{false, true, true}
				switch {
				case fault == "status=429":
					checks = []bool{false, false, false}
				case fault == "body=html":
					count, checks = 0, checks[:2] // unexpected response, so the client stops after two attempts
				case strings.Contains(fault, "after") || strings.HasPrefix(fault, "body") || strings.HasPrefix(fault, "truncate"):
					want, checks = there, checks[:2]
				}
				if len(l.Owned) != count || !slices.Equal(lost, checks) || count == 1 && err != want { //nolint:errorlint // the identical error
					t.Errorf("%d created, checks %v, %v", len(l.Owned), lost, err)
				}
			})
		}
	}
}

// updateMethod returns the HTTP method of an update.
func updateMethod(k *kind.Kind) string {
	if k.Remote.Patch {
		return http.MethodPatch
	}
	return http.MethodPut
}

// isUnbroken reports whether a fault does not change a response because it has no body.
func isUnbroken(k *kind.Kind, method, fault string) bool {
	return method == "DELETE" && k.Remote.DeletedSilently && slices.Contains([]string{"truncate=5", "body=broken", "body=wrong", "body=empty"}, fault)
}

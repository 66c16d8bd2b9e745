package operation_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"ddmon/internal/apply"
	"ddmon/internal/ddapi"
	"ddmon/internal/operation"
)

// limitedKeys returns a client whose keys may not read what begins with one of the paths.
func limitedKeys(t *testing.T, paths ...string) *ddapi.Client {
	t.Helper()
	return datadogBehind(t, func(box http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !slices.ContainsFunc(paths, func(path string) bool { return strings.HasPrefix(r.URL.Path, path) }) {
				box.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusForbidden)
			_, _ = w.Write([]byte(`{"errors":["Forbidden"]}`))
		})
	})
}

// TestKeysForMonitorsOnly: a stack of monitors does not need permissions for other kinds.
func TestKeysForMonitorsOnly(t *testing.T) {
	client := limitedKeys(t, "/api/v1/slo", "/api/v2/downtime")
	w := workspace(t, threshold("5"))
	p := planned(t, client, input(t, w))
	if got := codes(p.Diagnostics); got != "kind_forbidden kind_forbidden" || p.Diagnostics.HasErrors() {
		t.Error(got, p.Diagnostics)
	}
	for _, want := range []string{"slos_read", "monitors_downtime"} {
		if !strings.Contains(p.Diagnostics.Error()+p.Diagnostics[0].Detail+p.Diagnostics[1].Detail, want) {
			t.Errorf("%s is not named: %v", want, p.Diagnostics)
		}
	}
	if r := operation.Apply(t.Context(), client, p, func(apply.Event) {}); !r.OK() {
		t.Errorf("%+v", r)
	}
	if c, err := operation.Confirm(t.Context(), client, p, noSleep); err != nil || !c.Left.Empty() || len(c.Diagnostics) > 0 {
		t.Error(c, err)
	}
	if report, _, err := operation.Drift(t.Context(), client, p.Stack, time.Time{}); err != nil || len(report.Drifted) > 0 {
		t.Error(report, err)
	}
}

// TestForbidden: a kind that the stack has must be readable, and keys that can read nothing are an error.
func TestForbidden(t *testing.T) {
	for _, test := range []struct {
		name, stack string
		paths       []string
	}{
		{"a kind of the stack", threshold("5"), []string{"/api/v1/monitor"}},
		{"everything", threshold("5"), []string{"/api/"}},
		{"everything, without objects", "", []string{"/api/"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := operation.Plan(t.Context(), limitedKeys(t, test.paths...), input(t, workspace(t, test.stack)))
			if !ddapi.Forbidden(err) {
				t.Errorf("got %v, want 403", err)
			}
		})
	}
}

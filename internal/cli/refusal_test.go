package cli_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ddmon/internal/cli"
	"ddmon/internal/sandbox"
)

// against runs ddmon in a folder against a host, without waits.
func against(t *testing.T, dir, host string, environ []string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	app := &cli.App{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Now: time.Now, Sleep: noWait,
		Environ: append([]string{"DD_HOST=" + host, "DD_API_KEY=k", "DD_APP_KEY=k"}, environ...),
	}
	code = app.Run(context.Background(), append([]string{"-C", dir}, args...))
	return code, out.String(), errs.String()
}

// box serves a sandbox.
func box(t *testing.T) *httptest.Server {
	t.Helper()
	datadog, err := sandbox.Open("", sandbox.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(datadog)
	t.Cleanup(func() {
		server.Close()
		_ = datadog.Close()
	})
	return server
}

func writeStack(t *testing.T, dir, source string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "stack.hcl"), []byte("stack \"shop\" {}\n"+source), 0o600); err != nil {
		t.Fatal(err)
	}
}

const oneMonitor = `monitor "a" {
  name  = "a"
  type  = "query alert"
  query = "avg(last_5m):avg:app.queue{*} > 5"
}
`

// TestDriftWithoutDatadog: failing to reach Datadog is an error and not drift; the exit codes differ.
func TestDriftWithoutDatadog(t *testing.T) {
	dir := t.TempDir()
	writeStack(t, dir, oneMonitor)
	well := box(t)
	if code, _, stderr := against(t, dir, well.URL, nil, "apply", "--auto-approve"); code != 0 {
		t.Fatal(stderr)
	}
	answers := func(status int, body, at string) string {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasPrefix(r.URL.Path, at) {
				well.Config.Handler.ServeHTTP(w, r)
				return
			}
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}))
		t.Cleanup(server.Close)
		return server.URL
	}
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	for name, host := range map[string]string{
		"unreachable":            closed.URL,
		"refuses the keys":       answers(http.StatusForbidden, `{"errors":["Forbidden"]}`, "/"),
		"fails":                  answers(http.StatusInternalServerError, "", "/"),
		"a web page":             answers(http.StatusOK, "<html>Sign in</html>", "/"),
		"fails for monitors":     answers(http.StatusInternalServerError, "", "/api/v1/monitor"),
		"fails for dashboards":   answers(http.StatusInternalServerError, "", "/api/v1/dashboard"),
		"a number for a list":    answers(http.StatusOK, "7", "/api/v1/monitor"),
		"dashboards as a number": answers(http.StatusOK, `{"dashboards":7}`, "/api/v1/dashboard"),
	} {
		for _, args := range [][]string{{"drift"}, {"drift", "--json"}} {
			code, stdout, stderr := against(t, dir, host, nil, args...)
			said := stdout + stderr
			if code != 1 || !strings.Contains(said, "rror") || strings.Contains(said, "drifted") {
				t.Errorf("%s: %s: exit code %d\n%s", name, strings.Join(args, " "), code, said)
			}
		}
	}
}

// TestReadOnlyNamesTheCommand: in read-only mode, apply and destroy fail before any request, and name the command.
func TestReadOnlyNamesTheCommand(t *testing.T) {
	dir := t.TempDir()
	writeStack(t, dir, oneMonitor)
	var requests atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { requests.Add(1) }))
	defer server.Close()
	for _, args := range [][]string{
		{"apply"}, {"apply", "--auto-approve"}, {"apply", "--json", "--auto-approve"}, {"apply", "saved.json"}, {"destroy"}, {"destroy", "--auto-approve"},
	} {
		for flag, environ := range map[string][]string{"--read-only": nil, "--no-color": {"DDMON_READ_ONLY=1"}} {
			code, stdout, stderr := against(t, dir, server.URL, environ, append(args, flag)...)
			want := "cannot " + args[0] + ": "
			if said := stdout + stderr; code != 1 || !strings.Contains(said, want) || !strings.Contains(said, "read-only") {
				t.Errorf("%q: exit code %d, want %q in\n%s", args, code, want, said)
			}
		}
	}
	if n := requests.Load(); n != 0 {
		t.Errorf("%d requests", n)
	}
}

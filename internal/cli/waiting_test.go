package cli_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"ddmon/internal/cli"
	"ddmon/internal/sandbox"
)

// watched is output that reports once it contains a text.
type watched struct {
	mu    sync.Mutex
	buf   bytes.Buffer
	want  string
	found chan struct{}
	once  sync.Once
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, err := w.buf.Write(p)
	if strings.Contains(w.buf.String(), w.want) {
		w.once.Do(func() { close(w.found) })
	}
	return n, err
}

// TestStillCreating: an object whose request takes long is reported every ten seconds, in text and as JSON.
func TestStillCreating(t *testing.T) {
	for name, tt := range map[string]struct {
		args []string
		want string
	}{
		"text": {nil, "monitor.a: Still creating... (25s elapsed)\n"},
		"json": {[]string{"--json"}, `{"type":"apply_progress","address":"monitor.a","action":"create","step":"create","elapsed_seconds":25}` + "\n"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			writeFile(t, dir+"/stack.hcl", "stack \"s\" {}\nmonitor \"a\" {\n  name = \"a\"\n  type = \"query alert\"\n  query = \"avg(last_5m):avg:app.load{*} > 5\"\n  message = \"@a\"\n}\n")
			box, err := sandbox.Open("", sandbox.Options{Now: time.Now})
			if err != nil {
				t.Fatal(err)
			}
			defer box.Close()
			var mu sync.Mutex
			now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
			tick := make(chan time.Time)
			out := &watched{want: tt.want, found: make(chan struct{})}
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost && r.URL.Path == "/api/v1/monitor" {
					mu.Lock()
					now = now.Add(25 * time.Second)
					mu.Unlock()
					tick <- now
					<-out.found
				}
				box.ServeHTTP(w, r)
			}))
			defer server.Close()
			app := &cli.App{
				Stdin: strings.NewReader(""), Stdout: out, Stderr: &bytes.Buffer{},
				Environ: []string{"DD_HOST=" + server.URL, "DD_API_KEY=k", "DD_APP_KEY=k"},
				Now: func() time.Time {
					mu.Lock()
					defer mu.Unlock()
					return now
				},
				After: func(time.Duration) <-chan time.Time { return tick },
			}
			if code := app.Run(t.Context(), append([]string{"-C", dir, "apply", "--auto-approve"}, tt.args...)); code != 0 {
				t.Errorf("exit code %d\n%s", code, &out.buf)
			}
		})
	}
}

// TestStatusOnTerminals: a terminal shows the progress of reading, and nothing of it remains. Other output has none.
func TestStatusOnTerminals(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, dir+"/stack.hcl", "stack \"s\" {}\n")
	for _, terminal := range []bool{true, false} {
		var errs bytes.Buffer
		app := &cli.App{Stdin: strings.NewReader(""), Stdout: &bytes.Buffer{}, Stderr: &errs, Now: time.Now, StderrTerminal: terminal}
		if code := app.Run(t.Context(), []string{"-C", dir, "plan", "--sandbox"}); code != 0 {
			t.Errorf("exit code %d\n%s", code, &errs)
		}
		const header, shown = "Stack \"s\" against the sandbox", "Comparing with Datadog... 1 request"
		if strings.Contains(errs.String(), shown) != terminal || strings.Index(errs.String(), header) != 0 {
			t.Errorf("terminal %t: %q", terminal, errs.String())
		}
		if terminal && !strings.HasSuffix(errs.String(), "\r\x1b[K") {
			t.Errorf("the line remains: %q", errs.String())
		}
	}
}

package cli_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"ddmon/internal/cli"
)

var endSignals = map[string]os.Signal{"interrupt": os.Interrupt, "terminate": syscall.SIGTERM, "hang up": syscall.SIGHUP}

// TestSignalWhileNothingIsSent: a process that reads files or waits for approval ends immediately and says that nothing
// was changed.
func TestSignalWhileNothingIsSent(t *testing.T) {
	for name, signal := range endSignals {
		t.Run("fmt reads/"+name, func(t *testing.T) {
			p := startProcess(t, t.TempDir(), nil, "fmt", "-")
			stdin, err := p.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			p.start(t)
			// More than a pipe holds: it is written once the process reads.
			if _, err := stdin.Write(bytes.Repeat([]byte("#\n"), 1<<20)); err != nil {
				t.Fatal(err)
			}
			p.end(t, signal)
		})
		for _, args := range [][]string{{"plan"}, {"apply", "--auto-approve"}, {"drift"}, {"lint", "--live"}} {
			t.Run(args[0]+" asks/"+name, func(t *testing.T) {
				dir := t.TempDir()
				writeTree(t, dir, cleanFiles)
				asked, answer := make(chan struct{}, 100), make(chan struct{})
				server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
					asked <- struct{}{}
					<-answer
				}))
				defer server.Close()
				defer close(answer)
				p := startProcess(t, dir, []string{"DD_HOST=" + server.URL, "DD_API_KEY=k", "DD_APP_KEY=k"}, args...)
				p.start(t)
				<-asked
				p.end(t, signal)
			})
		}
	}
}

// process is a running ddmon process.
type process struct {
	*exec.Cmd
	out bytes.Buffer
}

func startProcess(t *testing.T, dir string, environ []string, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.CommandContext(t.Context(), "ddmon", args...)}
	p.Dir, p.Env = dir, append(os.Environ(), environ...)
	p.Stdout, p.Stderr = &p.out, &p.out
	return p
}

func (p *process) start(t *testing.T) {
	t.Helper()
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
}

// end sends a signal and checks the output of a process that has not sent a write.
func (p *process) end(t *testing.T, signal os.Signal) {
	t.Helper()
	if err := p.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	_ = p.Wait() // the exit code says it
	if code := p.ProcessState.ExitCode(); code != 1 || !strings.Contains(p.out.String(), "interrupted: nothing was changed") {
		t.Errorf("exit code %d:\n%s", code, &p.out)
	}
}

// TestInterruptedWhileReading: every command that reads a configuration can be interrupted.
func TestInterruptedWhileReading(t *testing.T) {
	dir := t.TempDir()
	writeTree(t, dir, cleanFiles, map[string]string{
		"many.hcl": "locals { m = [for a in range(1000) : length([for b in range(100) : upper(\"${a}-${b}\")])] }\n", "recordings/link/recording.hcl": goodRecording, "recordings/link/logs.jsonl": "",
	})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for command, args := range commands(dir, dir) {
		if strings.HasPrefix(command, "fmt") {
			continue // it evaluates nothing
		}
		var out bytes.Buffer
		app := &cli.App{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Now: time.Now}
		if code := app.Run(ctx, args); code != 1 || !strings.Contains(out.String(), "interrupted: nothing was changed") {
			t.Errorf("%s: exit code %d\n%s", command, code, &out)
		}
	}
	if entries, err := os.ReadDir(filepath.Join(dir, ".ddmon")); err == nil {
		t.Errorf("plan came as far as the sandbox: %v", entries)
	}
}

// TestServeEndsGracefully: each of the signals ends the sandbox without an error.
func TestServeEndsGracefully(t *testing.T) {
	for name, signal := range endSignals {
		t.Run(name, func(t *testing.T) {
			p := startProcess(t, t.TempDir(), nil, "sandbox", "serve", "--listen", "127.0.0.1:0")
			p.Stdout = nil
			stdout, err := p.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			p.start(t)
			if _, err := stdout.Read(make([]byte, 1)); err != nil { // it says where it listens
				t.Fatal(err)
			}
			if err := p.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if err := p.Wait(); err != nil {
				t.Errorf("%v\n%s", err, &p.out)
			}
		})
	}
}

// TestPanicExitsWith1: exit code 2 would mean drift. The error is always shown, the stack trace only with
// DDMON_LOG=debug.
func TestPanicExitsWith1(t *testing.T) {
	dir := t.TempDir()
	writeTree(t, dir, cleanFiles)
	const key = "0123456789abcdef0123456789abcdef"
	for _, debug := range []bool{false, true} {
		environ := []string{"DD_API_KEY=" + key}
		if debug {
			environ = append(environ, "DDMON_LOG=debug")
		}
		for _, command := range []string{"drift", "validate"} {
			var out bytes.Buffer
			app := &cli.App{
				Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Environ: environ,
				Now: func() time.Time { panic("a fault with " + key) },
			}
			code := app.Run(t.Context(), []string{"-C", dir, command})
			text := out.String()
			if code != 1 || !strings.Contains(text, "a fault with (key)") || strings.Contains(text, key) || strings.Contains(text, "goroutine") != debug {
				t.Errorf("%s: exit code %d\n%s", command, code, text)
			}
		}
	}
}

// TestPanicOfAGoroutineExitsWith1: a panic in any goroutine is an error in one line and exit code 1.
func TestPanicOfAGoroutineExitsWith1(t *testing.T) {
	dir := t.TempDir()
	writeTree(t, dir, cleanFiles)
	busy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }))
	defer busy.Close()
	asking := []string{"DD_HOST=" + busy.URL, "DD_API_KEY=k", "DD_APP_KEY=k"}
	panics := func(context.Context, time.Duration) error { panic("a fault of sleeping") }
	for name, tt := range map[string]struct {
		stdin   io.Reader
		environ []string
		args    []string
	}{
		"a list":     {strings.NewReader(""), asking, []string{"drift"}},
		"a question": {brokenReader{}, nil, []string{"apply", "--sandbox"}},
		"lint":       {strings.NewReader(""), asking, []string{"lint", "--live"}},
	} {
		var out bytes.Buffer
		app := &cli.App{Stdin: tt.stdin, Stdout: &out, Stderr: &out, Environ: tt.environ, Now: time.Now, Sleep: panics, Interactive: true}
		code := app.Run(t.Context(), append([]string{"-C", dir}, tt.args...))
		text := out.String()
		if code != 1 || !strings.Contains(text, "internal error, this is a bug in ddmon: a fault of ") || !strings.Contains(text, "Nothing was changed") ||
			strings.Contains(text, "goroutine") {
			t.Errorf("%s: exit code %d\n%s", name, code, text)
		}
	}
}

// brokenReader is an input that panics when it is read.
type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { panic("a fault of reading") }

// TestUnreachableIsNotDrift: a Datadog that cannot be reached is an error, not drift.
func TestUnreachableIsNotDrift(t *testing.T) {
	dir := t.TempDir()
	writeTree(t, dir, cleanFiles)
	server := httptest.NewServer(http.NotFoundHandler())
	gone := server.URL
	server.Close()
	code, stdout, stderr := runIn([]string{"DD_HOST=" + gone, "DD_API_KEY=k", "DD_APP_KEY=k"}, "-C", dir, "drift")
	if code != 1 || !strings.Contains(stderr, "refused") {
		t.Errorf("exit code %d\n%s%s", code, stdout, stderr)
	}
}

package cli_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"ddmon/internal/cli"
)

// TestServeFaults: sandbox serve injects exactly the faults of its script.
func TestServeFaults(t *testing.T) {
	dir := t.TempDir()
	script := filepath.Join(dir, "faults.txt")
	if err := os.WriteFile(script, []byte("GET /api/v1/monitor 2 status=502\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	out, stdout := io.Pipe()
	app := &cli.App{Stdin: strings.NewReader(""), Stdout: stdout, Stderr: io.Discard, Now: time.Now}
	ended := make(chan int, 1)
	go func() {
		ended <- app.Run(ctx, []string{"-C", dir, "sandbox", "serve", "--listen", "127.0.0.1:0", "--faults", script})
		_ = stdout.Close()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	base := regexp.MustCompile(`http://[0-9.:]+`).FindString(line)
	for i, want := range []int{http.StatusOK, http.StatusBadGateway, http.StatusOK} {
		if got := statusOf(t, base+"/api/v1/monitor"); got != want {
			t.Errorf("request %d: status %d, want %d", i+1, got, want)
		}
	}
	stop()
	if code := <-ended; code != 0 {
		t.Errorf("exit code %d after being stopped, want 0", code)
	}
}

// serving runs sandbox serve until the test ends. It returns the address, a channel with the exit code, and Stderr.
func serving(t *testing.T, args ...string) (base string, ended <-chan int, stderr *strings.Builder) {
	t.Helper()
	out, stdout := io.Pipe()
	stderr = &strings.Builder{}
	app := &cli.App{Stdin: strings.NewReader(""), Stdout: stdout, Stderr: stderr, Now: time.Now}
	code := make(chan int, 1)
	go func() {
		code <- app.Run(t.Context(), append([]string{"sandbox", "serve", "--listen", "127.0.0.1:0"}, args...))
		_ = stdout.Close()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err, stderr)
	}
	return regexp.MustCompile(`http://[0-9.:]+`).FindString(line), code, stderr
}

// send sends a request to the sandbox, with a Host header if it is not empty.
func send(t *testing.T, method, address, host string) (status int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address,
		strings.NewReader(`{"name":"a","type":"query alert","query":"avg(last_5m):avg:x{*} > 1"}`))
	if err != nil {
		t.Fatal(err)
	}
	request.Host = host
	request.Header.Set("DD-API-KEY", "k")
	request.Header.Set("DD-APPLICATION-KEY", "k")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// TestServeStopsWhenItsFileFails: the request gets an error response, and the command ends with an error that names the
// file.
func TestServeStopsWhenItsFileFails(t *testing.T) {
	file := filepath.Join(t.TempDir(), "box.db")
	base, ended, stderr := serving(t, "--data", file)
	if status, body := send(t, "POST", base+"/api/v1/monitor", ""); status != http.StatusOK {
		t.Fatal(status, body)
	}
	if err := os.Truncate(file, 8192); err != nil {
		t.Fatal(err)
	}
	if status, body := send(t, "PUT", base+"/api/v1/monitor/100000001", ""); status != http.StatusInternalServerError || !strings.Contains(body, file) {
		t.Errorf("%d %s", status, body)
	}
	if code := <-ended; code != 1 || !strings.Contains(stderr.String(), file) || strings.Contains(stderr.String(), "goroutine") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
}

// TestServeAnswersForThisMachine: the sandbox accepts only loopback host names, unless it is public.
func TestServeAnswersForThisMachine(t *testing.T) {
	for _, flags := range [][]string{nil, {"--public"}} {
		base, _, _ := serving(t, append([]string{"--data", filepath.Join(t.TempDir(), "box.db")}, flags...)...)
		want := http.StatusForbidden
		if flags != nil {
			want = http.StatusOK
		}
		if status, body := send(t, "POST", base+"/api/v1/monitor", "board.example"); status != want {
			t.Errorf("%v: %d %s", flags, status, body)
		}
		if status, body := send(t, "GET", base+"/api/v1/monitor", "localhost:1"); status != http.StatusOK {
			t.Errorf("%v: %d %s", flags, status, body)
		}
	}
}

// statusOf requests a path with keys that the sandbox accepts.
func statusOf(t *testing.T, address string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("DD-API-KEY", "k")
	request.Header.Set("DD-APPLICATION-KEY", "k")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return response.StatusCode
}

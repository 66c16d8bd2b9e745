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

// TestServeFaults checks that sandbox serve does to requests what its script says, and only that.
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

// statusOf gets a page with keys that the sandbox takes.
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

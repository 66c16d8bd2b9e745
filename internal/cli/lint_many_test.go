package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLintOfManyMonitors: what 40 plain monitors have in common is one finding with their addresses, not 40.
func TestLintOfManyMonitors(t *testing.T) {
	dir := t.TempDir()
	text := "stack \"plain\" {}\n"
	for i := range 40 {
		text += fmt.Sprintf("\nmonitor \"m%d\" {\n  name    = \"m%d\"\n  type    = \"query alert\"\n  query   = \"avg(last_5m):avg:app.load%d{*} > 2\"\n"+
			"  message = \"@slack-a\"\n}\n", i, i, i)
	}
	if err := os.WriteFile(filepath.Join(dir, "main.hcl"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := run(t, dir, "lint")
	if lines := strings.Count(stdout, "\n"); code != 0 || lines > 15 {
		t.Errorf("exit code %d, %d lines, want at most 15:\n%s%s", code, lines, stdout, stderr)
	}
	for i := 1; i < 40; i++ {
		if !strings.Contains(stdout, fmt.Sprintf("monitor.m%d", i)) {
			t.Errorf("monitor.m%d is missing:\n%s", i, stdout)
		}
	}
}

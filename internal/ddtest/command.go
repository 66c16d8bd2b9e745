package ddtest

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// Build builds ddmon for tests that run it as a process, and returns the path of the binary.
func Build(t testing.TB) (binary string) {
	t.Helper()
	binary = filepath.Join(t.TempDir(), "ddmon")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "ddmon").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}

//go:build unix

package config

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ddmon/internal/ddtest"
)

// TestPipes: a named pipe in place of a folder is an error with its path, and does not block.
func TestPipes(t *testing.T) {
	for _, test := range []struct{ pipe, call string }{
		{"pipe", `fileset("pipe", "*")`}, {"pipe", `fileset(".", "pipe/*")`}, {"monitors", "1"}, {"dashboards", "1"},
	} {
		dir := ddtest.Folder(t, map[string]string{"main.hcl": "stack \"s\" {}\nlocals { a = " + test.call + " }\n"})
		if err := syscall.Mkfifo(filepath.Join(dir, test.pipe), 0o600); err != nil {
			t.Skip(err)
		}
		_, diags := Load(Options{Dir: dir})
		if got := describe(diags); !strings.Contains(got, test.pipe) || !strings.Contains(got, "not a directory") {
			t.Errorf("%s %s:\n%s", test.pipe, test.call, got)
		}
	}
}

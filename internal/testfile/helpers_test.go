package testfile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// writeFiles makes a folder that holds files.
func writeFiles(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		put(t, dir, name, content)
	}
	return dir
}

func put(t testing.TB, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// monitorWith is a valid monitor with lines added to it.
func monitorWith(lines string) string {
	return "monitor \"m\" {\n  name  = \"n\"\n  type  = \"query alert\"\n  query = \"avg(last_5m):avg:a{*} > 5\"\n" + lines + "\n}\n"
}

// describe writes diagnostics one a line: code, file:line:column, summary, detail.
func describe(diags hcl.Diagnostics) string {
	var b strings.Builder
	for _, d := range diags {
		b.WriteString(diag.Code(d))
		if d.Subject != nil {
			b.WriteString(" " + filepath.Base(d.Subject.Filename) + d.Subject.String()[strings.IndexByte(d.Subject.String(), ':'):])
		}
		b.WriteString(" " + d.Summary + ": " + d.Detail + "\n")
	}
	return b.String()
}

func objectAt(a object.Address) func(*object.Object) bool {
	return func(o *object.Object) bool { return o.Address == a }
}

package expect

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"ddmon/internal/ddtest"
)

// asGolden calls f for each file of an archive in testdata and compares the result with the file of the same name plus
// a suffix. Without such a file, the result must be "".
func asGolden(t *testing.T, name, suffix string, f func(t *testing.T, text string) string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, file := range archive.Files {
		want[file.Name] = string(file.Data)
	}
	out := &txtar.Archive{Comment: archive.Comment}
	for _, file := range archive.Files {
		if strings.HasSuffix(file.Name, suffix) {
			continue
		}
		out.Files = append(out.Files, file)
		t.Run(file.Name, func(t *testing.T) {
			got := f(t, string(file.Data))
			if got != "" {
				got += "\n"
				out.Files = append(out.Files, txtar.File{Name: file.Name + suffix, Data: []byte(got)})
			}
			if d := cmp.Diff(want[file.Name+suffix], got); d != "" && !ddtest.Updating() {
				t.Error(d)
			}
		})
	}
	if ddtest.Updating() {
		if err := os.WriteFile(path, txtar.Format(out), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCheck checks the expect blocks of testdata/check.txtar against the recording. Each block is followed by its
// failures.
func TestCheck(t *testing.T) {
	asGolden(t, "check.txtar", failuresSuffix, func(t *testing.T, text string) string { return failuresOf(t, text) })
}

const failuresSuffix = ".failures"

// everything returns a test file with a test for each file of testdata/check.txtar.
func everything(t testing.TB) string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/check.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, f := range archive.Files {
		if !strings.HasSuffix(f.Name, failuresSuffix) {
			fmt.Fprintf(&text, "test %q {\n  recording = \"rec\"\n%s}\n", f.Name, f.Data)
		}
	}
	return text.String()
}

package ddtest

import (
	"flag"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

// Updating reports whether -update is set, which writes golden files instead of comparing them.
func Updating() bool { return *update }

// Golden compares a string with a golden file. With -update, it writes the file.
func Golden(t testing.TB, path, got string) {
	t.Helper()
	if Updating() {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(Read(t, path)), got); diff != "" {
		t.Errorf("%s (-want +got; use -update to write it):\n%s", path, diff)
	}
}

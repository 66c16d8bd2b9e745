package expect

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the golden files anew")

const golden = "testdata/check.txtar"

// TestCheck holds each expectation of testdata/check.txtar against the recording: a file has the expect blocks, the
// file of the same name with .failures what does not hold, which is nothing where there is none.
func TestCheck(t *testing.T) {
	archive, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, f := range archive.Files {
		want[f.Name] = string(f.Data)
	}
	out := &txtar.Archive{Comment: archive.Comment}
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".failures") {
			continue
		}
		out.Files = append(out.Files, f)
		t.Run(f.Name, func(t *testing.T) {
			got := failuresOf(t, string(f.Data))
			if got != "" {
				got += "\n"
				out.Files = append(out.Files, txtar.File{Name: f.Name + ".failures", Data: []byte(got)})
			}
			if got != want[f.Name+".failures"] && !*update {
				t.Errorf("failures:\n%s\nwant:\n%s", got, want[f.Name+".failures"])
			}
		})
	}
	if *update {
		if err := os.WriteFile(golden, txtar.Format(out), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

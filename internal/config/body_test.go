package config

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"ddmon/internal/ddtest"
)

// TestBodies loads the stack in each testdata/bodies/*.txtar and compares the bodies by address with want.json. The
// comment of each archive describes the case.
func TestBodies(t *testing.T) {
	names, err := filepath.Glob("testdata/bodies/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			for _, f := range archive.Files {
				files[f.Name] = string(f.Data)
			}
			var want any
			if err := json.Unmarshal([]byte(files["want.json"]), &want); err != nil {
				t.Fatal(err)
			}
			delete(files, "want.json")
			if _, ok := files["stack.hcl"]; !ok {
				files["stack.hcl"] = "stack \"s\" {}\n"
			}
			s, diags := Load(Options{Dir: ddtest.Folder(t, files)})
			if diags.HasErrors() {
				t.Fatal(describe(diags))
			}
			var got any = bodies(t, s)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
				if os.Getenv("DDMON_SHOW") != "" {
					raw, _ := json.MarshalIndent(got, "", "  ")
					t.Logf("%s", raw)
				}
			}
		})
	}
}

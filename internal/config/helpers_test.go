package config

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/ddtest"
	"ddmon/internal/diag"
)

// loadText loads a stack named s from the content of main.hcl.
func loadText(t testing.TB, text string, inputs ...Input) (*Stack, hcl.Diagnostics) {
	t.Helper()
	return Load(Options{Dir: ddtest.Folder(t, map[string]string{"main.hcl": text, "stack.hcl": "stack \"s\" {}\n"}), Inputs: inputs})
}

// mustLoad loads a stack and fails the test on errors.
func mustLoad(t testing.TB, text string, inputs ...Input) *Stack {
	t.Helper()
	s, diags := loadText(t, text, inputs...)
	if diags.HasErrors() {
		t.Fatal(describe(diags))
	}
	return s
}

// bodies returns the bodies of all objects as JSON, by address.
func bodies(t testing.TB, s *Stack) map[string]any {
	t.Helper()
	out := map[string]any{}
	for _, o := range s.Objects {
		raw, err := json.Marshal(o.Body)
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			t.Fatal(err)
		}
		out[o.Address.String()] = v
	}
	return out
}

// describe returns one line per diagnostic: code, file:line:column, summary, detail.
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

// link replaces files with the content "-> TARGET" by symbolic links.
func link(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		if target, ok := strings.CutPrefix(content, "-> "); ok {
			path := filepath.Join(dir, name)
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(target, path); err != nil {
				t.Skip(err)
			}
		}
	}
}

package render_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNothingEmptyIsFolded: no comment has a <details> element without content.
func TestNothingEmptyIsFolded(t *testing.T) {
	files, err := filepath.Glob("testdata/*markdown*.md")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "</summary>\n\n</details>") {
			t.Errorf("%s has an empty <details> element", name)
		}
	}
}

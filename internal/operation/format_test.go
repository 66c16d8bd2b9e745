package operation_test

import (
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ddmon/internal/operation"
)

// formatted formats files and lists their names in dir: "=" for an unchanged file, "~" for a changed one, "!" for a
// syntax error and "?" for another error.
func formatted(t *testing.T, dir string, files iter.Seq[*operation.Formatted]) string {
	t.Helper()
	var list []string
	for f := range files {
		name, sign := strings.TrimPrefix(f.Name, dir+string(filepath.Separator)), "="
		switch {
		case f.Err != nil:
			sign = "?"
		case f.Diagnostics.HasErrors():
			sign = "!"
		case f.Changed():
			sign = "~"
			if err := f.Rewrite(); err != nil {
				t.Error(err)
			}
		}
		list = append(list, sign+name)
	}
	return strings.Join(list, " ")
}

// TestFormat: a stack is its own files, a path is everything below it, and formatting is idempotent.
func TestFormat(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"stack.hcl": "stack \"shop\" {}\n", "monitors/a.hcl": "a=1\n", "monitors/b.hcl": "b = {\n", "other/c.hcl": "c=1\n",
		".hidden/d.hcl": "d=1\n", "e.txt": "e=1\n",
	})
	for _, step := range []struct {
		files iter.Seq[*operation.Formatted]
		want  string
	}{
		{operation.FormatStack(t.Context(), dir), "=stack.hcl ~monitors/a.hcl !monitors/b.hcl"},
		{operation.FormatPath(t.Context(), dir), "=monitors/a.hcl !monitors/b.hcl ~other/c.hcl =stack.hcl"},
		{operation.FormatPath(t.Context(), filepath.Join(dir, "other", "c.hcl")), "=other/c.hcl"},
		{operation.FormatPath(t.Context(), filepath.Join(dir, "none")), "?"},
		{operation.FormatStack(t.Context(), filepath.Join(dir, "none")), "?"},
	} {
		if got := filepath.ToSlash(formatted(t, dir, step.files)); got != step.want {
			t.Errorf("%s, want %s", got, step.want)
		}
	}
	if text, err := os.ReadFile(filepath.Join(dir, "other", "c.hcl")); string(text) != "c = 1\n" {
		t.Error(string(text), err)
	}
}

// TestFormatStopsWhenAsked: the iteration stops when the caller breaks the loop.
func TestFormatStopsWhenAsked(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"stack.hcl": "", "monitors/a.hcl": "", "monitors/b.hcl": ""})
	for name, files := range map[string]iter.Seq[*operation.Formatted]{
		"stack": operation.FormatStack(t.Context(), dir), "folder": operation.FormatPath(t.Context(), dir),
	} {
		n := 0
		for range files {
			if n++; n == 1 {
				break
			}
		}
		if n != 1 {
			t.Errorf("%s: %d files", name, n)
		}
	}
}

// TestFormatKeepsLinksInside: a link that points outside the folder is not read or written.
func TestFormatKeepsLinksInside(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	write(t, outside, map[string]string{"a.hcl": "a=1\n"})
	if err := os.Symlink(filepath.Join(outside, "a.hcl"), filepath.Join(dir, "link.hcl")); err != nil {
		t.Skip(err)
	}
	for f := range operation.FormatPath(t.Context(), dir) {
		if f.Err == nil || !strings.Contains(f.Err.Error(), "links to a file or folder outside") {
			t.Errorf("%+v", f)
		}
	}
	// The path itself can be a link.
	if got := formatted(t, dir, operation.FormatPath(t.Context(), filepath.Join(dir, "link.hcl"))); got != "~link.hcl" {
		t.Error(got)
	}
}

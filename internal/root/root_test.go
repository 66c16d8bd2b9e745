package root

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tree creates a folder with files, folders (names that end with a slash) and links ("name -> target").
func tree(t *testing.T, names ...string) (*Root, string) {
	t.Helper()
	top := t.TempDir()
	dir := filepath.Join(top, "stack")
	for _, name := range append([]string{"stack/", "elsewhere/secret"}, names...) {
		link, target, isLink := strings.Cut(name, " -> ")
		path := filepath.Join(top, link)
		if !isLink && strings.HasSuffix(name, "/") {
			path = filepath.Join(path, "x")
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		switch {
		case isLink:
			err = os.Symlink(strings.ReplaceAll(target, "TOP", top), path)
		case !strings.HasSuffix(name, "/"):
			err = os.WriteFile(path, []byte(filepath.Base(name)), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r, top
}

func TestReadFile(t *testing.T) {
	for _, test := range []struct {
		name  string
		files []string
		read  string
		want  string // the content; "link NAME" or "path" if that leaves the folder; or "error"
	}{
		{"a file", []string{"stack/a"}, "a", "a"},
		{"a path", []string{"stack/d/a"}, "d/../d/./a", "a"},
		{"a path out", nil, "../elsewhere/secret", "path"},
		{"an absolute path", nil, "/etc/passwd", "path"},
		{"a folder", []string{"stack/d/"}, "d", "error"},
		{"nothing", nil, "a", "error"},
		{"a link inside", []string{"stack/d/a", "stack/l -> d/a"}, "l", "a"},
		{"a link up and inside", []string{"stack/a", "stack/d/l -> ../a"}, "d/l", "a"},
		{"an absolute link inside", []string{"stack/d/a", "stack/l -> TOP/stack/d/a"}, "l", "a"},
		{"an absolute link inside by another name", []string{"stack/a", "stack/l -> TOP/alias/a", "alias -> stack"}, "l", "link l"},
		{"an absolute link to nothing by another name", []string{"stack/a", "stack/l -> TOP/alias/b", "alias -> stack"}, "l", "link l"},
		{"an absolute link to nothing inside", []string{"stack/l -> TOP/stack/b"}, "l", "error"},
		{"a folder's link inside", []string{"stack/d/a", "stack/l -> d"}, "l/a", "a"},
		{"a chain inside", []string{"stack/a", "stack/k -> a", "stack/l -> k"}, "l", "a"},
		{"up from a linked folder", []string{"stack/d/e/", "stack/d/a", "stack/l -> d/e", "stack/m -> l/../a"}, "m", "a"},
		{"a link out and back in", []string{"stack/a", "stack/l -> ../stack/a"}, "l", "link l"},
		{"a link out", []string{"stack/l -> ../elsewhere/secret"}, "l", "link l"},
		{"an absolute link out", []string{"stack/l -> TOP/elsewhere/secret"}, "l", "link l"},
		{"a link to nothing outside", []string{"stack/l -> TOP/elsewhere/nothing"}, "l", "link l"},
		{"a chain out", []string{"stack/k -> ../elsewhere/secret", "stack/l -> k"}, "l", "link l"},
		{"a folder's link out", []string{"stack/l -> ../elsewhere"}, "l/secret", "link l"},
		{"a folder's link out, deep", []string{"stack/d/l -> ../../elsewhere"}, "d/l/secret", "link d/l"},
		{"a link through a folder's link out", []string{"stack/k -> ../elsewhere", "stack/l -> k/secret"}, "l", "link l"},
		{"a sibling with the same beginning", []string{"stack-2/secret", "stack/l -> TOP/stack-2/secret"}, "l", "link l"},
		{"a circle", []string{"stack/k -> l", "stack/l -> k"}, "l", "error"},
		{"a link to itself", []string{"stack/l -> l/l/l"}, "l", "error"},
		{"git", []string{"stack/.git/a"}, ".git/a", "error"},
		{"git in upper case", []string{"stack/d/.GIT/a"}, "d/.GIT/a", "error"},
		{"a link to git", []string{"stack/.git/a", "stack/l -> .git/a"}, "l", "error"},
		{"a link to git's folder", []string{"stack/d/.git/a", "stack/l -> d/.git"}, "l/a", "error"},
		{"like git", []string{"stack/.github/.gitignore"}, ".github/.gitignore", ".gitignore"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, top := tree(t, test.files...)
			data, err := r.ReadFile(test.read, 100)
			got := string(data)
			var leaves *LeavesError
			switch {
			case errors.As(err, &leaves) && leaves.Link == "":
				got = "path"
			case errors.As(err, &leaves):
				got = "link " + filepath.ToSlash(leaves.Link)
			case err != nil:
				got = "error"
			}
			if got != test.want {
				t.Errorf("got %q, want %q (%v)", got, test.want, err)
			}
			if err != nil && test.want != "path" && (strings.Contains(err.Error(), "elsewhere") || strings.Contains(err.Error(), top)) {
				t.Errorf("the error reveals the target: %v", err)
			}
			if _, err := r.Stat(test.read); (test.want == "error" && test.name != "a folder" || leaves != nil) && err == nil {
				t.Error("Stat follows it")
			}
		})
	}
}

func TestReadFileLimits(t *testing.T) {
	r, top := tree(t, "stack/four")
	if data, err := r.ReadFile("four", 4); err != nil || string(data) != "four" {
		t.Errorf("%q %v", data, err)
	}
	var large *SizeError
	if _, err := r.ReadFile("four", 3); !errors.As(err, &large) {
		t.Errorf("%v", err)
	}
	if _, err := ReadRegular(filepath.Join(top, "elsewhere", "secret"), 3); !errors.As(err, &large) {
		t.Errorf("%v", err)
	}
	if _, err := ReadRegular(os.DevNull, 3); err == nil {
		t.Error("a device is read")
	}
}

func TestReadDir(t *testing.T) {
	r, _ := tree(t, "stack/d/b", "stack/d/a", "stack/d/.git/x", "stack/l -> d", "stack/out -> ../elsewhere")
	for _, folder := range []string{"d", "l"} {
		entries, err := r.ReadDir(folder)
		if err != nil || len(entries) != 2 || entries[0].Name() != "a" || entries[1].Name() != "b" {
			t.Errorf("%s: %v %v", folder, entries, err)
		}
	}
	var leaves *LeavesError
	if _, err := r.ReadDir("out"); !errors.As(err, &leaves) || leaves.Link != "out" {
		t.Errorf("%v", err)
	}
}

func TestRewrite(t *testing.T) {
	r, top := tree(t, "stack/d/a", "stack/l -> d/a", "stack/out -> ../elsewhere/secret")
	if err := r.Rewrite("l", []byte("a"), []byte("new")); err != nil {
		t.Fatal(err)
	}
	if data, err := r.ReadFile("d/a", 100); err != nil || string(data) != "new" {
		t.Errorf("%q %v", data, err)
	}
	if info, err := os.Lstat(filepath.Join(top, "stack", "l")); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is replaced: %v %v", info, err)
	}
	if err := r.Rewrite("d/a", []byte("a"), []byte("newer")); err == nil {
		t.Error("a file that changed after it was read is overwritten")
	}
	if err := r.Rewrite("out", []byte("secret"), []byte("gone")); err == nil {
		t.Error("a file outside is overwritten")
	}
	if data, err := os.ReadFile(filepath.Join(top, "elsewhere", "secret")); err != nil || string(data) != "secret" {
		t.Errorf("%q %v", data, err)
	}
}

func TestIsGit(t *testing.T) {
	for _, name := range []string{".git", ".GIT", ".Git", ".git.", ".git ", ".git. .", ".g\u200cit", "\ufeff.git", "git~1", "GIT~1", ".git::$INDEX_ALLOCATION", ".git:x"} {
		if !IsGit(name) {
			t.Errorf("%q is accepted", name)
		}
	}
	for _, name := range []string{".github", ".gitignore", "git", ".gitlab-ci.yml", "a.git", "..git", "git~2x"} {
		if IsGit(name) {
			t.Errorf("%q is refused", name)
		}
	}
}

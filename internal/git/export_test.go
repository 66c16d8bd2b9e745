package git

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shell runs commands in a folder, without the user's git settings.
func shell(t *testing.T, dir, script string) string {
	t.Helper()
	cmd := exec.Command("sh", "-ec", script)
	cmd.Dir = dir
	environ := slices.DeleteFunc(os.Environ(), func(pair string) bool { return strings.HasPrefix(pair, "GIT_") })
	cmd.Env = append(environ, "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null",
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", script, err, out, &said)
	}
	return strings.TrimSpace(string(out))
}

// TestNothingSteersTheContent: what an export holds is what the commit records, whatever attributes and settings say,
// from wherever git would take them.
func TestNothingSteersTheContent(t *testing.T) {
	content := map[string]string{
		"ident.hcl": "$Id$ $Format:%H$\n", "crlf.hcl": "a\r\nb\n", "lf.hcl": "a\nb\n", "text.hcl": "umlaut: \u00fc\n",
		"lfs.csv":  "version https://git-lfs.github.com/spec/v1\noid sha256:" + strings.Repeat("0", 64) + "\nsize 5\n",
		"sub/left": "out\n", "bytes": "\x00\xff\xfe\r\n", "empty": "",
	}
	attributes := map[string]string{
		"working-tree-encoding": "* text working-tree-encoding=UTF-16LE-BOM\n", "utf-7": "* working-tree-encoding=UTF-7 text\n",
		"unknown encoding": "* working-tree-encoding=none text\n", "ident": "* ident\n", "eol": "* text eol=crlf\n", "lfs": "* filter=lfs diff=lfs merge=lfs -text\n",
		"filter": "* filter=evil\n", "export-subst": "* export-subst\n", "export-ignore": "sub export-ignore\n* export-ignore\n",
		"macro": "[attr]all text eol=crlf ident filter=evil export-ignore\n* all\n", "crlf of old": "* crlf\n",
	}
	trace := filepath.Join(t.TempDir(), "trace")
	settings := "git config core.autocrlf true && git config core.eol crlf && git config filter.evil.smudge 'touch " + trace + "; cat' && " +
		"git config filter.evil.required true && git config filter.lfs.smudge 'touch " + trace + "; cat' && git config filter.lfs.process 'touch " + trace + "' && " +
		"git config filter.lfs.required true && git config core.symlinks false && git config core.sparseCheckout true && git config core.quotePath true"
	for variable, value := range map[string]string{
		"GIT_DIR": "/nonexistent", "GIT_INDEX_FILE": "/nonexistent", "GIT_OBJECT_DIRECTORY": "/nonexistent", "GIT_WORK_TREE": "/nonexistent",
		"GIT_NAMESPACE": "x", "GIT_ATTR_SOURCE": "HEAD", "GIT_LITERAL_PATHSPECS": "1", "GIT_ICASE_PATHSPECS": "1", "GIT_TRACE": "1",
		"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.autocrlf", "GIT_CONFIG_VALUE_0": "true",
	} {
		t.Setenv(variable, value)
	}
	for _, place := range []string{".gitattributes", "ops/.gitattributes", ".git/info/attributes", "global"} {
		dir := t.TempDir()
		shell(t, dir, "git init -q -b main && mkdir -p ops/sub .git/info")
		for file, text := range content {
			write(t, filepath.Join(dir, "ops", file), text)
		}
		// What is recorded is what is in the files: the attributes come later, as in a pull request.
		shell(t, dir, "git add . && git commit -qm one")
		path := filepath.Join(dir, place)
		if place == "global" {
			path = filepath.Join(t.TempDir(), "attributes")
			shell(t, dir, "git config core.attributesFile "+path)
		}
		commits := map[string]string{}
		for name, attribute := range attributes {
			commits[name] = "HEAD"
			if strings.HasSuffix(place, ".gitattributes") {
				write(t, path, attribute)
				// By its id, because git would convert everything again.
				commits[name] = shell(t, dir, "git update-index --add --cacheinfo 100644,$(git hash-object -w --no-filters "+place+"),"+place+
					" && git commit-tree -m two -p HEAD $(git write-tree)")
			}
		}
		shell(t, dir, settings)
		for name, attribute := range attributes {
			write(t, path, attribute)
			want := maps.Clone(content)
			if place == "ops/.gitattributes" {
				want[".gitattributes"] = attribute
			}
			to := t.TempDir()
			if ok, err := checkout(filepath.Join(dir, "ops")).Export(t.Context(), commits[name], to); !ok || err != nil {
				t.Fatalf("%s in %s: at %q: %v, %v", name, place, commits[name], ok, err)
			}
			if diff := cmp.Diff(want, files(t, to)); diff != "" {
				t.Errorf("%s in %s: %s", name, place, diff)
			}
		}
	}
	if _, missing := os.Stat(trace); missing == nil {
		t.Error("a filter ran")
	}
}

// TestReplacedObjects: refs/replace can put another content in the place of a recorded one.
func TestReplacedObjects(t *testing.T) {
	dir := t.TempDir()
	shell(t, dir, "git init -q -b main && echo one > a && git add . && git commit -qm one && "+
		"git replace $(git rev-parse HEAD:a) $(echo two | git hash-object -w --stdin)")
	to := t.TempDir()
	if ok, err := checkout(dir).Export(t.Context(), "HEAD", to); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if got := files(t, to)["a"]; got != "one\n" {
		t.Errorf("%q", got)
	}
}

// TestWhatIsLeftOut: submodules, and the content of what is too large to be read.
func TestWhatIsLeftOut(t *testing.T) {
	dir := t.TempDir()
	shell(t, dir, "git init -q -b main && echo one > a && git add . && git commit -qm one && "+
		"git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),module && truncate -s 17M large && git add large && chmod +x a && git add a && git commit -qm two")
	to := t.TempDir()
	if ok, err := checkout(dir).Export(t.Context(), "HEAD", to); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if _, err := os.Lstat(filepath.Join(to, "module")); err == nil {
		t.Error("a submodule was written")
	}
	info, err := os.Stat(filepath.Join(to, "large"))
	if err != nil || info.Size() != 17<<20 {
		t.Error(info, err)
	}
	if info, err := os.Stat(filepath.Join(to, "a")); err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info, err)
	}
	// Something else can have had the folder's name.
	shell(t, dir, "mkdir -p later && git rm -q --cached a && rm a && mkdir a && echo x > a/x")
	for _, name := range []string{"a", "later"} {
		if ok, err := checkout(filepath.Join(dir, name)).Export(t.Context(), "HEAD", t.TempDir()); ok || err != nil {
			t.Errorf("%s: %v, %v", name, ok, err)
		}
	}
}

// treeOf writes a tree with entries "MODE NAME", as git itself would not, and returns a commit of it. The entries hold
// the content, except one of mode 40000, which holds the tree before it.
func treeOf(t *testing.T, dir, content string, entries ...string) string {
	t.Helper()
	raw := func(id string) string {
		b, err := hex.DecodeString(id)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	store := func(kind, text string) string {
		cmd := exec.Command("git", "hash-object", "-t", kind, "-w", "--literally", "--stdin")
		cmd.Dir, cmd.Stdin = dir, bytes.NewReader([]byte(text))
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return strings.TrimSpace(string(out))
	}
	blob, tree := raw(store("blob", content)), ""
	inner := raw(store("tree", "100644 x\x00"+blob))
	for _, e := range entries {
		id := blob
		if strings.HasPrefix(e, "40000 ") {
			id = inner
		}
		tree += e + "\x00" + id
	}
	return shell(t, dir, "git commit-tree -m x "+store("tree", tree))
}

// TestNamesOfTrees: a tree can hold any name, although git adds only good ones.
func TestNamesOfTrees(t *testing.T) {
	for _, tt := range []struct {
		entries []string
		content string
		want    string // part of the error; empty if it is exported
	}{
		{[]string{"100644 a"}, "x", ""},
		{[]string{"100644 a", "100755 b", "120000 c", "40000 d", "160000 e"}, "a", ""},
		{[]string{"100644 ..b", "100644 ...", "100644 -x", "100644 a b\tc\n", "100644 \u00fc", "100644 .gitignore"}, "x", ""},
		{[]string{"100644 .."}, "x", "leads out"},
		{[]string{"40000 .."}, "x", "leads out"},
		{[]string{"100644 ../x"}, "x", "leads out"},
		{[]string{"100644 a/../../x"}, "x", "leads out"},
		{[]string{"100644 ."}, "x", "leads out"},
		{[]string{"40000 ."}, "x", "leads out"},
		{[]string{"100644 /tmp/x"}, "x", "leads out"},
		{[]string{"40000 /"}, "x", "leads out"},
		{[]string{"100644 a//b"}, "x", "leads out"},
		{[]string{"100644 .git"}, "x", "version control"},
		{[]string{"40000 .git"}, "x", "version control"},
		{[]string{"40000 .GIT"}, "x", "version control"},
		{[]string{"40000 git~1"}, "x", "version control"},
		{[]string{"40000 .g\u200cit"}, "x", "version control"},
		{[]string{"100644 sub/.git/config"}, "x", "version control"},
		{[]string{"100644 a", "100644 a"}, "x", "same name"},
		{[]string{"100644 a", "40000 a"}, "x", "cannot write"},
		{[]string{"120000 a", "40000 a"}, "/tmp", "same name"},
		{[]string{"120000 a", "100644 a/x"}, "/tmp", "same name"},
		{[]string{"120000 a", "100644 a"}, "/etc/passwd", "same name"},
		{[]string{"120000 a"}, strings.Repeat("x", 5000), "longer than"},
		{[]string{"120000 a"}, "x\x00y", "cannot write"},
		{[]string{"120000 a"}, "", "cannot write"},
		{[]string{"100644 " + strings.Repeat("x", 300)}, "x", "cannot write"},
		{[]string{"100644 " + strings.Repeat("x/", 100_000) + "x"}, "x", "longer than"},
	} {
		dir := t.TempDir()
		shell(t, dir, "git init -q -b main")
		commit := treeOf(t, dir, tt.content, tt.entries...)
		top := t.TempDir()
		to := filepath.Join(top, "in", "to")
		if err := os.MkdirAll(to, 0o700); err != nil {
			t.Fatal(err)
		}
		ok, err := checkout(dir).Export(t.Context(), commit, to)
		switch {
		case tt.want == "" && (!ok || err != nil), tt.want != "" && (err == nil || ok || !strings.Contains(err.Error(), tt.want)):
			t.Errorf("%.80q: %v, %v", tt.entries, ok, err)
		case err != nil && (len(err.Error()) > 600 || strings.ContainsAny(err.Error(), "\n\x00")):
			t.Errorf("%.80q: the error cannot be read: %q", tt.entries, err)
		}
		for _, outside := range []string{top, filepath.Join(top, "in")} {
			if left, err := os.ReadDir(outside); err != nil || len(left) != 1 {
				t.Errorf("%.80q: something was written outside of the folder: %v %v", tt.entries, left, err)
			}
		}
	}
}

// TestCollisionsOfNames: a file system that does not distinguish A and a must not lose one of them. That it does not
// is simulated with a folder that is there.
func TestCollisionsOfNames(t *testing.T) {
	to := t.TempDir()
	if err := os.Mkdir(filepath.Join(to, "Monitors"), 0o700); err != nil {
		t.Fatal(err)
	}
	out, err := newFolder(to)
	if err != nil {
		t.Fatal(err)
	}
	defer out.close()
	if _, err := out.create("Monitors/a.hcl"); err == nil || !strings.Contains(err.Error(), "does not distinguish") {
		t.Error(err)
	}
}

func TestListsAreBounded(t *testing.T) {
	var text strings.Builder
	for i := range maxEntries + 1 {
		fmt.Fprintf(&text, "100644 blob %040d\t%d\x00", i, i)
	}
	if _, err := readEntries(strings.NewReader(text.String())); err == nil || !strings.Contains(err.Error(), "more than 500000 files") {
		t.Error(err)
	}
	for _, broken := range []string{"100644 blob 0", "100644 blob 0\tx", "x\x00", "100644 tree 0\tx\x00", "040000 blob 0\tx\x00", "\x00"} {
		if e, err := readEntries(strings.NewReader(broken)); err == nil {
			t.Errorf("%q: %v", broken, e)
		}
	}
}

func FuzzEntries(f *testing.F) {
	f.Add("100644 blob 0\ta\x00120000 blob 0\t../x\x00")
	f.Fuzz(func(t *testing.T, text string) {
		entries, err := readEntries(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, e := range entries {
			if checkPath(e.path) == nil && (!filepath.IsLocal(e.path) || strings.Contains("/"+strings.ToLower(e.path)+"/", "/.git/")) {
				t.Errorf("%q", e.path)
			}
		}
	})
}

// TestMissingContent: a clone without the content of files must fetch it; the error says so if that fails.
func TestMissingContent(t *testing.T) {
	repo := repository(t)
	shell(t, repo, "git config uploadpack.allowFilter true")
	partial := filepath.Join(t.TempDir(), "partial")
	shell(t, repo, "git clone -q --no-checkout --filter=blob:none file://"+repo+" "+partial)
	to := t.TempDir()
	if ok, err := checkout(partial).Export(t.Context(), "HEAD", to); !ok || err != nil {
		t.Fatal(ok, err)
	}
	lost := filepath.Join(t.TempDir(), "lost")
	shell(t, repo, "git clone -q --no-checkout --filter=blob:none file://"+repo+" "+lost+" && git -C "+lost+" remote set-url origin file:///nonexistent")
	if _, err := checkout(lost).Export(t.Context(), "HEAD", t.TempDir()); err == nil || !strings.Contains(err.Error(), "nonexistent") {
		t.Error(err)
	}
}

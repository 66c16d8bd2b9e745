package git

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// repository makes a repository whose main has a stack in ops/ and whose branch changes it, and returns its folder.
func repository(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, step := range []string{
		"git init -q -b main && git config user.email a@example.com && git config user.name a",
		"mkdir -p ops/monitors && echo one > ops/monitors/a.hcl && echo stack > ops/stack.hcl && echo '* export-ignore' > .gitattributes && ln -s a.hcl ops/monitors/link.hcl",
		"git add . && git commit -qm one && git switch -qc topic && echo two > ops/monitors/a.hcl && mkdir new && echo x > new/x && git add . && git commit -qm two",
		"git switch -q main && echo three > ops/monitors/a.hcl && git commit -qam three && git switch -q topic && echo dirty > ops/monitors/a.hcl",
	} {
		cmd := exec.Command("sh", "-ec", step)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", step, err, out)
		}
	}
	return dir
}

// checkout is a folder with the environment of the test.
func checkout(dir string) Checkout { return Checkout{Dir: dir, Environ: os.Environ()} }

// files reads a folder.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(name)] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestInAHook: git sets the repository for hooks; the folder's repository is used nevertheless.
func TestInAHook(t *testing.T) {
	repo := repository(t)
	t.Setenv("GIT_DIR", filepath.Join(repo, ".git"))
	t.Setenv("GIT_INDEX_FILE", filepath.Join(repo, ".git", "index"))
	t.Setenv("GIT_PREFIX", "")
	ops := filepath.Join(repo, "ops")
	commit, err := checkout(ops).MergeBase(t.Context(), "main")
	if err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	if ok, err := checkout(ops).Export(t.Context(), commit, to); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if _, err := os.Stat(filepath.Join(to, "stack.hcl")); err != nil {
		t.Error(err)
	}
}

func TestMergeBaseAndExport(t *testing.T) {
	repo := repository(t)
	ops := filepath.Join(repo, "ops")
	before, _ := checkout(repo).run(t.Context(), nil, "status", "--porcelain=v2", "--branch")
	commit, err := checkout(ops).MergeBase(t.Context(), "main")
	if err != nil || len(commit) < 40 {
		t.Fatal(commit, err)
	}
	to := t.TempDir()
	if ok, err := checkout(ops).Export(t.Context(), commit, to); !ok || err != nil {
		t.Fatal(ok, err)
	}
	// What main went on to, what the branch did and what is not committed are not in it.
	want := map[string]string{"stack.hcl": "stack\n", "monitors/a.hcl": "one\n", "monitors/link.hcl": "one\n"}
	if diff := cmp.Diff(want, files(t, to)); diff != "" {
		t.Error(diff)
	}
	if ok, err := checkout(filepath.Join(repo, "new")).Export(t.Context(), commit, t.TempDir()); ok || err != nil {
		t.Errorf("a folder that was not there: %v, %v", ok, err)
	}
	if after, _ := checkout(repo).run(t.Context(), nil, "status", "--porcelain=v2", "--branch"); after != before {
		t.Errorf("the repository was changed:\n%s\n%s", before, after)
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	repo := repository(t)
	shallow := filepath.Join(t.TempDir(), "shallow")
	if _, err := checkout(repo).run(t.Context(), nil, "clone", "-q", "--depth=1", "--no-single-branch", "file://"+repo, shallow); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct{ dir, ref, want string }{
		"unknown":       {repo, "origin/main", `git does not have "origin/main": fetch it first`},
		"an option":     {repo, "--all", `git does not have "--all"`},
		"shallow":       {shallow, "origin/main", "git has no common commit of"},
		"no repository": {t.TempDir(), "main", "not a git repository"},
	} {
		if _, err := checkout(tt.dir).MergeBase(t.Context(), tt.ref); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestEnvironIsPassed: git gets the environment of the checkout, and nothing of the process's.
func TestEnvironIsPassed(t *testing.T) {
	repo := repository(t)
	t.Setenv("GIT_CEILING_DIRECTORIES", repo) // no repository is looked for above its folders
	for name, tt := range map[string]struct {
		environ []string
		found   bool
	}{
		"nothing":        {nil, true},
		"what is passed": {[]string{"GIT_CEILING_DIRECTORIES=" + repo}, false},
	} {
		_, err := Checkout{Dir: filepath.Join(repo, "ops"), Environ: tt.environ}.MergeBase(t.Context(), "main")
		if (err == nil) != tt.found {
			t.Errorf("%s: %v", name, err)
		}
	}
}

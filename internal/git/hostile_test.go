package git

import (
	"os"
	"path/filepath"
	"testing"
)

// TestRunsNothingOfTheBranch: a branch can hold a whole repository as plain files, whose settings name commands, and
// hooks in a folder that the user's settings name.
func TestRunsNothingOfTheBranch(t *testing.T) {
	for name, trap := range map[string]func(t *testing.T, repo, ops, script string){
		"repository in the folder": func(t *testing.T, repo, ops, script string) {
			for _, part := range []string{"objects", "refs"} {
				if err := os.CopyFS(filepath.Join(ops, part), os.DirFS(filepath.Join(repo, ".git", part))); err != nil {
					t.Fatal(err)
				}
			}
			write(t, filepath.Join(ops, "HEAD"), "ref: refs/heads/topic\n")
			write(t, filepath.Join(ops, "config"), "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = "+ops+
				"\n\tfsmonitor = "+script+"\n\thooksPath = "+filepath.Dir(script)+"\n[filter \"evil\"]\n\tsmudge = "+script+"\n\trequired = true\n")
			write(t, filepath.Join(ops, ".gitattributes"), "* filter=evil\n")
		},
		"hooks in the folder": func(t *testing.T, repo, _, script string) {
			if _, err := checkout(repo).run(t.Context(), nil, "config", "core.hooksPath", filepath.Dir(script)); err != nil {
				t.Fatal(err)
			}
		},
		"file system monitor": func(t *testing.T, repo, _, script string) {
			if _, err := checkout(repo).run(t.Context(), nil, "config", "core.fsmonitor", script); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			repo := repository(t)
			ops, trace := filepath.Join(repo, "ops"), filepath.Join(t.TempDir(), "trace")
			script := filepath.Join(repo, ".githooks", "post-index-change")
			if err := os.Mkdir(filepath.Dir(script), 0o700); err != nil {
				t.Fatal(err)
			}
			write(t, script, "#!/bin/sh\ntouch "+trace+"\n")
			trap(t, repo, ops, script)
			commit, err := checkout(ops).MergeBase(t.Context(), "main")
			if err == nil {
				_, err = checkout(ops).Export(t.Context(), commit, t.TempDir())
			}
			if _, missing := os.Stat(trace); missing == nil {
				t.Errorf("a file of the branch ran (%v)", err)
			}
		})
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
}

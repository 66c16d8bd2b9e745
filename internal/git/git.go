package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// MergeBase returns the commit at which what is checked out in dir left ref, as its full hash. Its errors say what to
// do.
func MergeBase(ctx context.Context, dir, ref string) (string, error) {
	if _, err := run(ctx, dir, nil, "rev-parse", "--git-dir"); err != nil {
		return "", err
	}
	if _, err := run(ctx, dir, nil, "rev-parse", "--verify", "--quiet", "--end-of-options", ref+"^{commit}"); err != nil {
		return "", fmt.Errorf("git knows no %q here: fetch it first (in CI, check out with the whole history: fetch-depth: 0)", ref)
	}
	commit, err := run(ctx, dir, nil, "merge-base", "--end-of-options", ref, "HEAD")
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 {
		return "", fmt.Errorf("%q and what is checked out have no commit in common as far as git has them: fetch the "+
			"whole history (fetch-depth: 0, or git fetch --unshallow)", ref)
	}
	return commit, err
}

// Export writes what dir held at a commit into the folder to, which is there and empty. ok is false if there was no
// such folder then.
func Export(ctx context.Context, dir, commit, to string) (ok bool, err error) {
	tree, err := run(ctx, dir, nil, "rev-parse", "--verify", "--quiet", "--end-of-options", commit+":./")
	if err != nil {
		return false, nil //nolint:nilerr // git says so by failing
	}
	index := filepath.Join(to, ".git-index")
	defer func() { _ = os.Remove(index) }() // read-tree may not have got so far as to make it
	env := []string{"GIT_INDEX_FILE=" + index}
	if _, err := run(ctx, dir, env, "read-tree", tree); err != nil {
		return false, err
	}
	top, err := run(ctx, dir, nil, "rev-parse", "--show-toplevel")
	if err != nil {
		return false, err
	}
	// From the top, because below it the index would be taken for that of the whole repository and cut down.
	_, err = run(ctx, top, env, "checkout-index", "--all", "--prefix="+to+string(filepath.Separator))
	return err == nil, err
}

// withoutRepository drops what a hook is told about the repository that it runs in: git would go by that and not by the
// folder. These are the variables of `git rev-parse --local-env-vars`.
func withoutRepository(environ []string) []string {
	local := []string{
		"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "GIT_OBJECT_DIRECTORY",
		"GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_INDEX_FILE", "GIT_NO_REPLACE_OBJECTS",
		"GIT_REPLACE_REF_BASE", "GIT_PREFIX", "GIT_SHALLOW_FILE", "GIT_COMMON_DIR",
	}
	return slices.DeleteFunc(slices.Clone(environ), func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return slices.Contains(local, name)
	})
}

// inert are the options with which git runs no program that files of a branch could name or hold: hooks, a file system
// monitor, and the settings of a bare repository that is committed as plain files (git 2.38 and later).
func inert() []string {
	return []string{"-c", "safe.bareRepository=explicit", "-c", "core.hooksPath=" + os.DevNull, "-c", "core.fsmonitor=false"}
}

// run runs git in a folder and returns what it prints. Without git, or in a folder that is none of a repository, the
// error is what git or the system says.
func run(ctx context.Context, dir string, env []string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", append(inert(), args...)...)
	cmd.Dir = dir
	cmd.Env = append(withoutRepository(os.Environ()), env...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		if errors.Is(err, exec.ErrNotFound) {
			return "", errors.New("--base with a name of git's needs the git command: install it, or name a folder")
		}
		return "", fmt.Errorf("git %s: %w: %s", args[0], err, strings.TrimSpace(errs.String()))
	}
	return strings.TrimSpace(out.String()), nil
}

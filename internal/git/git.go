package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// Checkout is a folder of a repository's working tree.
type Checkout struct {
	Dir string
	// Environ is the environment of the git commands, in the format of os.Environ.
	Environ []string
}

// MergeBase returns the full hash of the merge base of ref and HEAD. Its errors say what to do.
func (c Checkout) MergeBase(ctx context.Context, ref string) (string, error) {
	if _, err := c.run(ctx, nil, "rev-parse", "--git-dir"); err != nil {
		return "", err
	}
	if _, err := c.run(ctx, nil, "rev-parse", "--verify", "--quiet", "--end-of-options", ref+"^{commit}"); err != nil {
		return "", fmt.Errorf("git does not have %q: fetch it first (in CI, check out the whole history: fetch-depth: 0)", ref)
	}
	commit, err := c.run(ctx, nil, "merge-base", "--end-of-options", ref, "HEAD")
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 {
		return "", fmt.Errorf("git has no common commit of %q and HEAD: fetch the "+
			"whole history (fetch-depth: 0, or git fetch --unshallow)", ref)
	}
	return commit, err
}

// withoutRepository drops the variables that git sets for hooks: with them, git would use another repository than the
// folder's. These are the variables of `git rev-parse --local-env-vars`, and those that change how git interprets paths
// and attributes.
func withoutRepository(environ []string) []string {
	local := []string{
		"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "GIT_OBJECT_DIRECTORY",
		"GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_INDEX_FILE", "GIT_NO_REPLACE_OBJECTS",
		"GIT_REPLACE_REF_BASE", "GIT_PREFIX", "GIT_SHALLOW_FILE", "GIT_COMMON_DIR",
		"GIT_NAMESPACE", "GIT_QUARANTINE_PATH", "GIT_ATTR_SOURCE", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS",
		"GIT_ICASE_PATHSPECS",
	}
	return slices.DeleteFunc(slices.Clone(environ), func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return slices.Contains(local, name)
	})
}

// inert returns the options that prevent git from running programs from a branch: hooks, a file system monitor, and the
// settings of a bare repository that is committed as plain files (git 2.38 and later).
func inert() []string {
	return []string{"-c", "safe.bareRepository=explicit", "-c", "core.hooksPath=" + os.DevNull, "-c", "core.fsmonitor=false"}
}

// run runs git in the folder and returns its output. If git is not installed or the folder is not in a repository, the
// error is that of git or the system.
func (c Checkout) run(ctx context.Context, env []string, args ...string) (string, error) {
	cmd, errs := c.command(ctx, env, args...)
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Run(); err != nil {
		return "", failed(args[0], err, errs)
	}
	return strings.TrimSpace(out.String()), nil
}

// command prepares a git command in the folder. Its standard error goes to errs.
func (c Checkout) command(ctx context.Context, env []string, args ...string) (cmd *exec.Cmd, errs *bytes.Buffer) {
	cmd = exec.CommandContext(ctx, "git", append(inert(), args...)...)
	cmd.Dir = c.Dir
	cmd.Env = append(append([]string{}, withoutRepository(c.Environ)...), env...) // nil would be the process's own
	errs = &bytes.Buffer{}
	cmd.Stderr = errs
	return cmd, errs
}

// failed is the error of a git command.
func failed(command string, err error, errs *bytes.Buffer) error {
	if errors.Is(err, exec.ErrNotFound) {
		return errors.New("--base with a git reference requires the git command: install it, or use --base with a folder")
	}
	return fmt.Errorf("git %s: %w: %s", command, err, strings.TrimSpace(errs.String()))
}

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
	// Environ is the environment of the git commands, as os.Environ has it.
	Environ []string
}

// MergeBase returns the commit at which what is checked out left ref, as its full hash. Its errors say what to do.
func (c Checkout) MergeBase(ctx context.Context, ref string) (string, error) {
	if _, err := c.run(ctx, nil, "rev-parse", "--git-dir"); err != nil {
		return "", err
	}
	if _, err := c.run(ctx, nil, "rev-parse", "--verify", "--quiet", "--end-of-options", ref+"^{commit}"); err != nil {
		return "", fmt.Errorf("git knows no %q here: fetch it first (in CI, check out with the whole history: fetch-depth: 0)", ref)
	}
	commit, err := c.run(ctx, nil, "merge-base", "--end-of-options", ref, "HEAD")
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 {
		return "", fmt.Errorf("%q and what is checked out have no commit in common as far as git has them: fetch the "+
			"whole history (fetch-depth: 0, or git fetch --unshallow)", ref)
	}
	return commit, err
}

// withoutRepository drops the variables by which git names its repository to a hook: with them, git would use that one and
// not the folder's. These are the variables of `git rev-parse --local-env-vars`, and those that change how paths and
// attributes are read.
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

// inert are the options with which git runs no program that files of a branch could name or hold: hooks, a file system
// monitor, and the settings of a bare repository that is committed as plain files (git 2.38 and later).
func inert() []string {
	return []string{"-c", "safe.bareRepository=explicit", "-c", "core.hooksPath=" + os.DevNull, "-c", "core.fsmonitor=false"}
}

// run runs git in the folder and returns what it prints. Without git, or in a folder that is none of a repository, the
// error is what git or the system says.
func (c Checkout) run(ctx context.Context, env []string, args ...string) (string, error) {
	cmd, errs := c.command(ctx, env, args...)
	var out bytes.Buffer
	cmd.Stdout = &out
	if err := cmd.Run(); err != nil {
		return "", failed(args[0], err, errs)
	}
	return strings.TrimSpace(out.String()), nil
}

// command prepares git in the folder. What it says of errors goes to errs.
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
		return errors.New("--base with a name of git's needs the git command: install it, or name a folder")
	}
	return fmt.Errorf("git %s: %w: %s", command, err, strings.TrimSpace(errs.String()))
}

package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/git"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// baseUsage describes --base.
const baseUsage = "compare with the configuration where this branch left a `REF`, or in a folder: ./DIR"

// baseConfig is the configuration before a change.
type baseConfig struct {
	name    string // what a person is told: "origin/main (merge base 1a2b3c4)"
	objects []*object.Object
}

// loadBase reads the configuration that --base names: that of a folder, or the stack's own folder as it was at the
// commit where HEAD left a branch. A stack that is not there yet has no objects.
func (a *App) loadBase(ctx context.Context, ref, stack string, vars *variableFlags) (*baseConfig, error) {
	if isPath(ref) {
		if !holdsFiles(ref) {
			return nil, fmt.Errorf("--base %s holds no *.hcl: name the folder of a stack", ref)
		}
		return a.readBase(ref, ref, stack, vars)
	}
	checkout := git.Checkout{Dir: a.flags.dir, Environ: a.Environ}
	commit, err := checkout.MergeBase(ctx, ref)
	if err != nil {
		if holdsFiles(ref) {
			return nil, fmt.Errorf("--base: %w. If the folder is meant, write ./%s", err, ref)
		}
		return nil, fmt.Errorf("--base: %w", err)
	}
	name := fmt.Sprintf("%s (merge base %.7s)", ref, commit)
	dir, err := os.MkdirTemp("", "ddmon-base-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what remains is in the folder for such things
	there, err := checkout.Export(ctx, commit, dir)
	if err != nil {
		return nil, fmt.Errorf("--base: %w", err)
	}
	if !there || !holdsFiles(dir) {
		return &baseConfig{name: name}, nil
	}
	return a.readBase(dir, name, stack, vars)
}

// isPath reports whether --base names a folder. Whatever is not plainly a path is git's, so that nobody makes a folder of
// a branch's name to be compared with that.
func isPath(ref string) bool {
	slashed := filepath.ToSlash(ref)
	return ref == "." || ref == ".." || strings.HasPrefix(slashed, "./") || strings.HasPrefix(slashed, "../") || filepath.IsAbs(ref)
}

// readBase reads a folder as the base. Its faults are one error: they are not this change's.
func (a *App) readBase(dir, name, stack string, vars *variableFlags) (*baseConfig, error) {
	base, diags := config.Load(config.Options{
		Dir: dir, Inputs: a.baseInputs(dir, vars), Environ: a.Environ, PassUndeclared: true, Context: a.context,
	})
	a.hide.learnStack(base)
	if diags.HasErrors() {
		diag.Sort(diags)
		return nil, &brokenBaseError{name, firstError(diags, dir)}
	}
	if base.Name != stack {
		return &baseConfig{name: fmt.Sprintf("%s, where the stack is %q", name, base.Name)}, nil
	}
	return &baseConfig{name: name, objects: base.Objects}, nil
}

// holdsFiles reports whether a stack could be in a folder.
func holdsFiles(dir string) bool {
	for _, name := range []string{".", "monitors", "dashboards"} {
		entries, _ := os.ReadDir(filepath.Join(dir, name)) // what is not there holds none
		if slices.ContainsFunc(entries, func(e os.DirEntry) bool {
			return strings.HasSuffix(e.Name(), ".hcl") || name != "." && e.IsDir()
		}) {
			return true
		}
	}
	return false
}

// baseInputs are the command line's variables for the base: a file of them that is part of the stack is the base's.
func (a *App) baseInputs(dir string, vars *variableFlags) []config.Input {
	out := make([]config.Input, len(vars.inputs))
	for i, in := range vars.inputs {
		out[i] = in
		if in.File == "" {
			continue
		}
		stack, err1 := filepath.Abs(a.flags.dir)
		file, err2 := filepath.Abs(in.File)
		inside, err3 := filepath.Rel(stack, file)
		if errors.Join(err1, err2, err3) != nil || !filepath.IsLocal(inside) {
			continue
		}
		if old := filepath.Join(dir, inside); isFile(old) {
			out[i].File = old
		}
	}
	return out
}

// brokenBaseError says that the configuration before the change cannot be read. The change may be what mends it.
type brokenBaseError struct{ name, why string }

func (e *brokenBaseError) Error() string {
	return fmt.Sprintf("the configuration of %s cannot be read: %s", e.name, e.why)
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// firstError says what is wrong, with the place in the base's own folder.
func firstError(diags hcl.Diagnostics, dir string) string {
	var first *hcl.Diagnostic
	more := -1
	for _, d := range diags {
		if d.Severity != hcl.DiagError {
			continue
		}
		if first == nil {
			first = d
		}
		more++
	}
	text := first.Summary
	if first.Subject != nil {
		text = fmt.Sprintf("%s:%d: %s", strings.TrimPrefix(first.Subject.Filename, filepath.Clean(dir)+string(filepath.Separator)), first.Subject.Start.Line, text)
	}
	if diag.Code(first) == "outside_stack" { // which link it is
		text += ": " + strings.ReplaceAll(strings.TrimSuffix(first.Detail, "."), filepath.Clean(dir)+string(filepath.Separator), "")
	}
	if more > 0 {
		text += fmt.Sprintf(" (and %d more)", more)
	}
	return text
}

// against finds out what of the plan is the change's doing and what happened in Datadog meanwhile.
func (s *session) against(base *baseConfig, in plan.Input) {
	own, _ := plan.Between(plan.Input{Stack: in.Stack, Kinds: kind.All(), Desired: s.stack.Objects}, base.objects)
	in.Desired = base.objects
	set, _ := plan.Build(in)
	if len(s.targets) > 0 {
		own, _ = own.Target(s.targets)
		set, _ = set.Target(s.targets)
	}
	s.base = s.changes.Against(base.name, own.Spelled(), set)
}

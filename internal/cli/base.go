package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
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
const baseUsage = "compare with the configuration in a folder, or where this branch left `REF|DIR`"

// baseConfig is the configuration before a change.
type baseConfig struct {
	name    string // what a person is told: "origin/main (merge base 1a2b3c4)"
	objects []*object.Object
}

// loadBase reads the configuration that --base names: that of a folder, or the stack's own folder as it was at the
// commit where HEAD left a branch. A stack that is not there yet has no objects.
func (a *App) loadBase(ctx context.Context, ref, stack string, vars *variableFlags) (*baseConfig, error) {
	if info, err := os.Stat(ref); err == nil && info.IsDir() {
		return a.readBase(ref, ref, stack, vars)
	}
	commit, err := git.MergeBase(ctx, a.flags.dir, ref)
	if err != nil {
		return nil, fmt.Errorf("--base: %w", err)
	}
	name := fmt.Sprintf("%s (merge base %.7s)", ref, commit)
	dir, err := os.MkdirTemp("", "ddmon-base-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what remains is in the folder for such things
	there, err := git.Export(ctx, a.flags.dir, commit, dir)
	if err != nil {
		return nil, fmt.Errorf("--base: %w", err)
	}
	if !there {
		return &baseConfig{name: name}, nil
	}
	return a.readBase(dir, name, stack, vars)
}

// readBase reads a folder as the base. Its faults are one error: they are not this change's.
func (a *App) readBase(dir, name, stack string, vars *variableFlags) (*baseConfig, error) {
	if found, err := filepath.Glob(filepath.Join(dir, "*.hcl")); err == nil && len(found) == 0 && !hasStackFolders(dir) {
		return &baseConfig{name: name}, nil
	}
	base, diags := config.Load(config.Options{Dir: dir, Inputs: a.baseInputs(dir, vars), Environ: a.Environ, PassUndeclared: true})
	a.hide.learn(base.Sensitive)
	if diags.HasErrors() {
		diag.Sort(diags)
		return nil, fmt.Errorf("the configuration of %s cannot be read: %s", name, firstError(diags, dir))
	}
	if base.Name != stack {
		return &baseConfig{name: fmt.Sprintf("%s, where the stack is %q", name, base.Name)}, nil
	}
	return &baseConfig{name: name, objects: base.Objects}, nil
}

func hasStackFolders(dir string) bool {
	for _, name := range []string{"monitors", "dashboards"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.IsDir() {
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
		inside, err := filepath.Rel(a.flags.dir, in.File)
		if err != nil || !filepath.IsLocal(inside) {
			continue
		}
		if old := filepath.Join(dir, inside); isFile(old) {
			out[i].File = old
		}
	}
	return out
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
		text = fmt.Sprintf("%s:%d: %s", strings.TrimPrefix(first.Subject.Filename, dir+string(filepath.Separator)), first.Subject.Start.Line, text)
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

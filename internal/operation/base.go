package operation

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
)

// Base is the configuration before a change.
type Base struct {
	Name    string // shown to users: "origin/main (merge base 1a2b3c4)"
	Objects []*object.Object
}

// Base reads the configuration of a stack before a change. ref is a path to a folder, such as ./old, or a git ref. For
// a git ref, Base reads the stack's folder at the merge base with HEAD. A stack that does not exist there has no
// objects.
func (w *Workspace) Base(ctx context.Context, ref, stack string) (*Base, error) {
	if isPath(ref) {
		if !holdsFiles(ref) {
			return nil, fmt.Errorf("--base %s has no *.hcl files: use the folder of a stack", ref)
		}
		return w.readBase(ctx, ref, ref, stack)
	}
	checkout := git.Checkout{Dir: w.Dir, Environ: w.Environ}
	commit, err := checkout.MergeBase(ctx, ref)
	if err != nil {
		if holdsFiles(ref) {
			return nil, fmt.Errorf("--base: %w. To use the folder, write ./%s", err, ref)
		}
		return nil, fmt.Errorf("--base: %w", err)
	}
	name := fmt.Sprintf("%s (merge base %.7s)", ref, commit)
	dir, err := w.TempDir()
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // on failure, files remain in the temporary directory
	there, err := checkout.Export(ctx, commit, dir)
	if err != nil {
		return nil, fmt.Errorf("--base: %w", err)
	}
	if !there || !holdsFiles(dir) {
		return &Base{Name: name}, nil
	}
	return w.readBase(ctx, dir, name, stack)
}

// isPath reports whether --base is a folder. Anything that is not clearly a path is a git ref. Otherwise a pull request
// could add a folder with the name of a branch and be compared with that.
func isPath(ref string) bool {
	slashed := filepath.ToSlash(ref)
	return ref == "." || ref == ".." || strings.HasPrefix(slashed, "./") || strings.HasPrefix(slashed, "../") || filepath.IsAbs(ref)
}

// readBase reads a folder as the base. It returns all problems as one error, because this change did not cause them.
func (w *Workspace) readBase(ctx context.Context, dir, name, stack string) (*Base, error) {
	base, diags := w.load(config.Options{Dir: dir, Inputs: w.baseInputs(dir), IgnoreUndeclared: true, Context: ctx})
	if diags.HasErrors() {
		return nil, &brokenBaseError{name, firstError(diags, dir)}
	}
	if base.Name != stack {
		return &Base{Name: fmt.Sprintf("%s, where the stack is %q", name, base.Name)}, nil
	}
	return &Base{Name: name, Objects: base.Objects}, nil
}

// holdsFiles reports whether a folder can be a stack.
func holdsFiles(dir string) bool {
	for _, name := range append([]string{"."}, kind.Folders()...) {
		entries, _ := os.ReadDir(filepath.Join(dir, name)) // a missing folder has no entries
		if slices.ContainsFunc(entries, func(e os.DirEntry) bool {
			return strings.HasSuffix(e.Name(), ".hcl") || name != "." && e.IsDir()
		}) {
			return true
		}
	}
	return false
}

// baseInputs returns the command line's variables for the base. A variable file in the stack's folder is read from the
// base.
func (w *Workspace) baseInputs(dir string) []config.Input {
	out := make([]config.Input, len(w.Inputs))
	for i, in := range w.Inputs {
		out[i] = in
		stack, _ := filepath.Abs(w.Dir) // no path is inside the empty path that an error leaves
		file, _ := filepath.Abs(in.File)
		inside, _ := filepath.Rel(stack, file)
		if old := filepath.Join(dir, inside); filepath.IsLocal(inside) && isFile(old) {
			out[i].File = old
		}
	}
	return out
}

// brokenBaseError is the error of a base that cannot be read. The change can be the fix.
type brokenBaseError struct{ name, reason string }

func (e *brokenBaseError) Error() string {
	return fmt.Sprintf("cannot read the configuration of %s: %s", e.name, e.reason)
}

// WithoutBase returns the warning for a plan without its broken base, or nil if err is another error.
func WithoutBase(err error) *hcl.Diagnostic {
	broken := (*brokenBaseError)(nil)
	if !errors.As(err, &broken) {
		return nil
	}
	return diag.Warning("broken_base", "Cannot separate changes from drift",
		"ddmon "+broken.Error()+". The plan shows both together.", hcl.Range{})
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// firstError describes the first error with its location, relative to the base's folder.
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

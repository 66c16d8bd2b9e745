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
	Name    string // what people read: "origin/main (merge base 1a2b3c4)"
	Objects []*object.Object
}

// Base reads the configuration before the change of a stack. ref names it: a folder, if it is a path such as ./old, or a
// ref of git; then it is the stack's own folder at the commit where HEAD left that. A stack that is not there yet has no
// objects.
func (w *Workspace) Base(ctx context.Context, ref, stack string) (*Base, error) {
	if isPath(ref) {
		if !holdsFiles(ref) {
			return nil, fmt.Errorf("--base %s holds no *.hcl: name the folder of a stack", ref)
		}
		return w.readBase(ctx, ref, ref, stack)
	}
	checkout := git.Checkout{Dir: w.Dir, Environ: w.Environ}
	commit, err := checkout.MergeBase(ctx, ref)
	if err != nil {
		if holdsFiles(ref) {
			return nil, fmt.Errorf("--base: %w. If the folder is meant, write ./%s", err, ref)
		}
		return nil, fmt.Errorf("--base: %w", err)
	}
	name := fmt.Sprintf("%s (merge base %.7s)", ref, commit)
	dir, err := w.TempDir()
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what remains is among the temporary files
	there, err := checkout.Export(ctx, commit, dir)
	if err != nil {
		return nil, fmt.Errorf("--base: %w", err)
	}
	if !there || !holdsFiles(dir) {
		return &Base{Name: name}, nil
	}
	return w.readBase(ctx, dir, name, stack)
}

// isPath reports whether --base names a folder. Anything that is not clearly a path is a git ref: otherwise a pull request
// could add a folder with a branch's name, and would be compared with that.
func isPath(ref string) bool {
	slashed := filepath.ToSlash(ref)
	return ref == "." || ref == ".." || strings.HasPrefix(slashed, "./") || strings.HasPrefix(slashed, "../") || filepath.IsAbs(ref)
}

// readBase reads a folder as the base. Its faults are one error: they are not this change's.
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

// holdsFiles reports whether a stack could be in a folder.
func holdsFiles(dir string) bool {
	for _, name := range append([]string{"."}, kind.Folders()...) {
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
func (w *Workspace) baseInputs(dir string) []config.Input {
	out := make([]config.Input, len(w.Inputs))
	for i, in := range w.Inputs {
		out[i] = in
		if in.File == "" {
			continue
		}
		stack, err1 := filepath.Abs(w.Dir)
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

// brokenBaseError says that the configuration before the change cannot be read. The change may be what fixes it.
type brokenBaseError struct{ name, why string }

func (e *brokenBaseError) Error() string {
	return fmt.Sprintf("the configuration of %s cannot be read: %s", e.name, e.why)
}

// WithoutBase returns the warning of a plan without the base that err says is broken; nil if err is another error.
func WithoutBase(err error) *hcl.Diagnostic {
	broken := (*brokenBaseError)(nil)
	if !errors.As(err, &broken) {
		return nil
	}
	return diag.Warning("broken_base", "Changes and drift cannot be told apart",
		"As "+broken.Error()+", the plan shows both as one.", hcl.Range{})
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

package operation

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/limit"
	"ddmon/internal/root"
)

// Formatted is a file before and after formatting. If formatting failed, Err or an error in Diagnostics is the reason.
type Formatted struct {
	Name          string // for display
	Before, After []byte // empty if formatting failed
	Diagnostics   hcl.Diagnostics
	Files         map[string]*hcl.File // for Diagnostics
	Err           error
	// Concealed reports that the file can have sensitive values, so neither its lines nor the changes are shown.
	Concealed bool

	in   *root.Root // nil for a source that is not a file
	path string     // within in
}

// Changed reports whether formatting changes the file.
func (f *Formatted) Changed() bool { return !bytes.Equal(f.Before, f.After) }

// Rewrite writes the formatted content to the file. It must be called within the loop that yielded f.
func (f *Formatted) Rewrite() error {
	if err := f.in.Rewrite(f.path, f.Before, f.After); err != nil {
		return fileError(f.in, f.path, err)
	}
	return nil
}

// Format formats a source.
func Format(ctx context.Context, name string, source []byte) *Formatted {
	parser := hclparse.NewParser()
	f := &Formatted{Name: name}
	if fault := limit.NewMeter(ctx).Source(source, name); fault != nil {
		f.Diagnostics, f.Files = hcl.Diagnostics{diag.Error("limit", fault.Summary, fault.Detail, *fault.Range)}, parser.Files()
		return f
	}
	if _, diags := parser.ParseHCL(source, name); diags.HasErrors() {
		f.Diagnostics, f.Files = diags, parser.Files()
		return f
	}
	f.Before, f.After = source, hclwrite.Format(source)
	return f
}

// FormatStack yields the files of the stack in a folder, but not files of other stacks below it.
func FormatStack(ctx context.Context, dir string) iter.Seq[*Formatted] {
	return func(yield func(*Formatted) bool) {
		in, err := root.Open(dir)
		if err != nil {
			yield(&Formatted{Err: err})
			return
		}
		defer func() { _ = in.Close() }() // all files are closed
		names, problems := config.Files(in)
		for _, p := range problems {
			if !yield(&Formatted{Err: fileError(in, p.Name, p.Err)}) {
				return
			}
		}
		for _, name := range names {
			if !yield(formatFile(ctx, in, name, in.DisplayPath(name))) {
				return
			}
		}
	}
}

// FormatPath yields a file, or all files in and below a folder except hidden ones. The path itself can be a link. Links
// in a folder must not point outside it.
func FormatPath(ctx context.Context, path string) iter.Seq[*Formatted] {
	return func(yield func(*Formatted) bool) {
		in, name, err := openPath(path)
		if err != nil {
			yield(&Formatted{Err: err})
			return
		}
		defer func() { _ = in.Close() }() // all files are closed
		if name != "" {
			yield(formatFile(ctx, in, name, path))
			return
		}
		formatFolder(ctx, in, ".", yield)
	}
}

// openPath opens a folder, or the folder of a file. For a file, it also returns the file's name.
func openPath(path string) (in *root.Root, name string, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, "", err
	}
	if info.IsDir() {
		in, err = root.Open(path)
		return in, "", err
	}
	file, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil, "", err
	}
	in, err = root.Open(filepath.Dir(file))
	return in, filepath.Base(file), err
}

// formatFolder yields the files in and below a folder, and reports whether to continue.
func formatFolder(ctx context.Context, in *root.Root, folder string, yield func(*Formatted) bool) bool {
	entries, err := in.ReadDir(folder)
	if err != nil {
		return yield(&Formatted{Err: fileError(in, folder, err)})
	}
	for _, e := range entries {
		name, more := filepath.Join(folder, e.Name()), true
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case e.IsDir():
			more = formatFolder(ctx, in, name, yield)
		case strings.HasSuffix(name, ".hcl"):
			more = yield(formatFile(ctx, in, name, in.DisplayPath(name)))
		}
		if !more {
			return false
		}
	}
	return true
}

func formatFile(ctx context.Context, in *root.Root, name, shown string) *Formatted {
	source, err := in.ReadFile(name, limit.MaxFileBytes)
	if err != nil {
		return &Formatted{Name: shown, Err: fileError(in, name, err)}
	}
	f := Format(ctx, shown, source)
	f.in, f.path = in, name
	if f.Concealed = config.HoldsVariables(name); f.Concealed {
		f.Files = nil
	}
	return f
}

// fileError returns the error of a file that cannot be read or written.
func fileError(in *root.Root, name string, err error) error {
	var leaves *root.LeavesError
	if errors.As(err, &leaves) && leaves.Link != "" {
		return errors.New(root.LinkOutside(in.DisplayPath(leaves.Link)))
	}
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("%s: %w", in.DisplayPath(name), err)
}

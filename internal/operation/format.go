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

// Formatted is a file with the usual layout of it, or with the reason why it has none: Err, or an error in Diagnostics.
type Formatted struct {
	Name          string // as a person would write it
	Before, After []byte // empty without a layout
	Diagnostics   hcl.Diagnostics
	Files         map[string]*hcl.File // that Diagnostics are about
	Err           error

	in   *root.Root // nil if it is not a file
	path string     // within in
}

// Changed reports whether the file is not in the usual layout.
func (f *Formatted) Changed() bool { return !bytes.Equal(f.Before, f.After) }

// Rewrite writes the usual layout to the file, within the loop that yielded it.
func (f *Formatted) Rewrite() error {
	if err := f.in.Rewrite(f.path, f.Before, f.After); err != nil {
		return fileError(f.in, f.path, err)
	}
	return nil
}

// Format finds the usual layout of a source that parses.
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

// FormatStack yields the files of the stack in a folder: other folders in it may hold other stacks.
func FormatStack(ctx context.Context, dir string) iter.Seq[*Formatted] {
	return func(yield func(*Formatted) bool) {
		in, err := root.Open(dir)
		if err != nil {
			yield(&Formatted{Err: err})
			return
		}
		defer func() { _ = in.Close() }() // every file is closed by itself
		names, problems := config.Files(in)
		for _, p := range problems {
			if !yield(&Formatted{Err: fileError(in, p.Name, p.Err)}) {
				return
			}
		}
		for _, name := range names {
			if !yield(formatFile(ctx, in, name, in.Shown(name))) {
				return
			}
		}
	}
}

// FormatPath yields a file, or the files in a folder and below it, hidden ones left out. The caller chose the path, so it
// may itself be a link; links in a folder stay in it.
func FormatPath(ctx context.Context, path string) iter.Seq[*Formatted] {
	return func(yield func(*Formatted) bool) {
		in, name, err := openPath(path)
		if err != nil {
			yield(&Formatted{Err: err})
			return
		}
		defer func() { _ = in.Close() }() // every file is closed by itself
		if name != "" {
			yield(formatFile(ctx, in, name, path))
			return
		}
		formatFolder(ctx, in, ".", yield)
	}
}

// openPath opens a folder, or the folder of a file and returns the name of that.
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

// formatFolder yields the files in a folder and below it, and reports whether to go on.
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
			more = yield(formatFile(ctx, in, name, in.Shown(name)))
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
	return f
}

// fileError says why a file cannot be read or written.
func fileError(in *root.Root, name string, err error) error {
	var leaves *root.LeavesError
	if errors.As(err, &leaves) && leaves.Link != "" {
		return fmt.Errorf("%s is a link that leads out of its folder: nothing outside of it is read or written. Copy what it leads to there, in place of the link",
			in.Shown(leaves.Link))
	}
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("%s: %w", in.Shown(name), err)
}

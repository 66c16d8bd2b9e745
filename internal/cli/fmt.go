package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/spf13/cobra"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/limit"
	"ddmon/internal/render"
	"ddmon/internal/root"
)

// fmtOptions are the flags of fmt.
type fmtOptions struct {
	check bool
	diff  bool
}

func newFmtCommand(a *App) *cobra.Command {
	var o fmtOptions
	cmd := &cobra.Command{
		Use:   "fmt [FILE | DIR | -]...",
		Short: "Rewrite HCL files in the usual layout",
		Long: "fmt rewrites the *.hcl files of the stack, or the given files and folders, in HCL's usual layout and prints\n" +
			"the names of those it changed. With - it formats standard input to standard output.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 && args[0] == "-" {
				return a.fmtStdin(cmd.Context(), o)
			}
			return a.fmtFiles(cmd.Context(), args, o)
		},
	}
	cmd.Flags().BoolVar(&o.check, "check", false, "change nothing; exit 1 if a file is not in the usual layout")
	cmd.Flags().BoolVar(&o.diff, "diff", false, "show what changes")
	return cmd
}

func (a *App) fmtStdin(ctx context.Context, o fmtOptions) error {
	source, err := io.ReadAll(a.Stdin)
	if err != nil {
		return fmt.Errorf("reading standard input: %w", err)
	}
	formatted, err := a.format(ctx, "<stdin>", source)
	if err != nil {
		return err
	}
	changed := !bytes.Equal(source, formatted)
	switch {
	case o.diff:
		err = render.FileDiff(a.Stdout, "<stdin>", string(source), string(formatted), a.style())
	case !o.check:
		_, err = a.Stdout.Write(formatted)
	}
	if err == nil && o.check && changed {
		return errFailed
	}
	return err
}

// fmtFiles formats the stack's files, or those below the arguments.
func (a *App) fmtFiles(ctx context.Context, args []string, o fmtOptions) error {
	failed := false
	report := func(changed bool, err error) {
		if err != nil && !errors.Is(err, errFailed) {
			a.showError(err)
		}
		failed = failed || err != nil || changed && o.check
	}
	if len(args) == 0 {
		report(false, a.fmtStack(ctx, o, report))
	}
	for _, arg := range args {
		report(false, a.fmtArgument(ctx, arg, o, report))
	}
	if failed {
		return errFailed
	}
	return nil
}

// fmtStack formats the files of the stack: other folders may hold other stacks.
func (a *App) fmtStack(ctx context.Context, o fmtOptions, report func(bool, error)) error {
	in, err := root.Open(a.flags.dir)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // every file is closed by itself
	names, problems := config.Files(in)
	for _, p := range problems {
		report(false, fileError(in, p.Name, p.Err))
	}
	for _, name := range names {
		report(a.fmtFile(ctx, in, name, in.Shown(name), o))
	}
	return nil
}

// fmtArgument formats a file or folder that was named. The caller chose it, so it may itself be a link; links in a
// folder stay in it.
func (a *App) fmtArgument(ctx context.Context, arg string, o fmtOptions, report func(bool, error)) error {
	info, err := os.Stat(arg)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		file, err := filepath.EvalSymlinks(arg)
		if err != nil {
			return err
		}
		in, err := root.Open(filepath.Dir(file))
		if err != nil {
			return err
		}
		defer func() { _ = in.Close() }() // every file is closed by itself
		report(a.fmtFile(ctx, in, filepath.Base(file), arg, o))
		return nil
	}
	in, err := root.Open(arg)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // every file is closed by itself
	return a.fmtFolder(ctx, in, ".", o, report)
}

// fmtFolder formats the files in a folder and below it, hidden ones left out.
func (a *App) fmtFolder(ctx context.Context, in *root.Root, folder string, o fmtOptions, report func(bool, error)) error {
	entries, err := in.ReadDir(folder)
	if err != nil {
		return fileError(in, folder, err)
	}
	for _, e := range entries {
		name := filepath.Join(folder, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case e.IsDir():
			report(false, a.fmtFolder(ctx, in, name, o, report))
		case strings.HasSuffix(name, ".hcl"):
			report(a.fmtFile(ctx, in, name, in.Shown(name), o))
		}
	}
	return nil
}

// fmtFile formats one file and reports whether it was not in the usual layout.
func (a *App) fmtFile(ctx context.Context, in *root.Root, name, shown string, o fmtOptions) (changed bool, err error) {
	source, err := in.ReadFile(name, limit.MaxFileBytes)
	if err != nil {
		return false, fileError(in, name, err)
	}
	formatted, err := a.format(ctx, shown, source)
	if err != nil || bytes.Equal(source, formatted) {
		return false, err
	}
	if _, err := fmt.Fprintln(a.Stdout, shown); err != nil {
		return true, err
	}
	if o.diff {
		if err := render.FileDiff(a.Stdout, shown, string(source), string(formatted), a.style()); err != nil {
			return true, err
		}
	}
	if o.check {
		return true, nil
	}
	a.writing() // an interrupt does not leave half a file
	if err := in.Rewrite(name, source, formatted); err != nil {
		return true, fileError(in, name, err)
	}
	return true, nil
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

// format returns the usual layout of a file that parses; one that does not is reported and left alone.
func (a *App) format(ctx context.Context, name string, source []byte) ([]byte, error) {
	parser := hclparse.NewParser()
	if fault := limit.NewMeter(ctx).Source(source, name); fault != nil {
		deep := hcl.Diagnostics{diag.Error("limit", fault.Summary, fault.Detail, *fault.Range)}
		if err := a.showDiagnostics(ctx, parser.Files(), deep); err != nil {
			return nil, err
		}
		return nil, errFailed
	}
	if _, diags := parser.ParseHCL(source, name); diags.HasErrors() {
		if err := a.showDiagnostics(ctx, parser.Files(), diags); err != nil {
			return nil, err
		}
		return nil, errFailed
	}
	return hclwrite.Format(source), nil
}

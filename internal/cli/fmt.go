package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/spf13/cobra"

	"ddmon/internal/operation"
	"ddmon/internal/render/terminal"
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
		Short: "Rewrite HCL files in the standard format",
		Long: "fmt rewrites the *.hcl files of the stack, or the given files and folders, in HCL's standard format, and\n" +
			"prints the names of the files that it changed. With - it formats standard input to standard output.",
		Example: "  # Format the files of the stack\n" +
			"  ddmon fmt\n" +
			"\n" +
			"  # Show the changes without writing them, and exit 1 if there are any\n" +
			"  ddmon fmt --check --diff\n" +
			"\n" +
			"  # Format standard input\n" +
			"  ddmon fmt -",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 && args[0] == "-" {
				return a.fmtStdin(cmd.Context(), o)
			}
			return a.fmtFiles(cmd.Context(), args, o)
		},
	}
	cmd.Flags().BoolVar(&o.check, "check", false, "do not write files; exit 1 if a file is not formatted")
	cmd.Flags().BoolVar(&o.diff, "diff", false, "show the changes")
	return cmd
}

func (a *App) fmtStdin(ctx context.Context, o fmtOptions) error {
	source, err := io.ReadAll(a.Stdin)
	if err != nil {
		return fmt.Errorf("reading standard input: %w", err)
	}
	f := operation.Format(ctx, "<stdin>", source)
	if err := a.fmtFailure(ctx, f); err != nil {
		return err
	}
	switch {
	case o.diff:
		err = terminal.FileDiff(a.Stdout, f.Name, string(f.Before), string(f.After), a.style())
	case !o.check:
		_, err = a.Stdout.Write(f.After)
	}
	if err == nil && o.check && f.Changed() {
		return errFailed
	}
	return err
}

// fmtFiles formats the stack's files, or the files at the given paths.
func (a *App) fmtFiles(ctx context.Context, args []string, o fmtOptions) error {
	failed := false
	format := func(files iter.Seq[*operation.Formatted]) {
		for f := range files {
			err := a.fmtFile(ctx, f, o)
			if err != nil && !errors.Is(err, errFailed) {
				a.showError(err)
			}
			failed = failed || err != nil || f.Changed() && o.check
		}
	}
	if len(args) == 0 {
		format(operation.FormatStack(ctx, a.flags.dir))
	}
	for _, arg := range args {
		format(operation.FormatPath(ctx, arg))
	}
	if failed {
		return errFailed
	}
	return nil
}

// fmtFile rewrites a file that is not formatted, and shows the changes.
func (a *App) fmtFile(ctx context.Context, f *operation.Formatted, o fmtOptions) error {
	if err := a.fmtFailure(ctx, f); err != nil || !f.Changed() {
		return err
	}
	if _, err := fmt.Fprintln(a.Stdout, f.Name); err != nil {
		return err
	}
	if o.diff {
		if err := terminal.FileDiff(a.Stdout, f.Name, string(f.Before), string(f.After), a.style()); err != nil {
			return err
		}
	}
	if o.check {
		return nil
	}
	a.startWriting() // an interrupt must not leave a truncated file
	return f.Rewrite()
}

// fmtFailure returns why a file cannot be formatted. It shows syntax errors in their source.
func (a *App) fmtFailure(ctx context.Context, f *operation.Formatted) error {
	if f.Err != nil || !f.Diagnostics.HasErrors() {
		return f.Err
	}
	if err := a.showDiagnostics(ctx, f.Files, f.Diagnostics); err != nil {
		return err
	}
	return errFailed
}

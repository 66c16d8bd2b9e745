package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/spf13/cobra"

	"ddmon/internal/operation"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/safe"
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
	if a.flags.json {
		shown := a.formatted(f, nil)
		shown.Text = string(f.After)
		return a.fmtDocument([]machine.FormattedFile{shown}, o)
	}
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
		return a.unformatted(1)
	}
	return err
}

// fmtFiles formats the stack's files, or the files at the given paths.
func (a *App) fmtFiles(ctx context.Context, args []string, o fmtOptions) error {
	failed, unformatted := false, 0
	shown := []machine.FormattedFile{}
	format := func(files iter.Seq[*operation.Formatted]) {
		for f := range files {
			err := a.fmtFile(ctx, f, o)
			if err != nil && !errors.Is(err, errFailed) && !a.flags.json {
				a.showError(err)
			}
			failed = failed || err != nil
			if f.Changed() {
				unformatted++
			}
			shown = append(shown, a.formatted(f, err))
		}
	}
	if len(args) == 0 {
		format(operation.FormatStack(ctx, a.flags.dir))
	}
	for _, arg := range args {
		format(operation.FormatPath(ctx, arg))
	}
	switch {
	case a.flags.json:
		return a.fmtDocument(shown, o)
	case failed:
		return errFailed
	case o.check && unformatted > 0:
		return a.unformatted(unformatted)
	}
	return nil
}

// unformatted ends fmt --check.
func (a *App) unformatted(files int) error {
	return fmt.Errorf("--check: %s not formatted. Run `ddmon fmt`", safe.Count(files, "file"))
}

// formatted is the JSON output of a file.
func (a *App) formatted(f *operation.Formatted, err error) machine.FormattedFile {
	out := machine.FormattedFile{File: f.Name, Changed: f.Changed(), Diagnostics: machine.JSONDiagnostics(a.hide.diagnostics(f.Diagnostics))}
	if err != nil && !errors.Is(err, errFailed) {
		out.Error = err.Error()
	}
	return out
}

// fmtDocument writes the JSON output of fmt.
func (a *App) fmtDocument(files []machine.FormattedFile, o fmtOptions) error {
	if err := a.writeDocument(machine.Formatted{FormatVersion: machine.FormatVersion, Files: files}); err != nil {
		return err
	}
	for _, f := range files {
		if f.Error != "" || len(f.Diagnostics) > 0 || o.check && f.Changed {
			return errFailed
		}
	}
	return nil
}

// fmtFile rewrites a file that is not formatted, and shows the changes.
func (a *App) fmtFile(ctx context.Context, f *operation.Formatted, o fmtOptions) error {
	if err := a.fmtFailure(ctx, f); err != nil || !f.Changed() {
		return err
	}
	if !a.flags.json {
		if err := a.showFormatted(f, o.diff); err != nil {
			return err
		}
	}
	if o.check {
		return nil
	}
	a.startWriting() // an interrupt must not leave a truncated file
	return f.Rewrite()
}

// showFormatted writes the name of a changed file and, if asked, its changes.
func (a *App) showFormatted(f *operation.Formatted, diff bool) error {
	if _, err := fmt.Fprintln(a.Stdout, f.Name); err != nil || !diff {
		return err
	}
	if f.Concealed {
		_, err := fmt.Fprintln(a.Stdout, "  The changes are not shown, because a file of variables can have sensitive values.")
		return err
	}
	return terminal.FileDiff(a.Stdout, f.Name, string(f.Before), string(f.After), a.style())
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

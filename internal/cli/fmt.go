package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/spf13/cobra"

	"ddmon/internal/render"
)

// fmtOptions are the flags of fmt.
type fmtOptions struct {
	check bool
	diff  bool
}

func (a *App) newFmtCommand() *cobra.Command {
	var o fmtOptions
	cmd := &cobra.Command{
		Use:   "fmt [FILE | DIR | -]...",
		Short: "Rewrite HCL files in the usual layout",
		Long: "fmt rewrites the *.hcl files of the stack, or the given files and folders, in HCL's usual layout and prints\n" +
			"the names of those it changed. With - it formats standard input to standard output.",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 && args[0] == "-" {
				return a.fmtStdin(o)
			}
			if len(args) == 0 {
				args = a.stackParts()
			}
			return a.fmtFiles(args, o)
		},
	}
	cmd.Flags().BoolVar(&o.check, "check", false, "change nothing; exit 1 if a file is not in the usual layout")
	cmd.Flags().BoolVar(&o.diff, "diff", false, "show what changes")
	return cmd
}

// stackParts are the files and folders that belong to the stack: other folders may hold other stacks.
func (a *App) stackParts() []string {
	parts, _ := filepath.Glob(filepath.Join(a.flags.dir, "*.hcl")) // the pattern is well-formed
	for _, folder := range []string{"monitors", "dashboards"} {
		path := filepath.Join(a.flags.dir, folder)
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			parts = append(parts, path)
		}
	}
	return parts
}

func (a *App) fmtStdin(o fmtOptions) error {
	source, err := io.ReadAll(a.Stdin)
	if err != nil {
		return fmt.Errorf("reading standard input: %w", err)
	}
	formatted, err := a.format("<stdin>", source)
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

func (a *App) fmtFiles(args []string, o fmtOptions) error {
	files, err := hclFiles(args)
	if err != nil {
		return err
	}
	failed := false
	for _, name := range files {
		changed, err := a.fmtFile(name, o)
		if err != nil {
			if !errors.Is(err, errFailed) {
				a.showError(err)
			}
			failed = true
		}
		failed = failed || changed && o.check
	}
	if failed {
		return errFailed
	}
	return nil
}

// fmtFile formats one file and reports whether it was not in the usual layout.
func (a *App) fmtFile(name string, o fmtOptions) (changed bool, err error) {
	source, err := os.ReadFile(name)
	if err != nil {
		return false, err
	}
	formatted, err := a.format(name, source)
	if err != nil || bytes.Equal(source, formatted) {
		return false, err
	}
	if _, err := fmt.Fprintln(a.Stdout, name); err != nil {
		return true, err
	}
	if o.diff {
		if err := render.FileDiff(a.Stdout, name, string(source), string(formatted), a.style()); err != nil {
			return true, err
		}
	}
	if o.check {
		return true, nil
	}
	info, err := os.Stat(name)
	if err != nil {
		return true, err
	}
	return true, os.WriteFile(name, formatted, info.Mode().Perm())
}

// format returns the usual layout of a file that parses; one that does not is reported and left alone.
func (a *App) format(name string, source []byte) ([]byte, error) {
	parser := hclparse.NewParser()
	if _, diags := parser.ParseHCL(source, name); diags.HasErrors() {
		if err := a.showDiagnostics(parser.Files(), diags); err != nil {
			return nil, err
		}
		return nil, errFailed
	}
	return hclwrite.Format(source), nil
}

// hclFiles lists the files below the arguments, hidden folders left out. A file named outright is always taken.
func hclFiles(args []string) ([]string, error) {
	var files []string
	for _, arg := range args {
		err := filepath.WalkDir(arg, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && path != arg && strings.HasPrefix(entry.Name(), "."):
				return filepath.SkipDir
			case !entry.IsDir() && (path == arg || strings.HasSuffix(path, ".hcl") && !strings.HasPrefix(entry.Name(), ".")):
				files = append(files, path)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

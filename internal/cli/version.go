package cli

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"ddmon/internal/kind"
	"ddmon/internal/render/machine"
)

// version is ddmon's own version.
const version = "0.2.0"

func newVersionCommand(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of ddmon and of its field tables",
		Example: "  # Print the version\n" +
			"  ddmon version\n" +
			"\n" +
			"  # Print the version as JSON\n" +
			"  ddmon version --json",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.version() },
	}
}

func (a *App) version() error {
	if a.flags.json {
		return a.writeDocument(machine.Version{
			FormatVersion: machine.FormatVersion, Version: version, Tables: kind.TablesVersion(), Go: runtime.Version(),
		})
	}
	_, err := fmt.Fprintf(a.Stdout, "ddmon %s (tables %s, %s)\n", version, kind.TablesVersion(), runtime.Version())
	return err
}

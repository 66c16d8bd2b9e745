package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"ddmon/internal/planfile"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/terminal"
)

func newShowCommand(a *App) *cobra.Command {
	return &cobra.Command{
		Use:   "show PLANFILE",
		Short: "Print a saved plan",
		Long: "show prints a plan that plan --out saved, as plan printed it. It needs neither the configuration nor keys, so\n" +
			"sensitive values stay hidden.",
		Example: "  # Print a saved plan\n" +
			"  ddmon show plan.json\n" +
			"\n" +
			"  # Print it as JSON\n" +
			"  ddmon show plan.json --json",
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.showSaved(args[0]) },
	}
}

func (a *App) showSaved(path string) error {
	saved, err := loadSaved(path)
	if err != nil {
		return err
	}
	plan := saved.Redacted()
	if a.flags.json {
		return a.writeDocument(machine.Plan{Document: planfile.New(plan, saved.Tool), Diagnostics: []machine.Diagnostic{}})
	}
	if _, err := fmt.Fprintf(a.Stdout, "Stack %q against %s, saved by ddmon %s\n", saved.Stack, saved.Datadog, saved.Tool); err != nil {
		return err
	}
	return terminal.Plan(a.Stdout, terminal.View{Plan: plan, Now: a.Now()}, a.style())
}

package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"ddmon/internal/explain"
	"ddmon/internal/object"
	"ddmon/internal/operation"
	"ddmon/internal/render/terminal"
)

func newExplainCommand(a *App) *cobra.Command {
	var vars variableFlags
	var monitorType string
	cmd := &cobra.Command{
		Use:   "explain ADDRESS | QUERY",
		Short: "Explain what a monitor or a query does",
		Long: "explain describes what a monitor evaluates, when it alerts and recovers, and how it notifies. Its argument is\n" +
			"the address of a monitor in the stack, or a query. It runs offline.",
		Example: "  # Explain a monitor of the stack\n" +
			"  ddmon explain monitor.queue_depth\n" +
			"\n" +
			"  # Explain a query\n" +
			"  ddmon explain 'avg(last_5m):avg:system.load.1{*} by {host} > 4'",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			sections, err := a.explain(cmd.Context(), &vars, monitorType, args[0])
			if err != nil {
				return err
			}
			if a.flags.json {
				return writeJSON(a.Stdout, sections)
			}
			return terminal.Sections(a.Stdout, sections, a.style())
		},
	}
	vars.register(cmd.Flags())
	cmd.Flags().StringVar(&monitorType, "type", "", "monitor `TYPE` of the query, such as \"log alert\" (default: inferred from the query)")
	return cmd
}

// explain explains the monitor at an address, or the argument as a query if it is not an address.
func (a *App) explain(ctx context.Context, vars *variableFlags, monitorType, arg string) ([]explain.Section, error) {
	address, err := object.ParseAddress(arg)
	if err != nil {
		return explain.Query(monitorType, arg)
	}
	if address.Kind != "monitor" {
		return nil, fmt.Errorf("%s is not a monitor: explain supports monitors and queries", address)
	}
	stack, diags := a.workspace(vars).Load(ctx)
	if diags.HasErrors() {
		return nil, a.showFailure(ctx, stack, diags)
	}
	return operation.Explain(stack, address)
}

package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"ddmon/internal/explain"
	"ddmon/internal/object"
	"ddmon/internal/operation"
	"ddmon/internal/render/machine"
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
			explained, err := a.explain(cmd.Context(), &vars, monitorType, args[0])
			if err != nil {
				return err
			}
			if a.flags.json {
				return a.writeDocument(machine.Explanation{FormatVersion: machine.FormatVersion, Explained: explained})
			}
			for i := range explained {
				if err := a.showExplanation(&explained[i], i > 0, len(explained) > 1); err != nil {
					return err
				}
			}
			return nil
		},
	}
	vars.register(cmd.Flags())
	cmd.ValidArgsFunction = once(a.addresses(&vars, "monitor"))
	cmd.Flags().StringVar(&monitorType, "type", "", "monitor `TYPE` of the query, such as \"log alert\" (default: inferred from the query)")
	return cmd
}

// showExplanation writes the explanation of one monitor or query. titled adds its address.
func (a *App) showExplanation(e *machine.Explained, apart, titled bool) error {
	if apart {
		if _, err := fmt.Fprintln(a.Stdout); err != nil {
			return err
		}
	}
	sections := e.Sections
	if titled {
		sections = append([]explain.Section{{Title: e.Address}}, sections...)
	}
	return terminal.Sections(a.Stdout, sections, a.style())
}

// explain explains the monitors at an address, or the argument as a query if it is not an address.
func (a *App) explain(ctx context.Context, vars *variableFlags, monitorType, arg string) ([]machine.Explained, error) {
	address, err := object.ParseAddress(arg)
	if err != nil {
		sections, err := explain.Query(monitorType, arg)
		return []machine.Explained{{Query: arg, Sections: sections}}, err
	}
	if address.Kind != "monitor" {
		return nil, fmt.Errorf("%s is not a monitor: explain supports monitors and queries", address)
	}
	stack, diags := a.workspace(vars).Load(ctx)
	if diags.HasErrors() {
		return nil, a.showFailure(ctx, stack, diags)
	}
	found, err := operation.Explain(stack, address)
	if err != nil {
		return nil, err
	}
	var out []machine.Explained
	for _, e := range found {
		out = append(out, machine.Explained{Address: e.Address.String(), Sections: e.Sections})
	}
	return out, nil
}

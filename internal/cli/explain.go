package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"ddmon/internal/explain"
	"ddmon/internal/object"
	"ddmon/internal/render"
)

func (a *App) newExplainCommand() *cobra.Command {
	var vars variableFlags
	var monitorType string
	cmd := &cobra.Command{
		Use:   "explain ADDRESS | QUERY",
		Short: "Say in plain words what a monitor or a query does",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			sections, err := a.explain(&vars, monitorType, args[0])
			if err != nil {
				return err
			}
			if a.flags.json {
				return writeJSON(a.Stdout, sections)
			}
			return render.Sections(a.Stdout, sections, a.style())
		},
	}
	vars.register(cmd.Flags())
	cmd.Flags().StringVar(&monitorType, "type", "", "the `TYPE` of the monitor that a query is of, such as \"log alert\"; guessed if left out")
	return cmd
}

// explain explains what an address of the stack names, or else the argument as a query.
func (a *App) explain(vars *variableFlags, monitorType, arg string) ([]explain.Section, error) {
	address, err := object.ParseAddress(arg)
	if err != nil {
		return explain.Query(monitorType, arg)
	}
	if address.Kind != "monitor" {
		return nil, fmt.Errorf("%s is no monitor: explain knows monitors and queries", address)
	}
	stack, diags := a.load(vars)
	if diags.HasErrors() {
		return nil, a.showFailure(stack, diags)
	}
	names := func(member string) string {
		for _, o := range stack.Objects {
			if o.Address.String() == member {
				name, _ := o.Shown().Body["name"].(string)
				return name
			}
		}
		return ""
	}
	var near []string
	for _, o := range stack.Objects {
		if o.Address == address {
			return explain.Object(o, names), nil
		}
		if o.Address.Kind == "monitor" {
			near = append(near, o.Address.String())
		}
	}
	return nil, fmt.Errorf("the stack has no %s; its monitors: %s", address, strings.Join(near, ", "))
}

package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"ddmon/internal/object"
	"ddmon/internal/operation"
	"ddmon/internal/render/machine"
)

func newRenderCommand(a *App) *cobra.Command {
	var vars variableFlags
	cmd := &cobra.Command{
		Use:   "render [ADDRESS]",
		Short: "Print the JSON that apply would send, offline",
		Long: "render prints the request body of every object of the stack, or of the object at ADDRESS, including the\n" +
			"ownership marker. Ids that are not known yet appear as references. Without --json, the output holds only the\n" +
			"bodies.",
		Example: "  # Print the JSON of all objects\n" +
			"  ddmon render\n" +
			"\n" +
			"  # Print the JSON of one object\n" +
			"  ddmon render monitor.queue_depth",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			stack, diags := a.workspace(&vars).Load(cmd.Context())
			if diags.HasErrors() {
				return a.showFailure(cmd.Context(), stack, diags)
			}
			if err := a.showDiagnostics(cmd.Context(), stack.Files, diags); err != nil {
				return err
			}
			bodies := operation.Bodies(stack)
			if len(args) == 1 {
				address, err := object.ParseAddress(args[0])
				if err != nil {
					return err
				}
				body, ok := bodies[address.String()]
				if !ok {
					return fmt.Errorf("the stack has no %s: run `ddmon render` to print all objects", address)
				}
				if !a.flags.json {
					return a.writeDocument(body)
				}
				bodies = map[string]map[string]any{address.String(): body}
			}
			if !a.flags.json {
				return a.writeDocument(bodies)
			}
			return a.writeDocument(machine.Bodies{
				FormatVersion: machine.FormatVersion, Bodies: bodies, Diagnostics: machine.JSONDiagnostics(a.hide.diagnostics(diags)),
			})
		},
	}
	vars.register(cmd.Flags())
	cmd.ValidArgsFunction = once(a.addresses(&vars, ""))
	return cmd
}

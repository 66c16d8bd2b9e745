package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"ddmon/internal/object"
	"ddmon/internal/operation"
)

func newRenderCommand(a *App) *cobra.Command {
	var vars variableFlags
	cmd := &cobra.Command{
		Use:   "render [ADDRESS]",
		Short: "Print the JSON that Datadog would be sent, without asking it",
		Long: "render prints the body of every object of the stack, or of the one at ADDRESS, as Datadog's API takes it, the\n" +
			"marker of ownership included. Ids that do not exist yet stand as references.",
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
			if len(args) == 0 {
				return writeJSON(a.Stdout, bodies)
			}
			address, err := object.ParseAddress(args[0])
			if err != nil {
				return err
			}
			body, ok := bodies[address.String()]
			if !ok {
				return fmt.Errorf("the stack has no %s: `ddmon render` without an address prints all there are", address)
			}
			return writeJSON(a.Stdout, body)
		},
	}
	vars.register(cmd.Flags())
	return cmd
}

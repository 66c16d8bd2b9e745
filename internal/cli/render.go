package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"ddmon/internal/config"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
)

func (a *App) newRenderCommand() *cobra.Command {
	var vars variableFlags
	cmd := &cobra.Command{
		Use:   "render [ADDRESS]",
		Short: "Print the JSON that Datadog would be sent, without asking it",
		Long: "render prints the body of every object of the stack, or of the one at ADDRESS, as Datadog's API takes it, the\n" +
			"marker of ownership included. Ids that do not exist yet stand as references.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			stack, diags := a.load(&vars)
			if diags.HasErrors() {
				return a.showFailure(stack, diags)
			}
			if err := a.showDiagnostics(stack.Files, diags); err != nil {
				return err
			}
			bodies := a.bodies(stack)
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

// bodies returns what a first apply would send, by address.
func (a *App) bodies(stack *config.Stack) map[string]map[string]any {
	p, _ := plan.Build(plan.Input{Stack: stack.Name, Kinds: kind.All(), Desired: stack.Objects})
	noID := func(object.Address) (string, bool) { return "", false }
	out := make(map[string]map[string]any, len(p.Changes))
	for i := range p.Changes {
		c := &p.Changes[i]
		k := kind.Named(c.Address.Kind)
		body, _ := c.Write(k, stack.Name, noID)
		if c.Desired.HasSecrets() {
			// The fingerprint is a hash without a key: a short secret could be guessed from it.
			m, unmarked := k.Marker.Read(body)
			m.Fingerprint = ""
			body = k.Marker.Write(unmarked, m)
		}
		out[c.Address.String()] = planfile.Redact(c.Desired, body)
	}
	return out
}

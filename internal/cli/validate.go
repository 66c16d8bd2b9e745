package cli

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/operation"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/safe"
)

func newValidateCommand(a *App) *cobra.Command {
	var vars variableFlags
	cmd := &cobra.Command{
		Use:   "validate",
		Short: "Check the configuration offline",
		Long: "validate checks the stack's files: syntax, references, types, allowed values and queries. It needs no keys and\n" +
			"sends no requests. It shows every error with its location, and exits 1 if there are any.",
		Example: "  # Check the stack in the current folder\n" +
			"  ddmon validate\n" +
			"\n" +
			"  # Check the stack in another folder\n" +
			"  ddmon -C stacks/shop validate",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			stack, diags, err := a.workspace(&vars).Check(ctx, operation.Checks{MinSeverity: diag.SeverityWarning, Now: a.Now()})
			if err != nil {
				return err
			}
			if a.flags.json {
				return a.validateJSON(diags)
			}
			if err := a.showDiagnostics(ctx, stack.Files, diags); err != nil {
				return err
			}
			if diags.HasErrors() {
				return errFailed
			}
			_, err = fmt.Fprintf(a.Stdout, "Stack %q is valid: %s.\n", stack.Name, contents(stack))
			return err
		},
	}
	vars.register(cmd.Flags())
	return cmd
}

// validateJSON writes the same document as terraform validate -json: valid, counts, diagnostics.
func (a *App) validateJSON(diags hcl.Diagnostics) error {
	err := a.writeDocument(machine.NewValidation(a.hide.diagnostics(diags)))
	if err == nil && diags.HasErrors() {
		return errFailed
	}
	return err
}

// contents returns the number of objects by kind: 3 monitors, 1 dashboard.
func contents(stack *config.Stack) string {
	counts := map[string]int{}
	for _, o := range stack.Objects {
		counts[o.Address.Kind]++
	}
	var parts []string
	for _, name := range kind.Names() {
		if n := counts[name]; n > 0 {
			parts = append(parts, string(safe.Count(n, safe.Line(name))))
		}
	}
	if len(parts) == 0 {
		return "no objects"
	}
	return strings.Join(parts, ", ")
}

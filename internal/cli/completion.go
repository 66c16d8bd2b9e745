package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"ddmon/internal/lint"
)

// fixed completes a flag or an argument with fixed words.
func fixed(words ...string) cobra.CompletionFunc {
	return cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)
}

// addresses completes addresses of the stack's objects, of one kind if kindName is set. It offers nothing if the
// configuration has errors.
func (a *App) addresses(vars *variableFlags, kindName string) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
		stack, diags := a.workspace(vars).Load(cmd.Context())
		if diags.HasErrors() {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var out []string
		for _, o := range stack.Objects {
			if address := o.Address.String(); strings.HasPrefix(address, prefix) && (kindName == "" || o.Address.Kind == kindName) {
				out = append(out, address)
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	}
}

// once completes only the first argument.
func once(complete cobra.CompletionFunc) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return complete(cmd, args, prefix)
	}
}

// completeFlag registers the completion of a flag.
func completeFlag(cmd *cobra.Command, name string, complete cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(name, complete); err != nil {
		panic(err) // the flag does not exist: every command is built in a test
	}
}

// completeLint registers the completions of lint.
func completeLint(cmd *cobra.Command) {
	completeFlag(cmd, "format", fixed("text", "json", "sarif", "github"))
	completeFlag(cmd, "fail-on", fixed("error", "warning", "info"))
	completeFlag(cmd, "explain", fixed(lint.Codes()...))
	completeFlag(cmd, "enable", fixed(lint.Codes()...))
}

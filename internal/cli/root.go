package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newRootCommand(a *App) *cobra.Command {
	root := &cobra.Command{
		Use:   "ddmon",
		Short: "Datadog monitors and dashboards as code",
		Long: "ddmon reads HCL files that describe Datadog monitors and dashboards, shows how they differ from the live\n" +
			"objects (plan) and reconciles them (apply). With --sandbox it works against an embedded Datadog instead.",
		SilenceUsage:      true,
		SilenceErrors:     true,
		DisableAutoGenTag: true,
	}
	f := root.PersistentFlags()
	f.StringVarP(&a.flags.dir, "chdir", "C", ".", "the stack's `DIR`")
	f.BoolVar(&a.flags.json, "json", false, "write JSON for programs instead of text for people")
	f.BoolVar(&a.flags.readOnly, "read-only", false, "make every write to Datadog an error (also: DDMON_READ_ONLY=1)")
	f.BoolVar(&a.flags.noColor, "no-color", false, "write no colour (also: NO_COLOR)")
	root.AddCommand(
		newPlanCommand(a), newApplyCommand(a), newDestroyCommand(a), newDiffCommand(a), newDriftCommand(a), newValidateCommand(a), newLintCommand(a),
		newExplainCommand(a), newTestCommand(a), newReplayCommand(a), newFmtCommand(a),
		newRenderCommand(a), newSchemaCommand(a), newSandboxCommand(a), newVersionCommand(a),
	)
	return root
}

// normalizeFlags accepts long flags with one dash, as Terraform has them (-detailed-exitcode). Only words that are
// a flag of the command are touched.
func normalizeFlags(root *cobra.Command, args []string) []string {
	command, _, err := root.Find(args)
	if err != nil {
		return args
	}
	out := slices.Clone(args)
	for i, arg := range out {
		if arg == "--" {
			break
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(arg, "-"), "=")
		if !strings.HasPrefix(arg, "-") || strings.HasPrefix(arg, "--") || len(name) < 2 {
			continue
		}
		known := func(set *pflag.FlagSet) bool { return set.Lookup(name) != nil }
		if known(command.Flags()) || known(root.PersistentFlags()) || name == "help" || name == "version" {
			out[i] = "-" + arg
		}
	}
	return out
}

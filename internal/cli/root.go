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
	for _, g := range commandGroups(a) {
		root.AddGroup(&cobra.Group{ID: g.title, Title: g.title + ":"})
		for _, c := range g.commands {
			c.GroupID = g.title
			root.AddCommand(c)
		}
		root.SetHelpCommandGroupID(g.title) // the last group, with what is not about a stack
		root.SetCompletionCommandGroupID(g.title)
	}
	return root
}

// commandGroup is a part of the help.
type commandGroup struct {
	title    string
	commands []*cobra.Command
}

// commandGroups are all commands, in the order of the help.
func commandGroups(a *App) []commandGroup {
	return []commandGroup{
		{"Plan and apply", []*cobra.Command{
			newPlanCommand(a), newApplyCommand(a), newDestroyCommand(a), newDiffCommand(a), newDriftCommand(a),
		}},
		{"Write and check", []*cobra.Command{
			newValidateCommand(a), newLintCommand(a), newFmtCommand(a), newExplainCommand(a), newRenderCommand(a), newSchemaCommand(a),
		}},
		{"Test against incidents", []*cobra.Command{newTestCommand(a), newReplayCommand(a)}},
		{"Other commands", []*cobra.Command{newSandboxCommand(a), newVersionCommand(a)}},
	}
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

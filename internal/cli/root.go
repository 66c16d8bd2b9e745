package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"ddmon/internal/config"
	"ddmon/internal/render/machine"
)

func newRootCommand(a *App) *cobra.Command {
	root := &cobra.Command{
		Use:   "ddmon",
		Short: "Manage Datadog monitors, dashboards, SLOs and downtimes as code",
		Long: "ddmon reads HCL files that describe Datadog monitors, dashboards, SLOs and downtimes, compares them with the\n" +
			"objects in Datadog (plan), and applies the differences (apply). With --sandbox it uses an embedded sandbox\n" +
			"instead of Datadog.",
		SilenceUsage:       true,
		SilenceErrors:      true,
		DisableAutoGenTag:  true,
		DisableSuggestions: true, // unknownCommand has better ones
	}
	showVersion := root.Flags().Bool("version", false, "print the version")
	root.RunE = func(*cobra.Command, []string) error {
		if *showVersion {
			return a.version()
		}
		return root.Help()
	}
	root.PersistentPreRun = func(*cobra.Command, []string) { a.started = true }
	f := root.PersistentFlags()
	f.StringVarP(&a.flags.dir, "chdir", "C", ".", "read the stack in `DIR`")
	f.BoolVar(&a.flags.json, "json", false, "write JSON instead of text")
	f.BoolVar(&a.flags.readOnly, "read-only", false, "refuse all writes to Datadog (also: DDMON_READ_ONLY=1)")
	f.BoolVar(&a.flags.noColor, "no-color", false, "disable colour (also: NO_COLOR)")
	for _, g := range commandGroups(a) {
		root.AddGroup(&cobra.Group{ID: g.title, Title: g.title + ":"})
		for _, c := range g.commands {
			c.GroupID = g.title
			root.AddCommand(c)
		}
		root.SetHelpCommandGroupID(g.title) // ends as the last group, with the commands that need no stack
		root.SetCompletionCommandGroupID(g.title)
	}
	root.AddCommand(
		&cobra.Command{Use: "json", Short: "Format of the JSON output", Long: strings.TrimSpace(machine.Reference)},
		&cobra.Command{Use: "language", Short: "Files, blocks, expressions, functions and limits", Long: strings.TrimSpace(config.Language)},
	)
	return root
}

// commandGroup is a group of commands in the help.
type commandGroup struct {
	title    string
	commands []*cobra.Command
}

// commandGroups are all commands, in the order of the help.
func commandGroups(a *App) []commandGroup {
	return []commandGroup{
		{"Plan and apply", []*cobra.Command{
			newPlanCommand(a), newShowCommand(a), newApplyCommand(a), newDestroyCommand(a), newDiffCommand(a), newDriftCommand(a),
		}},
		{"Write and check", []*cobra.Command{
			newValidateCommand(a), newLintCommand(a), newFmtCommand(a), newExplainCommand(a), newRenderCommand(a), newSchemaCommand(a),
		}},
		{"Test against incidents", []*cobra.Command{newTestCommand(a), newReplayCommand(a), newVerifyCommand(a)}},
		{"Other commands", []*cobra.Command{newSandboxCommand(a), newVersionCommand(a)}},
	}
}

// normalizeFlags accepts long flags with one dash, like Terraform (-detailed-exitcode). It changes only arguments that
// are flags of the command.
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

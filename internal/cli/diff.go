package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/plan"
)

func (a *App) newDiffCommand() *cobra.Command {
	var flags reviewFlags
	cmd := &cobra.Command{
		Use:   "diff --base REF|./DIR",
		Short: "Show how two configurations differ, without asking Datadog",
		Long: "diff compares the configuration with an older one: that of a folder, or of the commit at which this branch\n" +
			"left another. It needs no keys, so it also serves pull requests from forks. What Datadog holds, and\n" +
			"whether somebody edited it, only plan can tell.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.diff(cmd.Context(), &flags) },
	}
	flags.registerOffline(cmd.Flags())
	flags.register(cmd.Flags())
	return cmd
}

func (a *App) diff(ctx context.Context, flags *reviewFlags) error {
	if flags.base == "" {
		return errors.New("there is nothing to compare with: add --base REF, such as --base origin/main, or --base ./DIR")
	}
	if err := a.checkOutputs(flags); err != nil {
		return err
	}
	s, err := a.read(ctx, &flags.planFlags)
	if err != nil {
		return a.unplanned(s, flags.markdown, err)
	}
	whole, diags := plan.Between(plan.Input{Stack: s.stack.Name, Kinds: kind.All(), Desired: s.stack.Objects}, s.before.objects)
	own, diags := s.chosen(whole, diags)
	effects, problems := s.behaviour(whole.Beside(own))
	s.changes, s.effects = own.Spelled(), effects
	s.base = &plan.Base{Name: s.before.name, Offline: true, Own: s.changes, Drift: &plan.Plan{Stack: own.Stack}}
	s.diags = append(append(s.diags, diags...), problems...)
	diag.Sort(s.diags)
	if err := s.review(flags); err != nil {
		return err
	}
	if err := s.reviewOnGitHub(flags.markdown, ""); err != nil {
		return err
	}
	return s.reviewed(flags)
}

package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"ddmon/internal/operation"
)

func newDiffCommand(a *App) *cobra.Command {
	var flags reviewFlags
	cmd := &cobra.Command{
		Use:   "diff --base REF|./DIR",
		Short: "Show how two configurations differ, without asking Datadog",
		Long: "diff compares the configuration with an older one: that of a folder, or of the commit at which this branch\n" +
			"left another. It needs no keys, so it also serves pull requests from forks. What Datadog holds, and\n" +
			"whether somebody edited it, only plan can tell.",
		Example: "  # Show the changes of a pull request\n" +
			"  ddmon diff --base origin/main\n" +
			"\n" +
			"  # Compare with the stack in another folder\n" +
			"  ddmon diff --base ./before",
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
	s, err := a.read(ctx, &flags.planFlags, nil)
	if err != nil {
		return a.unplanned(s, flags.markdown, err)
	}
	s.Planned = operation.Compare(ctx, s.Input)
	if err := s.review(ctx, flags); err != nil {
		return err
	}
	if err := s.reviewOnGitHub(flags.markdown, ""); err != nil {
		return err
	}
	return s.reviewed(flags)
}

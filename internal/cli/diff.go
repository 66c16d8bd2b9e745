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
		Short: "Compare two configurations offline",
		Long: "diff compares the configuration with an earlier one: in another folder, or at the commit where this branch\n" +
			"diverged from REF. It runs offline and needs no keys, so it also works for pull requests from forks. Use\n" +
			"plan to compare with the objects in Datadog.",
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
	completeFlag(cmd, "target", a.addresses(&flags.vars, ""))
	return cmd
}

func (a *App) diff(ctx context.Context, flags *reviewFlags) error {
	if flags.base == "" {
		return errors.New("--base is not set: add --base REF, such as --base origin/main, or --base ./DIR")
	}
	if err := a.checkOutputs(flags); err != nil {
		return err
	}
	s, err := a.read(ctx, &flags.planFlags, nil)
	if err != nil {
		return a.planFailed(s, flags.markdown, err)
	}
	s.Planned = operation.Compare(ctx, s.Input)
	if err := s.review(ctx, flags); err != nil {
		return err
	}
	if err := s.reviewOnGitHub(flags.markdown, ""); err != nil {
		return err
	}
	return s.reviewStatus(flags)
}

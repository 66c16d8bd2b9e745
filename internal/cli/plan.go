package cli

import (
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"ddmon/internal/plan"
	"ddmon/internal/planfile"
)

func newPlanCommand(a *App) *cobra.Command {
	var flags reviewFlags
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Show what apply would change in Datadog",
		Long: "plan compares the configuration with the objects in Datadog and shows every difference. It changes nothing.\n" +
			"Datadog validates new and changed monitors. With --base it separates the changes of this branch from\n" +
			"changes made in Datadog.",
		Example: "  # Show what apply would change\n" +
			"  ddmon plan\n" +
			"\n" +
			"  # Review a pull request: separate its changes from drift, and write a comment\n" +
			"  ddmon plan --base origin/main --markdown comment.md\n" +
			"\n" +
			"  # Save a plan and apply exactly that plan\n" +
			"  ddmon plan --out plan.json\n" +
			"  ddmon apply plan.json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.plan(cmd.Context(), &flags) },
	}
	flags.planFlags.register(cmd.Flags())
	flags.register(cmd.Flags())
	completeFlag(cmd, "target", a.addresses(&flags.vars, ""))
	cmd.Flags().StringVar(&flags.out, "out", "", "save the plan to `FILE`, to be applied with ddmon apply FILE")
	return cmd
}

func (a *App) plan(ctx context.Context, flags *reviewFlags) (err error) {
	if err := a.checkOutputs(flags); err != nil {
		return err
	}
	s, err := a.open(ctx, &flags.planFlags, plan.Build)
	if err != nil {
		return a.planFailed(s, flags.markdown, err)
	}
	defer func() { err = s.finish(err) }()
	if err := s.plan(ctx); err != nil {
		return a.planFailed(s, flags.markdown, err)
	}
	s.WarnOfDeletes()
	saved := ""
	if flags.out != "" && !s.Diagnostics.HasErrors() { // the errors are shown and end the command
		if err := s.save(flags.out); err != nil {
			return err
		}
		saved = flags.out
	}
	if err := s.review(ctx, flags); err != nil {
		return err
	}
	if saved != "" {
		a.logf("Saved the plan to %s. Run `ddmon apply %s` to apply exactly this plan.", saved, saved)
	}
	if err := s.reviewOnGitHub(flags.markdown, saved); err != nil {
		return err
	}
	return s.reviewStatus(flags)
}

// checkOutputs refuses to write two documents to standard output, and removes an earlier saved plan, so that it is not
// applied by mistake if this run fails.
func (a *App) checkOutputs(flags *reviewFlags) error {
	if a.flags.json && flags.markdown == "-" {
		return errors.New("--json and --markdown - both write to standard output: use --markdown FILE")
	}
	if flags.out == "" {
		return nil
	}
	if info, err := os.Lstat(flags.out); err != nil || !info.Mode().IsRegular() {
		return nil //nolint:nilerr // save replaces or refuses it
	}
	file, err := os.Open(flags.out)
	if err != nil {
		return nil //nolint:nilerr // save reports that it cannot be written
	}
	isSaved := planfile.IsSaved(file)
	if err := file.Close(); err != nil || !isSaved {
		return err
	}
	return os.Remove(flags.out)
}

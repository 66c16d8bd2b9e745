package cli

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"ddmon/internal/diag"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
)

// planFlags are the flags of every command that makes a plan.
type planFlags struct {
	vars    variableFlags
	connect connectFlags
	targets []string
	// parallelism is how many requests are under way at once.
	parallelism int
	// base names the configuration before the change; only plan and diff have it.
	base string
	// failOnRegression makes a behaviour that gets worse an exit code.
	failOnRegression bool
}

func (p *planFlags) register(f *pflag.FlagSet) {
	p.registerOffline(f)
	p.connect.register(f)
	f.IntVar(&p.parallelism, "parallelism", parallel, "how many requests are under way at once")
}

// registerOffline registers what needs no Datadog.
func (p *planFlags) registerOffline(f *pflag.FlagSet) {
	p.vars.register(f)
	f.StringArrayVar(&p.targets, "target", nil, "limit to `ADDRESS` and what it depends on; may be repeated")
}

// reviewFlags are the flags of the commands whose output is for review: plan and diff.
type reviewFlags struct {
	planFlags
	detailed bool
	out      string // of plan alone
	markdown string
}

func (r *reviewFlags) register(f *pflag.FlagSet) {
	f.BoolVar(&r.failOnRegression, "fail-on-regression", false,
		"exit 1 if a recorded incident would be caught later or no longer, or there were new false alarms")
	f.StringVar(&r.markdown, "markdown", "", "write it as a comment for a pull request to `FILE`; - is standard output, with nothing else")
	f.StringVar(&r.base, "base", "", baseUsage)
	f.BoolVar(&r.detailed, "detailed-exitcode", false, "exit 0 without changes, 1 on an error, 2 with changes")
}

func (a *App) newPlanCommand() *cobra.Command {
	var flags reviewFlags
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Show what apply would change in Datadog",
		Long: "plan compares the configuration with the live objects and shows every difference. It changes nothing.\n" +
			"New and changed monitors are validated by Datadog. With --base it shows apart what this change of the\n" +
			"files does and what happened in Datadog meanwhile.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.plan(cmd.Context(), &flags) },
	}
	flags.planFlags.register(cmd.Flags())
	flags.register(cmd.Flags())
	cmd.Flags().StringVar(&flags.out, "out", "", "save the plan to `FILE` for ddmon apply FILE")
	return cmd
}

func (a *App) plan(ctx context.Context, flags *reviewFlags) (err error) {
	if err := a.checkOutputs(flags); err != nil {
		return err
	}
	s, err := a.open(ctx, &flags.planFlags)
	if err != nil {
		return a.unplanned(s, flags.markdown, err)
	}
	defer func() { err = s.finish(err) }()
	if err := s.plan(ctx, plan.Build); err != nil {
		return a.unplanned(s, flags.markdown, err)
	}
	s.warnOfDeletes()
	if err := s.review(flags); err != nil {
		return err
	}
	saved := ""
	if flags.out != "" && !s.diags.HasErrors() { // the errors are shown, and end the command
		if err := s.save(flags.out); err != nil {
			return err
		}
		saved = flags.out
	}
	if err := s.reviewOnGitHub(flags.markdown, saved); err != nil {
		return err
	}
	return s.reviewed(flags)
}

// checkOutputs refuses two documents in one place, and takes away a plan that was saved earlier: if there is none now,
// nobody shall apply that.
func (a *App) checkOutputs(flags *reviewFlags) error {
	if a.flags.json && flags.markdown == "-" {
		return errors.New("--json and --markdown - both want standard output: give --markdown a file")
	}
	if flags.out == "" {
		return nil
	}
	if info, err := os.Lstat(flags.out); err != nil || !info.Mode().IsRegular() {
		return nil //nolint:nilerr // there is none, or it is replaced or refused when the plan is saved
	}
	file, err := os.Open(flags.out)
	if err != nil {
		return nil //nolint:nilerr // it cannot be written either, and that will be said
	}
	isSaved := planfile.IsSaved(file)
	if err := file.Close(); err != nil || !isSaved {
		return err
	}
	return os.Remove(flags.out)
}

// review writes what was planned, for all who read it.
func (s *session) review(flags *reviewFlags) error {
	if flags.markdown != "-" {
		if err := s.show(); err != nil {
			return err
		}
	}
	if flags.markdown != "" {
		return s.app.writeTo(flags.markdown, s.comment)
	}
	return nil
}

// reviewed is the exit code of a review.
func (s *session) reviewed(flags *reviewFlags) error {
	switch {
	case s.diags.HasErrors() || flags.failOnRegression && s.regressed():
		return errFailed
	case flags.detailed && !s.changes.Empty():
		return exitError(2)
	}
	return nil
}

// unplanned writes the comment where there is no plan: of a configuration that cannot be read, or of a Datadog that
// cannot be asked. A reviewer would otherwise look at an old one.
func (a *App) unplanned(s *session, markdown string, err error) error {
	if s == nil {
		return err
	}
	if !s.diags.HasErrors() {
		failed := diag.Error("unplanned", "The plan could not be made", strings.TrimSuffix(err.Error(), ".")+".", hcl.Range{})
		s.diags = append(s.diags, failed)
		if shown := a.github.annotate(a.hide.diagnostics(hcl.Diagnostics{failed})); shown != nil {
			return shown
		}
	}
	if markdown != "" {
		if failed := a.writeTo(markdown, s.comment); failed != nil {
			return failed
		}
	}
	if failed := errors.Join(a.github.outputs([2]string{"comment_file", markdown}), a.github.summary(s.comment)); failed != nil {
		return failed
	}
	return err
}

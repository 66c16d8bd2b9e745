package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"ddmon/internal/ddapi"
	"ddmon/internal/operation"
	"ddmon/internal/plan"
)

// applyFlags are the flags of the commands that change Datadog.
type applyFlags struct {
	planFlags
	autoApprove bool
	maxDeletes  int
}

// register registers the flags; limit says how many deletions are refused without --max-deletes.
func (f *applyFlags) register(set *pflag.FlagSet, limit string) {
	f.planFlags.register(set)
	set.BoolVar(&f.autoApprove, "auto-approve", false, "do not ask")
	set.IntVar(&f.maxDeletes, "max-deletes", operation.DefaultDeletes, "refuse a plan that deletes more than `N` objects; "+limit)
}

func newApplyCommand(a *App) *cobra.Command {
	var flags applyFlags
	cmd := &cobra.Command{
		Use:   "apply [PLANFILE]",
		Short: "Make Datadog what the configuration says",
		Long: "apply shows the plan, asks, carries it out in the order that references demand, and then lists again to\n" +
			"confirm that nothing is left to do. With a file of `ddmon plan --out` it does exactly that plan, without\n" +
			"asking, and refuses if an object changed since.",
		Example: "  # Show the plan, ask, and apply it\n" +
			"  ddmon apply\n" +
			"\n" +
			"  # Apply to the embedded sandbox without asking\n" +
			"  ddmon apply --sandbox --auto-approve\n" +
			"\n" +
			"  # Apply a saved plan\n" +
			"  ddmon apply plan.json",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return a.applySaved(cmd.Context(), &flags, args[0])
			}
			return a.reconcile(cmd.Context(), &flags, applyVerb)
		},
	}
	flags.register(cmd.Flags(), "without it more than 10, or more than half of the stack")
	return cmd
}

func newDestroyCommand(a *App) *cobra.Command {
	var flags applyFlags
	cmd := &cobra.Command{
		Use:   "destroy",
		Short: "Delete everything that the stack owns in Datadog",
		Example: "  # Delete everything that the stack owns in the sandbox\n" +
			"  ddmon destroy --sandbox\n" +
			"\n" +
			"  # Delete one monitor\n" +
			"  ddmon destroy --target monitor.queue_depth",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.reconcile(cmd.Context(), &flags, destroyVerb) },
	}
	flags.register(cmd.Flags(), "without it more than 10")
	return cmd
}

// verb is what apply and destroy do not have in common.
type verb struct {
	name     string
	build    operation.Builder
	question string
	destroys bool // whether everything is to be deleted
}

var (
	applyVerb   = verb{"Apply", plan.Build, "Do you want to perform these actions?", false}
	destroyVerb = verb{"Destroy", plan.BuildDestroy, "Do you really want to destroy these objects?", true}
)

// reconcile plans, asks, carries out and checks.
func (a *App) reconcile(ctx context.Context, flags *applyFlags, v verb) (err error) {
	if err := a.mayWrite(v); err != nil {
		return err
	}
	if a.flags.json && !flags.autoApprove {
		return fmt.Errorf("--json leaves nobody to ask: add --auto-approve")
	}
	s, err := a.open(ctx, &flags.planFlags, v.build)
	if err != nil {
		return err
	}
	defer func() { err = s.finish(err) }()
	if err := s.plan(ctx); err != nil {
		return err
	}
	if err := s.show(ctx); err != nil {
		return err
	}
	// What Datadog refuses would fail in the middle, so nothing is begun. A blocked address concerns only itself.
	if s.Refused() {
		return errFailed
	}
	if v.destroys && s.HoldsProtected() {
		return operation.ErrProtected
	}
	if s.Changes.Empty() {
		return s.verdict()
	}
	limit := operation.DeleteLimit{Command: strings.ToLower(v.name), Destroys: v.destroys, Allowed: flags.maxDeletes}
	if err := limit.Check(s.Changes, s.Live); err != nil {
		return err
	}
	if !flags.autoApprove {
		if err := a.confirm(ctx, v.question); err != nil {
			return err
		}
	}
	return s.carryOut(ctx, v)
}

// mayWrite refuses a command that changes Datadog where --read-only forbids that, before anything is asked.
func (a *App) mayWrite(v verb) error {
	if !a.readOnly() {
		return nil
	}
	return fmt.Errorf("%s changes Datadog: %w", strings.ToLower(v.name), ddapi.ErrReadOnly)
}

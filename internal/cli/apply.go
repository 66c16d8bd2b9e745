package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"ddmon/internal/apply"
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

// register registers the flags. limit describes the limit without --max-deletes.
func (f *applyFlags) register(set *pflag.FlagSet, limit string) {
	f.planFlags.register(set)
	set.BoolVar(&f.autoApprove, "auto-approve", false, "do not ask for approval")
	set.IntVar(&f.maxDeletes, "max-deletes", operation.DefaultDeletes,
		"refuse to delete more than `N` objects (default "+limit+")")
	set.Lookup("max-deletes").DefValue = "0" // -1 selects the default, which the text names
}

func newApplyCommand(a *App) *cobra.Command {
	var flags applyFlags
	cmd := &cobra.Command{
		Use:   "apply [PLANFILE]",
		Short: "Create, update and delete objects to match the configuration",
		Long: "apply shows the plan, asks for approval, and applies it in dependency order. Then it lists the objects again\n" +
			"to confirm that no changes remain. Given a file from `ddmon plan --out`, it applies exactly that plan\n" +
			"without asking, and refuses if an object has changed since.",
		Example: "  # Show the plan, ask for approval, and apply it\n" +
			"  ddmon apply\n" +
			"\n" +
			"  # Apply to the embedded sandbox without asking\n" +
			"  ddmon apply --sandbox --auto-approve\n" +
			"\n" +
			"  # Apply a saved plan\n" +
			"  ddmon apply plan.json",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.startApply("apply"); err != nil {
				return err
			}
			if len(args) == 1 {
				return a.applySaved(cmd.Context(), &flags, args[0])
			}
			return a.reconcile(cmd.Context(), &flags, applyCommand)
		},
	}
	flags.register(cmd.Flags(), "10, or half of the stack")
	completeFlag(cmd, "target", a.addresses(&flags.vars, ""))
	return cmd
}

func newDestroyCommand(a *App) *cobra.Command {
	var flags applyFlags
	cmd := &cobra.Command{
		Use:   "destroy",
		Short: "Delete every object that the stack owns",
		Long: "destroy deletes the stack's objects in reverse dependency order, after showing the plan and asking for\n" +
			"approval. It deletes nothing if one of them is protected by prevent_destroy. With --target it deletes only these\n" +
			"objects and those that refer to them.",
		Example: "  # Delete every object of the stack in the sandbox\n" +
			"  ddmon destroy --sandbox\n" +
			"\n" +
			"  # Delete one monitor, and what refers to it\n" +
			"  ddmon destroy --target monitor.queue_depth",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.startApply("destroy"); err != nil {
				return err
			}
			return a.reconcile(cmd.Context(), &flags, destroyCommand)
		},
	}
	flags.register(cmd.Flags(), "10")
	cmd.Flags().Lookup("target").Usage = "delete only `ADDRESS` and the objects that refer to it; can be repeated"
	completeFlag(cmd, "target", a.addresses(&flags.vars, ""))
	return cmd
}

// writeCommand is what differs between apply and destroy.
type writeCommand struct {
	name     string
	build    operation.Builder
	question string
	destroys bool // whether it deletes every object
}

var (
	applyCommand   = writeCommand{"Apply", plan.Build, "Do you want to perform these actions?", false}
	destroyCommand = writeCommand{"Destroy", plan.BuildDestroy, "Do you really want to destroy these objects?", true}
)

// startApply begins the JSON output of apply and destroy.
func (a *App) startApply(command string) error {
	if !a.flags.json {
		return nil
	}
	return a.startLines(command)
}

// reconcile plans, asks for approval, applies and confirms.
func (a *App) reconcile(ctx context.Context, flags *applyFlags, c writeCommand) (err error) {
	if err := a.checkWritable(c); err != nil {
		return err
	}
	if a.flags.json && !flags.autoApprove {
		return fmt.Errorf("--json cannot ask for approval: add --auto-approve")
	}
	s, err := a.open(ctx, &flags.planFlags, c.build)
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
	// Datadog rejects part of the plan, so apply would fail halfway. A blocked address affects only itself.
	if s.Refused() {
		return s.summarize(new(apply.Result), errFailed)
	}
	if c.destroys && s.HoldsProtected() {
		return operation.ErrProtected
	}
	if s.Changes.Empty() {
		return s.nothingToApply(ctx, c, s.exitStatus())
	}
	limit := operation.DeleteLimit{Command: strings.ToLower(c.name), Destroys: c.destroys, Allowed: flags.maxDeletes}
	if err := limit.Check(s.Changes, s.Live); err != nil {
		return err
	}
	if !flags.autoApprove {
		if err := a.confirm(ctx, c.question); err != nil {
			return err
		}
	}
	return s.execute(ctx, c)
}

// checkWritable fails in read-only mode, before any request is sent.
func (a *App) checkWritable(c writeCommand) error {
	if !a.readOnly() {
		return nil
	}
	return fmt.Errorf("cannot %s: %w", strings.ToLower(c.name), ddapi.ErrReadOnly)
}

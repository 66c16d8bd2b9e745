package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"ddmon/internal/apply"
	"ddmon/internal/ddapi"
	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/plan"
	"ddmon/internal/render"
	"ddmon/internal/routine"
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
	set.IntVar(&f.maxDeletes, "max-deletes", defaultMaxDeletes, "refuse a plan that deletes more than `N` objects; "+limit)
}

func (a *App) newApplyCommand() *cobra.Command {
	var flags applyFlags
	cmd := &cobra.Command{
		Use:   "apply [PLANFILE]",
		Short: "Make Datadog what the configuration says",
		Long: "apply shows the plan, asks, carries it out in the order that references demand, and then lists again to\n" +
			"confirm that nothing is left to do. With a file of `ddmon plan --out` it does exactly that plan, without\n" +
			"asking, and refuses if an object changed since.",
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

func (a *App) newDestroyCommand() *cobra.Command {
	var flags applyFlags
	cmd := &cobra.Command{
		Use:   "destroy",
		Short: "Delete everything that the stack owns in Datadog",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.reconcile(cmd.Context(), &flags, destroyVerb) },
	}
	flags.register(cmd.Flags(), "without it more than 10")
	return cmd
}

// verb is what apply and destroy do not have in common.
type verb struct {
	name     string
	build    planner
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
	s, err := a.open(ctx, &flags.planFlags)
	if err != nil {
		return err
	}
	defer func() { err = s.finish(err) }()
	if err := s.plan(ctx, v.build); err != nil {
		return err
	}
	if err := s.show(); err != nil {
		return err
	}
	// What Datadog refuses would fail in the middle, so nothing is begun. A blocked address concerns only itself.
	if s.refused() {
		return errFailed
	}
	if v.destroys && s.holdsProtected() {
		return errors.New("destroy refuses as a whole, because the stack holds protected objects (see above): nothing was deleted. " +
			"Name what is to be deleted with --target, or apply prevent_destroy = false first")
	}
	if s.changes.Empty() {
		return s.verdict()
	}
	if err := (brake{strings.ToLower(v.name), s.live, v.destroys, flags.maxDeletes}).check(s.changes); err != nil {
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

// carryOut runs the plan, says what became of it, and makes sure that nothing is left.
func (s *session) carryOut(ctx context.Context, v verb) error {
	s.app.writing()
	defer s.app.sayWhenInterrupted(ctx)()
	progress := s.app.newProgress()
	result := apply.Run(ctx, s.changes, s.conn, apply.Options{Kinds: kind.All(), Parallel: s.parallel, OnEvent: progress.event})
	if err := progress.close(); err != nil {
		return err
	}
	if err := s.report(v, &result); err != nil {
		return err
	}
	if result.Stale {
		s.app.say("Somebody else changes this stack, in Datadog or with another apply. What was not written yet was left " +
			"alone: plan again, and look at the difference.")
	}
	if !result.OK() || result.Interrupted {
		return errFailed
	}
	return s.confirmDone(context.WithoutCancel(ctx), v)
}

// verdict is the exit code of a run in which everything that could be done was done.
func (s *session) verdict() error {
	if s.diags.HasErrors() {
		return errFailed
	}
	return nil
}

// holdsProtected reports whether prevent_destroy forbids part of the plan.
func (s *session) holdsProtected() bool {
	return slices.ContainsFunc(s.diags, func(d *hcl.Diagnostic) bool {
		return d.Severity == hcl.DiagError && diag.Code(d) == plan.CodeProtected
	})
}

// refused reports whether Datadog's own check found fault.
func (s *session) refused() bool {
	for _, d := range s.diags {
		if code := diag.Code(d); code == "refused" || code == "validation_failed" || code == "unknown_target" {
			return true
		}
	}
	return false
}

// report writes the last lines of a run: what failed and why, and the counts.
func (s *session) report(v verb, r *apply.Result) error {
	a := s.app
	if a.flags.json {
		return writeLine(a.Stdout, render.ApplyJSON(r))
	}
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		if o.Err == nil {
			continue
		}
		if err := a.showDiagnostics(s.stack.Files, s.failure(o)); err != nil {
			return err
		}
	}
	if err := render.Skipped(a.Stderr, r, a.stderrStyle()); err != nil {
		return err
	}
	_, err := fmt.Fprintln(a.Stdout, render.Outcome(v.name, r, a.style()))
	return err
}

// confirm asks; only yes is yes, anything else an error. Where nobody can answer it says how to go on.
func (a *App) confirm(ctx context.Context, question string) error {
	if _, err := fmt.Fprintf(a.Stdout, "\n%s Only yes is accepted: ", question); err != nil {
		return err
	}
	a.hide.flush()
	var line string
	reading := routine.Start(func() (err error) {
		line, err = bufio.NewReader(a.Stdin).ReadString('\n')
		return err
	})
	answer, failed := "", ctx.Err()
	select {
	case <-ctx.Done():
	case <-reading.Done():
		failed = reading.Wait()
		answer = strings.TrimSpace(line)
	}
	if _, err := fmt.Fprintln(a.Stdout); err != nil {
		return err
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case answer == "yes":
		return nil
	case failed != nil && answer == "":
		return fmt.Errorf("nobody answered, so nothing was changed: add --auto-approve where nobody can")
	}
	a.say("Cancelled, nothing was changed.")
	return errFailed
}

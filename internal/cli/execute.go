package cli

import (
	"context"

	"ddmon/internal/apply"
	"ddmon/internal/operation"
	"ddmon/internal/plan"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/terminal"
)

// execute applies the plan, reports the outcome, and confirms that no changes remain.
func (s *session) execute(ctx context.Context, c writeCommand) error {
	s.app.startWriting()
	defer s.app.announceInterrupt(ctx)()
	progress := s.app.newProgress()
	result := operation.Apply(ctx, s.conn, s.Planned, progress.event)
	if err := progress.close(); err != nil {
		return err
	}
	if err := s.report(ctx, c, &result); err != nil {
		return err
	}
	if result.Stale {
		s.app.logf("The stack was changed during apply, in Datadog or by another apply. The remaining changes were not " +
			"applied. Run `ddmon plan` and review the difference.")
	}
	if !result.OK() || result.Interrupted {
		return errFailed
	}
	return s.confirmApplied(context.WithoutCancel(ctx))
}

// exitStatus is the exit code of a run that applied everything it could.
func (s *session) exitStatus() error {
	if s.Diagnostics.HasErrors() {
		return errFailed
	}
	return nil
}

// report writes the end of a run: failures, their causes, and the counts.
func (s *session) report(ctx context.Context, c writeCommand, r *apply.Result) error {
	a := s.app
	if a.flags.json {
		return writeLine(a.Stdout, machine.ApplyJSON(r))
	}
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		if o.Err == nil {
			continue
		}
		if err := a.showDiagnostics(ctx, s.Stack.Files, s.Failure(o)); err != nil {
			return err
		}
	}
	if err := terminal.Skipped(a.Stderr, r, a.stderrStyle()); err != nil {
		return err
	}
	return terminal.Outcome(a.Stdout, c.name, r, a.style())
}

// confirmApplied lists the objects again and reports remaining changes.
func (s *session) confirmApplied(ctx context.Context) error {
	found, err := operation.Confirm(ctx, s.conn, s.Planned, s.app.Sleep)
	switch {
	case err != nil:
		return err
	case found.Diagnostics.HasErrors():
		s.app.logf("All changes were applied, but listing the objects again found:")
		if err := s.app.showDiagnostics(ctx, s.Stack.Files, found.Diagnostics); err != nil {
			return err
		}
		return errFailed
	case !found.Left.Empty():
		return s.notConfirmed(found.Left)
	case !found.Others.Empty():
		s.app.logf("Other changes are pending. Run `ddmon plan` to see them.")
	}
	// What only a response shows, such as a field that Datadog did not store.
	if err := s.app.showDiagnostics(ctx, s.Stack.Files, found.Diagnostics); err != nil {
		return err
	}
	return s.exitStatus()
}

// notConfirmed shows the changes that remain although all of them were applied.
func (s *session) notConfirmed(left *plan.Plan) error {
	why := "Datadog does not show the changes that were just applied. Remaining changes:"
	if s.Saved {
		why = "The plan was applied, but the configuration has changed since, or Datadog does not show the changes yet:"
	}
	s.app.logf("%s", why)
	if err := terminal.Plan(s.app.Stderr, terminal.View{Plan: s.app.hide.plan(left), Now: s.app.Now()}, s.app.stderrStyle()); err != nil {
		return err
	}
	return errFailed
}

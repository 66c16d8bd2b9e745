package cli

import (
	"context"

	"ddmon/internal/apply"
	"ddmon/internal/operation"
	"ddmon/internal/plan"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/terminal"
)

// carryOut runs the plan, says what became of it, and makes sure that nothing is left.
func (s *session) carryOut(ctx context.Context, v verb) error {
	s.app.writing()
	defer s.app.sayWhenInterrupted(ctx)()
	progress := s.app.newProgress()
	result := operation.Apply(ctx, s.conn, s.Planned, progress.event)
	if err := progress.close(); err != nil {
		return err
	}
	if err := s.report(ctx, v, &result); err != nil {
		return err
	}
	if result.Stale {
		s.app.say("Another user changes this stack, in Datadog or with another apply. What was not written yet was left " +
			"alone: plan again, and look at the difference.")
	}
	if !result.OK() || result.Interrupted {
		return errFailed
	}
	return s.confirmDone(context.WithoutCancel(ctx))
}

// verdict is the exit code of a run in which everything that could be done was done.
func (s *session) verdict() error {
	if s.Diagnostics.HasErrors() {
		return errFailed
	}
	return nil
}

// report writes the last lines of a run: what failed and why, and the counts.
func (s *session) report(ctx context.Context, v verb, r *apply.Result) error {
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
	return terminal.Outcome(a.Stdout, v.name, r, a.style())
}

// confirmDone lists again and says what is left to do.
func (s *session) confirmDone(ctx context.Context) error {
	found, err := operation.Confirm(ctx, s.conn, s.Planned, s.app.Sleep)
	switch {
	case err != nil:
		return err
	case found.Diagnostics.HasErrors():
		s.app.say("Everything was done, and now there is this:")
		if err := s.app.showDiagnostics(ctx, s.Stack.Files, found.Diagnostics); err != nil {
			return err
		}
		return errFailed
	case !found.Left.Empty():
		return s.notConfirmed(found.Left)
	case !found.Others.Empty():
		s.app.say("Besides this plan there is more to do by now, which `ddmon plan` shows.")
	}
	return s.verdict()
}

// notConfirmed shows what is left although everything was done.
func (s *session) notConfirmed(left *plan.Plan) error {
	why := "Datadog does not show what was just written. This is left to do:"
	if s.Saved {
		why = "This plan was carried out, and the files want something else by now, or Datadog does not show yet what was written:"
	}
	s.app.say("%s", why)
	if err := terminal.Plan(s.app.Stderr, terminal.View{Plan: s.app.hide.plan(left), Now: s.app.Now()}, s.app.stderrStyle()); err != nil {
		return err
	}
	return errFailed
}

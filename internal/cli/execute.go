package cli

import (
	"context"
	"errors"
	"strings"

	"ddmon/internal/apply"
	"ddmon/internal/operation"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/terminal"
)

// execute applies the plan, reports the outcome, and confirms that no changes remain.
func (s *session) execute(ctx context.Context, c writeCommand) error {
	s.app.startWriting()
	result, err := s.apply(ctx)
	if err != nil {
		return err
	}
	if err := s.report(ctx, c, &result); err != nil {
		return err
	}
	if !result.OK() || result.Interrupted {
		return s.summarize(&result, errFailed)
	}
	err = s.confirmApplied(context.WithoutCancel(ctx))
	if err != nil && !errors.Is(err, errFailed) {
		return err // ends the output
	}
	return s.summarize(&result, err)
}

// apply sends the requests and shows their progress. An interrupt is announced as long as it has an effect.
func (s *session) apply(ctx context.Context) (apply.Result, error) {
	defer s.app.announceInterrupt(ctx)()
	progress := s.app.newProgress()
	result := operation.Apply(ctx, s.conn, s.Planned, progress.event)
	return result, progress.close()
}

// summarize writes the last line of the JSON output, and returns err.
func (s *session) summarize(r *apply.Result, err error) error {
	if s.app.json.lines {
		if err := s.app.writeLine(machine.NewResult(r, err == nil)); err != nil {
			return err
		}
	}
	return err
}

// nothingToApply ends a run whose plan changes no object. Blocked objects are skipped, and reported as such.
func (s *session) nothingToApply(ctx context.Context, c writeCommand, status error) error {
	if s.Changes.Summary().Blocked > 0 {
		return s.execute(ctx, c)
	}
	return s.summarize(new(apply.Result), status)
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
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		if o.Err == nil {
			continue
		}
		if err := a.showDiagnostics(ctx, s.Stack.Files, s.Failure(o)); err != nil {
			return err
		}
	}
	if a.json.lines {
		return nil // the summary has the rest
	}
	if err := terminal.Skipped(a.Stderr, r, a.stderrStyle()); err != nil {
		return err
	}
	if err := terminal.Outcome(a.Stdout, c.name, r, a.style()); err != nil {
		return err
	}
	if r.Stale {
		a.logf("The stack was changed during apply, in Datadog or by another apply. The remaining changes were not " +
			"applied. Run `ddmon plan` and review the difference.")
	}
	return nil
}

// confirmApplied lists the objects again and reports remaining changes.
func (s *session) confirmApplied(ctx context.Context) error {
	found, err := operation.Confirm(ctx, s.conn, s.Planned, s.app.Sleep)
	switch {
	case err != nil:
		return err
	case found.Diagnostics.HasErrors():
		if !s.app.json.lines {
			s.app.logf("All changes were applied, but listing the objects again found:")
		}
		if err := s.app.showDiagnostics(ctx, s.Stack.Files, found.Diagnostics); err != nil {
			return err
		}
		return errFailed
	case !found.Left.Empty():
		return s.notConfirmed(found.Left)
	case !found.Others.Empty() && !s.app.json.lines:
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
		why = "All changes of the plan were applied. The configuration has changed since, or Datadog does not show the changes yet:"
	}
	if s.app.json.lines {
		plan := machine.Plan{Document: planfile.New(s.app.hide.plan(left), version), Diagnostics: []machine.Diagnostic{}, Requests: s.conn.Requests()}
		if err := s.app.writeLine(machine.Remaining{Type: "remaining", Reason: strings.TrimSuffix(why, ":"), Plan: plan}); err != nil {
			return err
		}
		return errFailed
	}
	s.app.logf("%s", why)
	if err := terminal.Plan(s.app.Stderr, terminal.View{Plan: s.app.hide.plan(left), Now: s.app.Now()}, s.app.stderrStyle()); err != nil {
		return err
	}
	return errFailed
}

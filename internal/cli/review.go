package cli

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
)

// review writes the plan and, if asked, the pull request comment. With --fail-on-regression, regressions are errors.
func (s *session) review(ctx context.Context, flags *reviewFlags) error {
	if flags.failOnRegression {
		s.Diagnostics = append(s.Diagnostics, s.RegressionErrors("--fail-on-regression")...)
	}
	show := s.show
	if flags.markdown == "-" {
		show = func(ctx context.Context) error { return s.app.showDiagnostics(ctx, s.Stack.Files, s.Diagnostics) }
	}
	if err := show(ctx); err != nil {
		return err
	}
	if flags.markdown != "" {
		return s.app.writeTo(flags.markdown, s.comment)
	}
	return nil
}

// reviewStatus is the exit code of plan and diff.
func (s *session) reviewStatus(flags *reviewFlags) error {
	switch {
	case s.Diagnostics.HasErrors():
		return errFailed
	case flags.detailed && !s.Changes.Empty():
		return exitError(2)
	}
	return nil
}

// planFailed writes the pull request comment if there is no plan, because the configuration is invalid or Datadog
// cannot be reached. Otherwise a reviewer would see an outdated comment.
func (a *App) planFailed(s *session, markdown string, err error) error {
	if s == nil {
		return err
	}
	if !s.Diagnostics.HasErrors() {
		failed := diag.Error("unplanned", "Plan failed", strings.TrimSuffix(err.Error(), ".")+".", hcl.Range{})
		s.Diagnostics = append(s.Diagnostics, failed)
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

// reviewOnGitHub writes the step outputs and the job summary.
func (s *session) reviewOnGitHub(commentFile, planFile string) error {
	sum := s.Changes.Summary()
	regressions, drifted := 0, 0
	if s.Effects != nil {
		regressions = s.Effects.CountRegressions()
	}
	if s.Against != nil {
		drifted = len(s.Against.Drift.Changes)
	}
	if err := s.app.github.outputs(
		[2]string{"has_changes", strconv.FormatBool(!s.Changes.Empty())},
		[2]string{"adds", strconv.Itoa(sum.Add)}, [2]string{"changes", strconv.Itoa(sum.Change)},
		[2]string{"destroys", strconv.Itoa(sum.Destroy)}, [2]string{"blocked", strconv.Itoa(sum.Blocked)},
		[2]string{"drifted", strconv.Itoa(drifted)}, [2]string{"regressions", strconv.Itoa(regressions)},
		[2]string{"plan_file", planFile}, [2]string{"comment_file", commentFile},
	); err != nil {
		return err
	}
	return s.app.github.summary(s.comment)
}

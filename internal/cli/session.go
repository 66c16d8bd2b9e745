package cli

import (
	"context"
	"os"

	"ddmon/internal/diag"
	"ddmon/internal/operation"
)

// session is one run of a command that compares a configuration with Datadog. Before there is a plan, Planned holds
// only its input.
type session struct {
	app *App
	*operation.Planned
	conn *connection // nil if offline
}

// workspace is the stack's folder and inputs from the flags.
func (a *App) workspace(v *variableFlags) *operation.Workspace {
	return &operation.Workspace{
		Dir: a.flags.dir, Inputs: v.inputs, Environ: a.Environ, Loaded: a.hide.learnStack,
		TempDir: func() (string, error) { return os.MkdirTemp("", "ddmon-base-") },
	}
}

// read loads the configuration and, with --base, the earlier one. If the configuration has errors, it shows them and
// also returns the session.
func (a *App) read(ctx context.Context, flags *planFlags, build operation.Builder) (*session, error) {
	targets, err := operation.ParseTargets(flags.targets)
	if err != nil {
		return nil, err
	}
	w := a.workspace(&flags.vars)
	stack, diags, err := w.Check(ctx, operation.Checks{Lint: true, MinSeverity: diag.SeverityWarning, Now: a.Now()})
	if err != nil {
		return nil, err
	}
	s := &session{app: a, Planned: &operation.Planned{Input: operation.Input{
		Workspace: w, Stack: stack, Diagnostics: diags, Targets: targets, Build: build, Parallel: flags.parallelism, Now: a.Now(),
	}}}
	if diags.HasErrors() {
		return s, a.showFailure(ctx, stack, diags)
	}
	if flags.base != "" {
		s.Base, err = w.Base(ctx, flags.base, stack.Name)
	}
	return s, err
}

// open reads the configuration and connects. It sends no request if the configuration has errors.
func (a *App) open(ctx context.Context, flags *planFlags, build operation.Builder) (*session, error) {
	s, err := a.read(ctx, flags, build)
	if warning := operation.WithoutBase(err); warning != nil {
		s.Diagnostics = append(s.Diagnostics, warning)
		err = nil
	}
	if err == nil {
		s.conn, err = a.connect(ctx, &flags.connect)
	}
	if err == nil && !a.flags.json {
		a.logf("Stack %q against %s", s.Stack.Name, s.conn.name)
	}
	return s, err
}

// finish closes the connection and returns the first error.
func (s *session) finish(err error) error {
	if closing := s.conn.close(); err == nil {
		return closing
	}
	return err
}

// plan lists the objects in Datadog and builds the plan.
func (s *session) plan(ctx context.Context) (err error) {
	s.app.beginStatus()
	defer s.app.status.end()
	s.Planned, err = operation.Plan(ctx, s.conn, s.Input)
	return err
}

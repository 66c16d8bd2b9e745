package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/operation"
	"ddmon/internal/planfile"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/markdown"
	"ddmon/internal/render/terminal"
)

// show writes plan and diagnostics: one document with --json, otherwise the plan to Stdout and diagnostics to Stderr.
func (s *session) show(ctx context.Context) error {
	a := s.app
	switch {
	case a.json.lines:
		return a.writeLine(machine.PlanLine{Type: "plan", Plan: s.document()})
	case a.flags.json:
		return a.writeDocument(s.document())
	}
	if err := a.showDiagnostics(ctx, s.Stack.Files, s.Diagnostics); err != nil {
		return err
	}
	if s.MissesTarget() {
		return nil
	}
	return a.github.group(fmt.Sprintf("Plan of stack %s", s.Stack.Name), func() error {
		return terminal.Plan(a.Stdout, s.view(), a.style())
	})
}

// document is the plan as JSON.
func (s *session) document() machine.Plan {
	d := machine.Plan{
		Document:    planfile.New(s.app.hide.plan(s.Changes), version),
		Diagnostics: machine.JSONDiagnostics(s.app.hide.diagnostics(s.Diagnostics)),
		Base:        machine.NewBase(s.app.hide.base(s.Against), version),
		Later:       s.Later, Behaviour: s.Effects,
	}
	if s.conn != nil {
		d.Requests = s.conn.Requests()
	}
	return d
}

func (s *session) view() terminal.View {
	return terminal.View{Plan: s.app.hide.plan(s.Changes), ValidatedLater: s.Later, Effects: s.Effects, Base: s.app.hide.base(s.Against), Now: s.app.Now()}
}

// comment writes the pull request comment: the plan and its errors. Regressions have their own place in it.
func (s *session) comment(w io.Writer) error {
	diags := slices.DeleteFunc(slices.Clone(s.Diagnostics), func(d *hcl.Diagnostic) bool { return diag.Code(d) == operation.CodeRegression })
	m := markdown.Input{Stack: s.Stack.Name, Plan: s.app.hide.plan(s.Changes), Effects: s.Effects, Base: s.app.hide.base(s.Against), Diagnostics: s.app.hide.diagnostics(diags)}
	if s.conn != nil {
		m.Links = markdown.AppLinks(s.conn.app)
	}
	return markdown.Plan(w, m)
}

// writeTo writes a file, or to Stdout if its name is "-".
func (a *App) writeTo(path string, write func(io.Writer) error) error {
	if path == "-" {
		return write(a.Stdout)
	}
	return a.writeFile(path, write)
}

// errInvalidStack ends the lines of a command whose diagnostics were written.
var errInvalidStack = errors.New("the configuration has errors: nothing was changed")

// showFailure writes the diagnostics that end a command, and returns the error to end it with.
func (a *App) showFailure(ctx context.Context, stack *config.Stack, diags hcl.Diagnostics) error {
	var err error
	switch {
	case a.json.lines:
		if err = a.writeDiagnosticLines(diags); err == nil {
			return errInvalidStack
		}
	case a.flags.json:
		err = a.writeDocument(machine.Failure{FormatVersion: machine.FormatVersion, Diagnostics: machine.JSONDiagnostics(a.hide.diagnostics(diags))})
	default:
		err = a.showDiagnostics(ctx, stack.Files, diags)
	}
	if err == nil {
		err = errFailed
	}
	return err
}

package cli

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/behaviour"
	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/operation"
	"ddmon/internal/planfile"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/markdown"
	"ddmon/internal/render/terminal"
)

// document is what plan --json prints.
type document struct {
	*planfile.Document
	Diagnostics []machine.Diagnostic `json:"diagnostics"`
	// Base separates the changes of the configuration from drift.
	Base *baseDocument `json:"base,omitempty"`
	// Later are the addresses that can be validated only during apply, once the ids in them are known.
	Later    []object.Address `json:"validated_at_apply,omitempty"`
	Requests int              `json:"requests"`
	// Behaviour is the effect of the changes on recorded incidents.
	Behaviour *behaviour.Report `json:"behaviour,omitempty"`
}

// baseDocument is a plan.Base.
type baseDocument struct {
	Name    string            `json:"name"`
	Changes []planfile.Change `json:"changes"`
	Drift   []planfile.Change `json:"drift"`
	Adopted []object.Address  `json:"adopted,omitempty"` // changed in the files, and already applied
}

// show writes plan and diagnostics: one document with --json, otherwise the plan to Stdout and diagnostics to Stderr.
func (s *session) show(ctx context.Context) error {
	a := s.app
	if a.flags.json {
		d := document{
			Document: planfile.New(s.app.hide.plan(s.Changes), version), Diagnostics: machine.JSONDiagnostics(s.app.hide.diagnostics(s.Diagnostics)), Later: s.Later,
			Behaviour: s.Effects,
		}
		if s.conn != nil {
			d.Requests = s.conn.Requests()
		}
		if shown := a.hide.base(s.Against); shown.Base() != nil {
			b := shown.Base()
			d.Base = &baseDocument{
				Name: b.Name, Adopted: b.Adopted,
				Changes: planfile.New(shown.Config(), version).Changes, Drift: planfile.New(shown.Drift(), version).Changes,
			}
		}
		return writeJSON(a.Stdout, d)
	}
	if err := a.showDiagnostics(ctx, s.Stack.Files, s.Diagnostics); err != nil {
		return err
	}
	if s.conn != nil {
		a.logf("Stack %q against %s", s.Stack.Name, s.conn.name)
	}
	return a.github.group(fmt.Sprintf("Plan of stack %s", s.Stack.Name), func() error {
		return terminal.Plan(a.Stdout, s.view(), a.style())
	})
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

// showFailure writes the diagnostics that end a command, and returns the error to end it with.
func (a *App) showFailure(ctx context.Context, stack *config.Stack, diags hcl.Diagnostics) error {
	var err error
	if a.flags.json {
		err = writeJSON(a.Stdout, map[string]any{"diagnostics": machine.JSONDiagnostics(a.hide.diagnostics(diags))})
	} else {
		err = a.showDiagnostics(ctx, stack.Files, diags)
	}
	if err == nil {
		err = errFailed
	}
	return err
}

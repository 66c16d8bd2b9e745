package cli

import (
	"context"
	"errors"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/behaviour"
	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// session is one run of a command that compares: a configuration, a Datadog, and what one makes of the other.
type session struct {
	app     *App
	targets []object.Address
	stack   *config.Stack
	conn    *connection
	changes *plan.Plan
	diags   hcl.Diagnostics
	later   []object.Address // what only apply can have validated
	live    int              // how many live objects the stack has
	// effects are what the changes would have meant in the recordings; nil without any.
	effects *behaviour.Report
	// incomplete says that a test or a recording could not be read, so that effects do not tell all.
	incomplete bool
	vars       *variableFlags
	parallel   int
	before     *baseConfig // the configuration before the change; nil without --base
	base       *plan.Base  // what of the changes is not this change's; nil without --base
	saved      bool        // whether the changes are those of a saved plan, whatever the files want by now
}

// regressed reports whether a change makes the monitors worse, or might and cannot be judged.
func (s *session) regressed() bool {
	if s.incomplete {
		s.app.say("A test or a recording cannot be read, so --fail-on-regression cannot say that nothing gets worse.")
	}
	return s.incomplete || s.effects != nil && len(s.effects.Regressions()) > 0
}

// read loads the configuration, and the one before the change. With errors in it the session comes back, too, and
// they have been shown.
func (a *App) read(ctx context.Context, flags *planFlags) (*session, error) {
	s := &session{app: a, vars: &flags.vars, parallel: flags.parallelism}
	for _, t := range flags.targets {
		address, err := object.ParseAddress(t)
		if err != nil {
			return nil, err
		}
		s.targets = append(s.targets, address)
	}
	var err error
	s.stack, s.diags, err = a.loadAndCheck(&flags.vars, check{lint: true, least: diag.SeverityWarning})
	if err != nil {
		return nil, err
	}
	if s.diags.HasErrors() {
		return s, a.showFailure(s.stack, s.diags)
	}
	if flags.base != "" {
		s.before, err = a.loadBase(ctx, flags.base, s.stack.Name, &flags.vars)
	}
	return s, err
}

// open reads the configuration and finds out whom to talk to. An error in the configuration ends it before any request.
func (a *App) open(ctx context.Context, flags *planFlags) (*session, error) {
	s, err := a.read(ctx, flags)
	if broken := (*brokenBaseError)(nil); errors.As(err, &broken) {
		s.diags = append(s.diags, diag.Warning("broken_base", "Changes and drift cannot be told apart",
			"As "+broken.Error()+", the plan shows both as one.", hcl.Range{}))
		err = nil
	}
	if err == nil {
		s.conn, err = a.connect(ctx, &flags.connect)
	}
	return s, err
}

// finish closes the connection, whatever came before.
func (s *session) finish(err error) error {
	if closing := s.conn.close(); err == nil {
		return closing
	}
	return err
}

// plan asks Datadog and builds the plan; diagnostics gather in s.
func (s *session) plan(ctx context.Context, build planner) error {
	found, err := survey(ctx, s.stack, s.conn, build)
	if err != nil {
		return err
	}
	p, diags := found.plan, found.diags
	whole := p
	s.live = liveIn(whole)
	p, diags = s.chosen(whole, diags)
	if err := findReferrers(ctx, s.conn, p); err != nil {
		return err
	}
	s.changes = p
	if s.before != nil {
		s.against(s.before, found.in)
	}
	s.diags = append(s.diags, titles(diags, whole)...)
	s.diags = append(s.diags, s.validate(ctx)...)
	effects, problems := s.behaviour(whole.Beside(p))
	s.effects, s.diags = effects, append(s.diags, problems...)
	diag.Sort(s.diags)
	return ctx.Err()
}

// chosen limits a plan and its diagnostics to the targets.
func (s *session) chosen(p *plan.Plan, diags hcl.Diagnostics) (*plan.Plan, hcl.Diagnostics) {
	if len(s.targets) == 0 {
		return p, diags
	}
	part, unknown := p.Target(s.targets)
	for _, t := range unknown {
		diags = append(diags, diag.Error("unknown_target", "Target matches nothing", "--target "+t.String()+
			" is neither in the configuration nor in Datadog. `ddmon render` lists the addresses there are.", hcl.Range{}))
	}
	return part, onlyOf(part, diags)
}

// onlyOf leaves out diagnostics about objects that are not targeted.
func onlyOf(p *plan.Plan, diags hcl.Diagnostics) hcl.Diagnostics {
	in := make(map[string]bool, len(p.Changes))
	for i := range p.Changes {
		in[p.Changes[i].Address.String()] = true
	}
	var out hcl.Diagnostics
	for _, d := range diags {
		if extra, ok := d.Extra.(diag.Extra); !ok || extra.Address == "" || in[extra.Address] {
			out = append(out, d)
		}
	}
	return out
}

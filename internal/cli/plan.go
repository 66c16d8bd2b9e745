package cli

import (
	"context"
	"io"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"ddmon/internal/behaviour"
	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
	"ddmon/internal/render"
)

// planFlags are the flags of every command that makes a plan.
type planFlags struct {
	vars    variableFlags
	connect connectFlags
	targets []string
	// failOnRegression makes a behaviour that gets worse an exit code.
	failOnRegression bool
}

func (p *planFlags) register(f *pflag.FlagSet) {
	p.vars.register(f)
	p.connect.register(f)
	f.StringArrayVar(&p.targets, "target", nil, "limit to `ADDRESS` and what it depends on; may be repeated")
}

func (a *App) newPlanCommand() *cobra.Command {
	var flags planFlags
	var detailed bool
	var out, markdown string
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Show what apply would change in Datadog",
		Long: "plan compares the configuration with the live objects and shows every difference. It changes nothing.\n" +
			"New and changed monitors are validated by Datadog.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			s, err := a.open(cmd.Context(), &flags)
			if err != nil {
				return err
			}
			defer func() { err = s.finish(err) }()
			if err := s.plan(cmd.Context(), plan.Build); err != nil {
				return err
			}
			if err := s.show(); err != nil {
				return err
			}
			if markdown != "" {
				if err := s.comment(markdown); err != nil {
					return err
				}
			}
			if out != "" {
				if err := s.save(out); err != nil {
					return err
				}
			}
			if s.diags.HasErrors() || flags.failOnRegression && s.regressed() {
				return errFailed
			}
			if detailed && !s.changes.Empty() {
				return exitError(2)
			}
			return nil
		},
	}
	flags.register(cmd.Flags())
	cmd.Flags().BoolVar(&flags.failOnRegression, "fail-on-regression", false,
		"exit 1 if a recorded incident would be caught later or no longer, or there were new false alarms")
	cmd.Flags().StringVar(&out, "out", "", "save the plan to `FILE` for ddmon apply FILE")
	cmd.Flags().StringVar(&markdown, "markdown", "", "write the plan as a comment for a pull request to `FILE`")
	cmd.Flags().BoolVar(&detailed, "detailed-exitcode", false, "exit 0 without changes, 1 on an error, 2 with changes")
	return cmd
}

// session is one run of plan, apply or destroy: a configuration, a Datadog, and what one makes of the other.
type session struct {
	app     *App
	targets []object.Address
	stack   *config.Stack
	conn    *connection
	changes *plan.Plan
	diags   hcl.Diagnostics
	later   []object.Address // what only apply can have validated
	// effects are what the changes would have meant in the recordings; nil without any.
	effects *behaviour.Report
	// incomplete says that a test or a recording could not be read, so that effects do not tell all.
	incomplete bool
	vars       *variableFlags
}

// regressed reports whether a change makes the monitors worse, or might and cannot be judged.
func (s *session) regressed() bool {
	if s.incomplete {
		s.app.say("A test or a recording cannot be read, so --fail-on-regression cannot say that nothing gets worse.")
	}
	return s.incomplete || s.effects != nil && len(s.effects.Regressions()) > 0
}

// open loads the configuration and finds out whom to talk to. An error in the configuration ends it before any
// request.
func (a *App) open(ctx context.Context, flags *planFlags) (*session, error) {
	s := &session{app: a, vars: &flags.vars}
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
		return nil, a.showFailure(s.stack, s.diags)
	}
	s.conn, err = a.connect(ctx, &flags.connect)
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
	p, diags, err := survey(ctx, s.stack, s.conn, build)
	if err != nil {
		return err
	}
	whole := p
	if len(s.targets) > 0 {
		part, unknown := p.Target(s.targets)
		for _, t := range unknown {
			diags = append(diags, diag.Error("unknown_target", "Target matches nothing", "--target "+t.String()+
				" is neither in the configuration nor in Datadog. `ddmon render` lists the addresses there are.", hcl.Range{}))
		}
		p, diags = part, onlyOf(part, diags)
	}
	s.changes = p
	s.diags = append(s.diags, diags...)
	s.diags = append(s.diags, s.validate(ctx)...)
	effects, problems := s.behaviour(whole.Beside(p))
	s.effects, s.diags = effects, append(s.diags, problems...)
	diag.Sort(s.diags)
	return ctx.Err()
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

// show writes plan and diagnostics: one document with --json, else the plan to Stdout and the rest to Stderr.
func (s *session) show() error {
	a := s.app
	if a.flags.json {
		return writeJSON(a.Stdout, struct {
			*planfile.Document
			Diagnostics []render.Diagnostic `json:"diagnostics"`
			// Later are the addresses that only apply can have validated, once the ids in them are known.
			Later    []object.Address `json:"validated_at_apply,omitempty"`
			Requests int              `json:"requests"`
			// Behaviour is what the changes would have meant in recorded time.
			Behaviour *behaviour.Report `json:"behaviour,omitempty"`
		}{planfile.New(s.changes, version), render.JSONDiagnostics(s.diags), s.later, s.conn.Requests(), s.effects})
	}
	if err := a.showDiagnostics(s.stack.Files, s.diags); err != nil {
		return err
	}
	a.say("Stack %q against %s", s.stack.Name, s.conn.name)
	return render.Plan(a.Stdout, s.changes, s.later, s.effects, a.style(), a.Now())
}

// comment writes the plan for a pull request, with its errors if it has any. A configuration that cannot be read has
// no plan and so no comment.
func (s *session) comment(path string) error {
	return writeFile(path, func(w io.Writer) error {
		return render.Markdown(w, render.MarkdownInput{Plan: s.changes, Effects: s.effects, Diagnostics: s.diags})
	})
}

// showFailure writes diagnostics that leave nothing else to show, and returns what ends the command.
func (a *App) showFailure(stack *config.Stack, diags hcl.Diagnostics) error {
	var err error
	if a.flags.json {
		err = writeJSON(a.Stdout, map[string]any{"diagnostics": render.JSONDiagnostics(diags)})
	} else {
		err = a.showDiagnostics(stack.Files, diags)
	}
	if err == nil {
		err = errFailed
	}
	return err
}

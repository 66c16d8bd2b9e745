package cli

import (
	"context"
	"fmt"
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
	// parallelism is how many requests are under way at once.
	parallelism int
	// base names the configuration before the change; only plan and diff have it.
	base string
	// failOnRegression makes a behaviour that gets worse an exit code.
	failOnRegression bool
}

func (p *planFlags) register(f *pflag.FlagSet) {
	p.registerOffline(f)
	p.connect.register(f)
	f.IntVar(&p.parallelism, "parallelism", parallel, "how many requests are under way at once")
}

// registerOffline registers what needs no Datadog.
func (p *planFlags) registerOffline(f *pflag.FlagSet) {
	p.vars.register(f)
	f.StringArrayVar(&p.targets, "target", nil, "limit to `ADDRESS` and what it depends on; may be repeated")
}

// reviewFlags are the flags of the commands whose output is for review: plan and diff.
type reviewFlags struct {
	planFlags
	detailed bool
	out      string // of plan alone
	markdown string
}

func (r *reviewFlags) register(f *pflag.FlagSet) {
	f.BoolVar(&r.failOnRegression, "fail-on-regression", false,
		"exit 1 if a recorded incident would be caught later or no longer, or there were new false alarms")
	f.StringVar(&r.markdown, "markdown", "", "write it as a comment for a pull request to `FILE`; - is standard output, with nothing else")
	f.StringVar(&r.base, "base", "", baseUsage)
	f.BoolVar(&r.detailed, "detailed-exitcode", false, "exit 0 without changes, 1 on an error, 2 with changes")
}

func (a *App) newPlanCommand() *cobra.Command {
	var flags reviewFlags
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Show what apply would change in Datadog",
		Long: "plan compares the configuration with the live objects and shows every difference. It changes nothing.\n" +
			"New and changed monitors are validated by Datadog. With --base it shows apart what this change of the\n" +
			"files does and what happened in Datadog meanwhile.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.plan(cmd.Context(), &flags) },
	}
	flags.planFlags.register(cmd.Flags())
	flags.register(cmd.Flags())
	cmd.Flags().StringVar(&flags.out, "out", "", "save the plan to `FILE` for ddmon apply FILE")
	return cmd
}

func (a *App) plan(ctx context.Context, flags *reviewFlags) (err error) {
	s, err := a.open(ctx, &flags.planFlags)
	if err != nil {
		return a.unplanned(s, flags.markdown, err)
	}
	defer func() { err = s.finish(err) }()
	if err := s.plan(ctx, plan.Build); err != nil {
		return a.unplanned(s, flags.markdown, err)
	}
	s.warnOfDeletes()
	if err := s.review(flags); err != nil {
		return err
	}
	saved := ""
	if flags.out != "" && !s.diags.HasErrors() { // the errors are shown, and end the command
		if err := s.save(flags.out); err != nil {
			return err
		}
		saved = flags.out
	}
	if err := s.reviewOnGitHub(flags.markdown, saved); err != nil {
		return err
	}
	return s.reviewed(flags)
}

// review writes what was planned, for all who read it.
func (s *session) review(flags *reviewFlags) error {
	if flags.markdown != "-" {
		if err := s.show(); err != nil {
			return err
		}
	}
	if flags.markdown != "" {
		return s.app.writeTo(flags.markdown, s.comment)
	}
	return nil
}

// reviewed is the exit code of a review.
func (s *session) reviewed(flags *reviewFlags) error {
	switch {
	case s.diags.HasErrors() || flags.failOnRegression && s.regressed():
		return errFailed
	case flags.detailed && !s.changes.Empty():
		return exitError(2)
	}
	return nil
}

// unplanned writes the comment where there is no plan: of a configuration that cannot be read, or of a Datadog that
// cannot be asked. A reviewer would otherwise look at an old one.
func (a *App) unplanned(s *session, markdown string, err error) error {
	if s == nil {
		return err
	}
	if !s.diags.HasErrors() {
		s.diags = append(s.diags, diag.Error("unplanned", "The plan could not be made", err.Error()+".", hcl.Range{}))
	}
	if markdown != "" {
		if failed := a.writeTo(markdown, s.comment); failed != nil {
			return failed
		}
	}
	if failed := a.github.summary(s.comment); failed != nil {
		return failed
	}
	return err
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
	p, diags = s.chosen(whole, diags)
	if err := findReferrers(ctx, s.conn, p); err != nil {
		return err
	}
	s.changes = p
	if s.before != nil {
		s.against(s.before, found.in)
	}
	s.diags = append(s.diags, diags...)
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

// document is what plan --json prints.
type document struct {
	*planfile.Document
	Diagnostics []render.Diagnostic `json:"diagnostics"`
	// Base is the change of the configuration by itself, and what happened in Datadog meanwhile.
	Base *baseDocument `json:"base,omitempty"`
	// Later are the addresses that only apply can have validated, once the ids in them are known.
	Later    []object.Address `json:"validated_at_apply,omitempty"`
	Requests int              `json:"requests"`
	// Behaviour is what the changes would have meant in recorded time.
	Behaviour *behaviour.Report `json:"behaviour,omitempty"`
}

// baseDocument is a plan.Base.
type baseDocument struct {
	Name    string            `json:"name"`
	Changes []planfile.Change `json:"changes"`
	Drift   []planfile.Change `json:"drift"`
	Adopted []object.Address  `json:"adopted,omitempty"` // changed here, and live already
}

// show writes plan and diagnostics: one document with --json, else the plan to Stdout and the rest to Stderr.
func (s *session) show() error {
	a := s.app
	if a.flags.json {
		d := document{
			Document: planfile.New(s.app.hide.plan(s.changes), version), Diagnostics: render.JSONDiagnostics(s.app.hide.diagnostics(s.diags)), Later: s.later,
			Behaviour: s.effects,
		}
		if s.conn != nil {
			d.Requests = s.conn.Requests()
		}
		if b := a.hide.base(s.base); b != nil {
			d.Base = &baseDocument{
				Name: b.Name, Adopted: b.Adopted,
				Changes: planfile.New(b.Own, version).Changes, Drift: planfile.New(b.Drift, version).Changes,
			}
		}
		return writeJSON(a.Stdout, d)
	}
	if err := a.showDiagnostics(s.stack.Files, s.diags); err != nil {
		return err
	}
	if s.conn != nil {
		a.say("Stack %q against %s", s.stack.Name, s.conn.name)
	}
	return a.github.group(fmt.Sprintf("Plan of stack %s", s.stack.Name), func() error {
		return render.Plan(a.Stdout, s.view(), a.style())
	})
}

func (s *session) view() render.View {
	return render.View{Plan: s.app.hide.plan(s.changes), Later: s.later, Effects: s.effects, Base: s.app.hide.base(s.base), Now: s.app.Now()}
}

// comment writes the plan for a pull request, with its errors if it has any.
func (s *session) comment(w io.Writer) error {
	m := render.MarkdownInput{Stack: s.stack.Name, Plan: s.app.hide.plan(s.changes), Effects: s.effects, Base: s.app.hide.base(s.base), Diagnostics: s.app.hide.diagnostics(s.diags)}
	if s.conn != nil {
		m.Links = render.AppLinks(s.conn.app)
	}
	return render.Markdown(w, m)
}

// writeTo writes a file, or to Stdout if its name is "-".
func (a *App) writeTo(path string, write func(io.Writer) error) error {
	if path == "-" {
		return write(a.Stdout)
	}
	return a.writeFile(path, write)
}

// showFailure writes diagnostics that leave nothing else to show, and returns what ends the command.
func (a *App) showFailure(stack *config.Stack, diags hcl.Diagnostics) error {
	var err error
	if a.flags.json {
		err = writeJSON(a.Stdout, map[string]any{"diagnostics": render.JSONDiagnostics(a.hide.diagnostics(diags))})
	} else {
		err = a.showDiagnostics(stack.Files, diags)
	}
	if err == nil {
		err = errFailed
	}
	return err
}

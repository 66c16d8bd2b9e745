package cli

import (
	"github.com/spf13/cobra"

	"ddmon/internal/diag"
	"ddmon/internal/plan"
	"ddmon/internal/render"
)

func (a *App) newDriftCommand() *cobra.Command {
	var flags planFlags
	cmd := &cobra.Command{
		Use:   "drift",
		Short: "Say how Datadog differs from the configuration; read-only, for a nightly check",
		Long: "drift lists what is not as configured: edited in Datadog, deleted there, changed in the files and not yet\n" +
			"applied, claimed twice. Mutes by people on call are mentioned and are no drift. It exits 0 without drift,\n" +
			"1 on an error and 2 with drift.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			a.flags.readOnly = true
			s, err := a.open(cmd.Context(), &flags)
			if err != nil {
				return err
			}
			defer func() { err = s.finish(err) }()
			p, diags, err := survey(cmd.Context(), s.stack, s.conn, plan.Build)
			if err != nil {
				return err
			}
			diag.Sort(diags)
			report := driftOf(p)
			if a.flags.json {
				err = writeJSON(a.Stdout, report)
			} else if err = a.showDiagnostics(s.stack.Files, diags); err == nil {
				err = render.Drift(a.Stdout, report, a.style(), a.Now())
			}
			if err == nil && len(report.Drifted) > 0 {
				return exitError(2)
			}
			return err
		},
	}
	flags.vars.register(cmd.Flags())
	flags.connect.register(cmd.Flags())
	return cmd
}

// driftOf sorts the changes of a plan by what they mean for a stack that nobody is about to change.
func driftOf(p *plan.Plan) *render.DriftReport {
	report := &render.DriftReport{FormatVersion: "1.0", Stack: p.Stack, Drifted: []render.Drifted{}, Muted: []render.Drifted{}}
	for i := range p.Changes {
		c := &p.Changes[i]
		d := render.Drifted{Address: c.Address.String(), ID: c.ID, Title: c.Title, ModifiedAt: c.ModifiedAt}
		for _, e := range c.Edits {
			d.Paths = append(d.Paths, e.Path.String())
		}
		switch c.Action {
		case plan.Update, plan.Replace:
			d.Class = render.DriftUnapplied
			if c.EditedOutside {
				d.Class = render.DriftEdited
			}
		case plan.Create:
			d.Class = render.DriftMissing
		case plan.Delete:
			d.Class = render.DriftExtra
		case plan.Blocked:
			d.Class = render.DriftContested
		case plan.NoOp:
		}
		if d.Class != "" {
			report.Drifted = append(report.Drifted, d)
		}
		if options, ok := c.Before["options"].(map[string]any); ok {
			if silenced, ok := options["silenced"].(map[string]any); ok && len(silenced) > 0 {
				report.Muted = append(report.Muted, render.Drifted{Address: c.Address.String(), ID: c.ID, Title: c.Title})
			}
		}
	}
	return report
}

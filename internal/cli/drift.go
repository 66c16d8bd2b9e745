package cli

import (
	"context"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"

	"ddmon/internal/diag"
	"ddmon/internal/object"
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
			report, diags, err := s.drift(cmd.Context())
			if err != nil {
				return err
			}
			if err := s.showDrift(report, diags); err != nil {
				return err
			}
			if len(report.Drifted) > 0 {
				return exitError(2)
			}
			return nil
		},
	}
	flags.vars.register(cmd.Flags())
	flags.connect.register(cmd.Flags())
	return cmd
}

// drift asks Datadog what is not as configured. Besides the stack's own objects it looks for others of their names.
func (s *session) drift(ctx context.Context) (*plan.DriftReport, hcl.Diagnostics, error) {
	found, err := survey(ctx, s.stack, s.conn, plan.Build)
	if err != nil {
		return nil, nil, err
	}
	all := func(*plan.Change) bool { return true }
	others, err := named(ctx, found.in.Kinds, found.listings, s.conn, found.plan, all)
	if err != nil {
		return nil, nil, err
	}
	diag.Sort(found.diags)
	report := plan.Drift(found.plan, others)
	desired := make(map[object.Address]*object.Object, len(s.stack.Objects))
	for _, o := range s.stack.Objects {
		desired[o.Address] = o
	}
	s.app.hide.drift(report, desired)
	return report, found.diags, nil
}

func (s *session) showDrift(report *plan.DriftReport, diags hcl.Diagnostics) error {
	a := s.app
	if a.flags.json {
		if err := writeJSON(a.Stdout, report); err != nil {
			return err
		}
		return s.driftOnGitHub(report)
	}
	if err := a.showDiagnostics(s.stack.Files, diags); err != nil {
		return err
	}
	if err := render.Drift(a.Stdout, report, a.style(), a.Now()); err != nil {
		return err
	}
	return s.driftOnGitHub(report)
}

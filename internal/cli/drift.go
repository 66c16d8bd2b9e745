package cli

import (
	"context"
	"io"
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"

	"ddmon/internal/object"
	"ddmon/internal/operation"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/markdown"
	"ddmon/internal/render/terminal"
)

func newDriftCommand(a *App) *cobra.Command {
	flags := planFlags{connect: connectFlags{readOnly: true}}
	cmd := &cobra.Command{
		Use:   "drift",
		Short: "Report drift between Datadog and the configuration",
		Long: "drift lists objects that differ from the configuration: edited or deleted in Datadog, not applied yet,\n" +
			"duplicated or orphaned. Mutes are listed too, but do not count as drift. It only reads, so it suits a\n" +
			"nightly check. It exits 0 if Datadog matches, 1 on errors and 2 if it differs.",
		Example: "  # Fail a nightly job when Datadog differs from the configuration\n" +
			"  ddmon drift\n" +
			"\n" +
			"  # Report drift as JSON\n" +
			"  ddmon drift --json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			s, err := a.open(cmd.Context(), &flags, plan.Build)
			if err != nil {
				return err
			}
			defer func() { err = s.finish(err) }()
			report, diags, err := s.drift(cmd.Context())
			if err != nil {
				return err
			}
			if err := s.showDrift(cmd.Context(), report, diags); err != nil {
				return err
			}
			if len(report.Report().Drifted) > 0 {
				return exitError(2)
			}
			return nil
		},
	}
	flags.vars.register(cmd.Flags())
	flags.connect.register(cmd.Flags())
	return cmd
}

// drift compares the objects in Datadog with the configuration.
func (s *session) drift(ctx context.Context) (planfile.RedactedDrift, hcl.Diagnostics, error) {
	s.app.beginStatus()
	defer s.app.status.end()
	report, diags, err := operation.Drift(ctx, s.conn, s.Stack, s.Now)
	if err != nil {
		return planfile.RedactedDrift{}, nil, err
	}
	desired := make(map[object.Address]*object.Object, len(s.Stack.Objects))
	for _, o := range s.Stack.Objects {
		desired[o.Address] = o
	}
	return s.app.hide.texts().Drift(report, desired), diags, nil
}

func (s *session) showDrift(ctx context.Context, report planfile.RedactedDrift, diags hcl.Diagnostics) error {
	a := s.app
	if a.flags.json {
		document := machine.Drift{DriftReport: report.Report(), Diagnostics: machine.JSONDiagnostics(a.hide.diagnostics(diags))}
		if err := a.writeDocument(document); err != nil {
			return err
		}
		return s.driftOnGitHub(report)
	}
	if err := a.showDiagnostics(ctx, s.Stack.Files, diags); err != nil {
		return err
	}
	if err := terminal.Drift(a.Stdout, report, a.style(), a.Now()); err != nil {
		return err
	}
	return s.driftOnGitHub(report)
}

// driftOnGitHub writes the step outputs and the job summary.
func (s *session) driftOnGitHub(report planfile.RedactedDrift) error {
	if err := s.app.github.outputs([2]string{"drifted", strconv.Itoa(len(report.Report().Drifted) - report.Report().Unapplied())}); err != nil {
		return err
	}
	return s.app.github.summary(func(w io.Writer) error {
		return markdown.Drift(w, report, markdown.AppLinks(s.conn.app))
	})
}

package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/lint"
	"ddmon/internal/operation"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/safe"
	"ddmon/internal/render/terminal"
)

// lintFlags are the flags of lint.
type lintFlags struct {
	vars    variableFlags
	failOn  string
	format  string
	explain string
	enable  []string
	live    bool
	connect connectFlags
}

func newLintCommand(a *App) *cobra.Command {
	var flags lintFlags
	cmd := &cobra.Command{
		Use:   "lint",
		Short: "Find likely mistakes in the configuration",
		Long: "lint reports what validate reports, and also configuration that Datadog accepts but that probably does not do\n" +
			"what you want. It runs offline unless --live is set. Run `ddmon lint --explain CODE` for the reasons behind a\n" +
			"finding. To accept a finding, write `# ddmon:ignore CODE reason` or `# ddmon:snooze CODE until 2027-01-31\n" +
			"reason` on its line or block.",
		Example: "  # Report every finding, and exit 1 on warnings too\n" +
			"  ddmon lint --fail-on warning\n" +
			"\n" +
			"  # Also check that metrics, tags, handles and ids exist in Datadog\n" +
			"  ddmon lint --live\n" +
			"\n" +
			"  # Explain a rule\n" +
			"  ddmon lint --explain no_handle",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if flags.explain != "" {
				return a.explainCode(flags.explain)
			}
			return a.lint(cmd.Context(), &flags)
		},
	}
	defer completeLint(cmd)
	f := cmd.Flags()
	flags.vars.register(f)
	f.StringVar(&flags.failOn, "fail-on", "error", "exit 1 on findings of this `SEVERITY` or higher: error, warning or info")
	f.StringVar(&flags.format, "format", "text", "output `FORMAT`: text, json, sarif, or github (workflow annotations)")
	f.StringVar(&flags.explain, "explain", "", "explain the rule `CODE`")
	f.BoolVar(&flags.live, "live", false, "also check that metrics, tags, handles and ids exist in Datadog")
	flags.connect.register(f)
	f.StringArrayVar(&flags.enable, "enable", nil, "also run the optional rule `CODE`; can be repeated")
	return cmd
}

func (a *App) lint(ctx context.Context, flags *lintFlags) (err error) {
	failOn, err := severityNamed(flags.failOn)
	if err != nil {
		return err
	}
	for _, code := range flags.enable {
		if !operation.IsRule(code) {
			return fmt.Errorf("invalid --enable %q: no such rule.%s", code, diag.DidYouMean(code, lint.Codes()))
		}
	}
	if a.flags.json {
		flags.format = "json"
	}
	c := operation.Checks{Lint: true, Options: lint.Options{Enable: flags.enable}, MinSeverity: diag.SeverityInfo, Now: a.Now()}
	if flags.live {
		conn, err := a.connect(ctx, &flags.connect)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, conn.close()) }()
		c.Live = conn
		if c.SkipMetrics = conn.sandbox; conn.sandbox {
			a.logf("The sandbox receives no metrics, so metrics and tags are not checked.")
		}
	}
	stack, diags, err := a.workspace(&flags.vars).Check(ctx, c)
	if err != nil {
		return err
	}
	if err := a.showFindings(flags.format, stack, diags); err != nil {
		return err
	}
	for _, d := range diags {
		if diag.SeverityOf(d) <= failOn {
			return errFailed
		}
	}
	return nil
}

func (a *App) showFindings(format string, stack *config.Stack, diags hcl.Diagnostics) error {
	switch format {
	case "json":
		return a.writeDocument(machine.NewValidation(a.hide.diagnostics(diags)))
	case "sarif":
		return machine.SARIF(a.Stdout, a.hide.diagnostics(diags), version, documentation)
	case "github":
		return machine.Annotations(a.github.out, a.hide.diagnostics(diags), nil)
	case "text":
		if err := terminal.Diagnostics(a.Stdout, stack.Files, a.hide.diagnostics(diags), a.style()); err != nil {
			return err
		}
		_, err := fmt.Fprintln(a.Stdout, findings(diags))
		return err
	}
	return fmt.Errorf("invalid --format %q: use text, json, sarif or github", format)
}

// findings returns the number of findings by severity: 1 error, 2 warnings, 0 infos.
func findings(diags hcl.Diagnostics) string {
	if len(diags) == 0 {
		return "No findings."
	}
	counts := map[diag.Severity]int{}
	for _, d := range diags {
		counts[diag.SeverityOf(d)]++
	}
	return fmt.Sprintf("%s, %s, %s.", safe.Count(counts[diag.SeverityError], "error"),
		safe.Count(counts[diag.SeverityWarning], "warning"), safe.Count(counts[diag.SeverityInfo], "info"))
}

func severityNamed(name string) (diag.Severity, error) {
	for _, s := range []diag.Severity{diag.SeverityError, diag.SeverityWarning, diag.SeverityInfo} {
		if s.String() == name {
			return s, nil
		}
	}
	return 0, fmt.Errorf("invalid --fail-on %q: use error, warning or info", name)
}

// documentation returns the manual's section on a rule, "" if the manual has none.
func documentation(code string) string {
	text, _ := lint.Explain(code)
	return text
}

func (a *App) explainCode(code string) error {
	text, ok := lint.Explain(code)
	if !ok {
		return fmt.Errorf("unknown rule %q.%s Rules: %s", code, diag.DidYouMean(code, lint.Codes()),
			strings.Join(lint.Codes(), ", "))
	}
	text = strings.TrimSpace(text)
	if a.flags.json {
		return a.writeDocument(machine.Rule{FormatVersion: machine.FormatVersion, Code: code, Text: text})
	}
	_, err := fmt.Fprintln(a.Stdout, text)
	return err
}

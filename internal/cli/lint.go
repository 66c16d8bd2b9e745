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
		Short: "Find what is legal and probably wrong, without asking Datadog",
		Long: "lint reports what validate does and, besides, what Datadog would accept and what will probably not do what\n" +
			"it was written for. Every finding has a code: `ddmon lint --explain CODE` says more, and a comment\n" +
			"`# ddmon:ignore CODE reason` or `# ddmon:snooze CODE until 2027-01-31 reason` on a line or block accepts it.",
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
	f := cmd.Flags()
	flags.vars.register(f)
	f.StringVar(&flags.failOn, "fail-on", "error", "exit 1 from this `SEVERITY` on: error, warning or info")
	f.StringVar(&flags.format, "format", "text", "text, json, sarif, or github (annotations of a workflow)")
	f.StringVar(&flags.explain, "explain", "", "print what the manual says of a `CODE`")
	f.BoolVar(&flags.live, "live", false, "also ask Datadog: do the metrics, their tags, the handles and the ids exist?")
	flags.connect.register(f)
	f.StringArrayVar(&flags.enable, "enable", nil, "also run the rule `CODE`, which is not run unless asked for; may be repeated")
	return cmd
}

func (a *App) lint(ctx context.Context, flags *lintFlags) (err error) {
	failOn, err := severityNamed(flags.failOn)
	if err != nil {
		return err
	}
	for _, code := range flags.enable {
		if !operation.IsRule(code) {
			return fmt.Errorf("--enable %q is no rule.%s", code, diag.DidYouMean(code, lint.Codes()))
		}
	}
	if a.flags.json {
		flags.format = "json"
	}
	c := operation.Checks{Lint: true, Options: lint.Options{Enable: flags.enable}, Least: diag.SeverityInfo, Now: a.Now()}
	if flags.live {
		conn, err := a.connect(ctx, &flags.connect)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, conn.close()) }()
		c.Live = conn
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
		return writeJSON(a.Stdout, validateDocument(a.hide.diagnostics(diags)))
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
	return fmt.Errorf("--format %q is none: write text, json, sarif or github", format)
}

// findings counts them: 1 error, 2 warnings, 0 infos.
func findings(diags hcl.Diagnostics) string {
	if len(diags) == 0 {
		return "Nothing found."
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
	return 0, fmt.Errorf("--fail-on %q is no severity: write error, warning or info", name)
}

// documentation is the manual's section on a code, "" if there is none.
func documentation(code string) string {
	text, _ := lint.Explain(code)
	return text
}

func (a *App) explainCode(code string) error {
	text, ok := lint.Explain(code)
	if !ok {
		return fmt.Errorf("the manual has nothing on %q.%s The codes: %s", code, diag.DidYouMean(code, lint.Codes()),
			strings.Join(lint.Codes(), ", "))
	}
	_, err := fmt.Fprintln(a.Stdout, strings.TrimSpace(text))
	return err
}

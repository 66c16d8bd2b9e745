package cli

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"

	"ddmon/internal/guide"
	"ddmon/internal/operation"
	"ddmon/internal/render/markdown"
	"ddmon/internal/render/terminal"
)

// verifyFlags are the flags of verify.
type verifyFlags struct {
	vars       variableFlags
	recording  string
	at         string
	remediated string
	markdown   string
	control    string
	connect    connectFlags
}

func newVerifyCommand(a *App) *cobra.Command {
	var flags verifyFlags
	cmd := &cobra.Command{
		Use:   "verify GUIDE",
		Short: "Run a guide's steps and print what follows from them",
		Long: "verify runs the steps of a guide block in order. Each step asks one question, and its verdict is ok, failed or\n" +
			"unknown. Conclusions follow from the verdicts. An empty answer counts only if the same query has hits in the\n" +
			"control window and everything else that makes an answer empty is excluded. Remediation is printed, never run.\n" +
			"\n" +
			"The data comes from Datadog, or from a recording with --recording. verify only reads. If Datadog does not answer a\n" +
			"question, the step is unknown with the reason, and the other steps still run.\n" +
			"\n" +
			"The exit code is 0 if the system is healthy, 2 if a conclusion holds, and 1 if ddmon could not tell.",
		Example: "  # Run a guide on the current data in Datadog\n" +
			"  ddmon verify consumer-failure\n" +
			"\n" +
			"  # Run a guide on a recorded incident, five minutes after its start\n" +
			"  ddmon verify consumer-failure --recording testdata/incident-5 --at incident_start+5m\n" +
			"\n" +
			"  # Write the incident document\n" +
			"  ddmon verify consumer-failure --recording testdata/incident-5 --at 14:24:11 --markdown incident.md",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.verify(cmd.Context(), args[0], &flags) },
	}
	f := cmd.Flags()
	flags.vars.register(f)
	f.StringVar(&flags.recording, "recording", "", "run on the recording in `DIR`")
	f.StringVar(&flags.at, "at", "", "run as of this `TIME`: a phase (incident_start+5m), a time of day (14:24:11), an offset (+4m) or an absolute time; default: now, or the end of the recording. Without --recording it must be absolute")
	f.StringVar(&flags.remediated, "remediated", "", "report how long after this `TIME` each step was ok again; default: the phase recovery_start")
	f.StringVar(&flags.control, "control", "", "use the control window `FROM/TO` instead of the guide's: two absolute times")
	f.DurationVar(&flags.connect.timeout, "timeout", time.Minute, "give up a request, with its retries, after this `DURATION`")
	flags.connect.register(f)
	f.StringVar(&flags.markdown, "markdown", "", "also write the result as Markdown to `FILE`; - prints it instead of the text")
	return cmd
}

func (a *App) verify(ctx context.Context, name string, flags *verifyFlags) error {
	switch {
	case flags.recording != "" && (flags.control != "" || flags.connect.sandbox):
		return errors.New("--control and --sandbox cannot be used with --recording: the control window of a recording is its part before incident_start")
	case a.flags.json && flags.markdown == "-":
		return errors.New("--json and --markdown - both write to standard output: use --markdown FILE")
	}
	workspace := a.workspace(&flags.vars)
	stack, diags := workspace.Load(ctx)
	if diags.HasErrors() {
		return a.showFailure(ctx, stack, diags)
	}
	var done *operation.Verified
	var err error
	if flags.recording == "" {
		done, err = a.verifyLive(ctx, name, stack, flags)
	} else if err = a.checkRecordingPath(flags.recording); err == nil {
		done, diags, err = workspace.VerifyRecording(ctx, stack, operation.VerifyOptions{
			Guide: name, Recording: flags.recording, At: flags.at, Remediated: flags.remediated,
		})
	}
	if err != nil {
		return err
	}
	if done == nil {
		return a.showFailure(ctx, stack, diags)
	}
	if err := a.showVerification(done, flags.markdown); err != nil {
		return err
	}
	switch done.Result.Outcome {
	case guide.Findings:
		return exitError(2)
	case guide.CouldNotTell:
		return errFailed
	case guide.Healthy:
	}
	return nil
}

// showVerification writes a result: text, JSON, or Markdown in place of the text or to a file.
func (a *App) showVerification(done *operation.Verified, file string) error {
	shown := verification(done)
	if file != "" {
		err := a.writeTo(file, func(w io.Writer) error { return markdown.Verification(w, shown) })
		if err != nil || file == "-" {
			return err
		}
	}
	if a.flags.json {
		return a.writeDocument(shown)
	}
	return terminal.Verification(a.Stdout, shown, a.style())
}

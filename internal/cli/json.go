package cli

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/pflag"

	"ddmon/internal/render/machine"
)

// jsonOutput is the state of the JSON output of a run: one document, or for apply and destroy a line for each event.
type jsonOutput struct {
	lines   bool // whether the command writes lines
	written bool // whether the document was written
}

// startLines makes the run write a JSON object per line, and writes the first one.
func (a *App) startLines(command string) error {
	a.json.lines = true
	return a.writeLine(machine.Start{Type: "start", FormatVersion: machine.FormatVersion, Tool: version, Command: command})
}

// writeDocument writes the JSON document of the run.
func (a *App) writeDocument(document any) error {
	a.json.written = true
	return machine.JSON(a.Stdout, document, "  ")
}

// writeLine writes one JSON value on its own line.
func (a *App) writeLine(v any) error { return machine.JSON(a.Stdout, v, "") }

// writeDiagnosticLines writes a line for each diagnostic.
func (a *App) writeDiagnosticLines(diags hcl.Diagnostics) error {
	for _, line := range machine.DiagnosticLines(a.hide.diagnostics(diags)) {
		if err := a.writeLine(line); err != nil {
			return err
		}
	}
	return nil
}

// showErrorJSON writes an error: the document of the run, its last line or, after the document, a line on Stderr.
func (a *App) showErrorJSON(err error) error {
	to, indent := a.Stdout, "  "
	if a.json.written {
		to = a.Stderr
	}
	if a.json.lines || !a.started {
		indent = "" // apply can be the command that could not be started
	}
	return machine.JSON(to, machine.NewError(err), indent)
}

// parseGlobalFlags reads the global flags from the arguments of a command that could not be started, because the
// command or one of its flags does not exist. They decide how the error is shown.
func parseGlobalFlags(global *pflag.FlagSet, args []string) {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.ParseErrorsAllowlist.UnknownFlags = true
	flags.Usage = func() {}
	flags.BoolP("help", "h", false, "")
	flags.AddFlagSet(global)
	_ = flags.Parse(args) // the error that ended the command is shown instead
}

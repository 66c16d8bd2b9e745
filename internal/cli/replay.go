package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"ddmon/internal/operation"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/terminal"
	"ddmon/internal/report"
)

func newReplayCommand(a *App) *cobra.Command {
	var vars variableFlags
	var html string
	var second secondFlag
	cmd := &cobra.Command{
		Use:   "replay RECORDING",
		Short: "Replay a recording through the monitors and show what they do",
		Long: "replay evaluates the stack's monitors over a recording, with Datadog's evaluation rules, and shows every\n" +
			"transition and notification. Unlike test, it needs no expectations. It runs offline.\n" +
			"Run `ddmon schema recording` to list what a recording contains.",
		Example: "  # Replay a recording through the monitors of the stack\n" +
			"  ddmon replay testdata/incident-5\n" +
			"\n" +
			"  # Also write an HTML report with plots\n" +
			"  ddmon replay testdata/incident-5 --html report.html",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.replay(cmd.Context(), &vars, args[0], html, int(second))
		},
	}
	vars.register(cmd.Flags())
	second.register(cmd.Flags())
	cmd.Flags().StringVar(&html, "html", "", "also write an HTML report with plots, states and notifications to `FILE`")
	return cmd
}

func (a *App) replay(ctx context.Context, vars *variableFlags, path, html string, second int) error {
	stack, diags := a.workspace(vars).Load(ctx)
	if diags.HasErrors() {
		return a.showFailure(ctx, stack, diags)
	}
	if err := a.checkRecordingPath(path); err != nil {
		return err
	}
	done, diags, err := operation.Replay(stack, path, operation.ReplayOptions(ctx, second, html != ""))
	if err != nil {
		return err
	}
	if done == nil {
		return a.showFailure(ctx, stack, diags)
	}
	rec := done.Recording
	shown := replayed(rec, done.Result)
	if a.flags.json {
		err = a.writeDocument(machine.Replay{FormatVersion: machine.FormatVersion, Recording: rec.Name, Monitors: shown})
	} else {
		err = terminal.Replay(a.Stdout, rec.Name, shown, a.style())
	}
	if err != nil || html == "" {
		return err
	}
	return a.writePage(html, report.Page{
		Title: "Replay of " + rec.Name, Generated: a.stamp(),
		Sections: []report.Section{{
			Name: rec.Name, Untested: true, Recording: rec, Result: done.Result, Monitors: done.Monitors, Inputs: inputs(done.Monitors, rec),
		}},
	})
}

// checkRecordingPath explains a missing recording if -C is set, which does not apply to it.
func (a *App) checkRecordingPath(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) || filepath.IsAbs(path) || filepath.Clean(a.flags.dir) == "." {
		return nil // reading it reports other errors
	}
	text := fmt.Sprintf("%s does not exist in the working directory; -C applies only to the stack", path)
	if in := filepath.Join(a.flags.dir, path); exists(in) {
		text += ": write " + in
	}
	return errors.New(text)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

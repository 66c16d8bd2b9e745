package cli

import (
	"errors"
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"

	"ddmon/internal/config"
	"ddmon/internal/expect"
	"ddmon/internal/render"
	"ddmon/internal/replay"
	"ddmon/internal/report"
	"ddmon/internal/series"
)

func (a *App) newReplayCommand() *cobra.Command {
	var vars variableFlags
	var html string
	var phase int
	cmd := &cobra.Command{
		Use:   "replay RECORDING",
		Short: "Show what the monitors would have done over a recording, without expectations",
		Args:  cobra.ExactArgs(1),
		RunE:  func(_ *cobra.Command, args []string) error { return a.replay(&vars, args[0], html, phase) },
	}
	vars.register(cmd.Flags())
	cmd.Flags().IntVar(&phase, "phase", allPhases, "evaluate only at this `SECOND` of the minute, 0 to 59; -1 tries them all")
	cmd.Flags().StringVar(&html, "html", "", "also write a page with plots, states and notifications to `FILE`")
	return cmd
}

// placeOf is where the object at an address is written.
func placeOf(stack *config.Stack, address string) hcl.Range {
	for _, o := range stack.Objects {
		if o.Address.String() == address {
			return o.Ranges.At(nil)
		}
	}
	return hcl.Range{}
}

func (a *App) replay(vars *variableFlags, path, html string, phase int) error {
	stack, diags := a.load(vars)
	if diags.HasErrors() {
		return a.showFailure(stack, diags)
	}
	rec, diags := coded(series.Load(path))
	if rec == nil {
		return a.showFailure(stack, diags)
	}
	monitors := expect.Monitors(stack.Objects)
	result, err := replay.Run(monitors, rec, a.replayOptions(phase, html != ""))
	var passed *replay.LimitError
	switch {
	case errors.As(err, &passed):
		return a.showFailure(stack, hcl.Diagnostics{expect.PassedLimit(passed, placeOf(stack, passed.Address))})
	case err != nil:
		return fmt.Errorf("replaying %s: %w", rec.Name, err)
	}
	shown := replayed(rec, result)
	if a.flags.json {
		err = writeJSON(a.Stdout, map[string]any{"format_version": "1.0", "recording": rec.Name, "monitors": shown})
	} else {
		err = render.Replay(a.Stdout, rec.Name, shown, a.style())
	}
	if err != nil || html == "" {
		return err
	}
	page := report.Page{
		Title: "Replay of " + rec.Name, Generated: a.stamp(),
		Sections: []report.Section{{Name: rec.Name, Unjudged: true, Recording: rec, Result: result, Monitors: monitors, Inputs: inputs(monitors, rec)}},
	}
	return a.writePage(html, page)
}

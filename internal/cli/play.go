package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"ddmon/internal/config"
	"ddmon/internal/operation"
	"ddmon/internal/playback"
	"ddmon/internal/render/safe"
	"ddmon/internal/sandbox"
)

// maxSpeed keeps the time in a recording that plays for a year within the range of a time.
const maxSpeed = 10_000

// play adds the recording of the flags to the options of the sandbox, and returns a sentence about it; "" without one.
func (a *App) play(ctx context.Context, o serveOptions, options *sandbox.Options) (string, error) {
	switch {
	case o.recording == "" && o.at != "":
		return "", errors.New("--at needs --recording: without a recording, the sandbox has the time of the clock")
	case o.recording == "" && o.speed != 1:
		return "", errors.New("--speed needs --recording: without a recording, the sandbox has the time of the clock")
	case o.recording == "":
		return "", nil
	case !(o.speed >= 0 && o.speed <= maxSpeed):
		return "", fmt.Errorf("invalid --speed %v: use a number from 0 to %d", o.speed, maxSpeed)
	}
	if err := a.checkRecordingPath(o.recording); err != nil {
		return "", err
	}
	played, diags, err := operation.LoadPlayback(o.recording, o.at)
	if err != nil {
		return "", err
	}
	if played == nil {
		return "", a.showFailure(ctx, &config.Stack{}, diags)
	}
	options.Telemetry, options.Now = played, playback.Clock(played.Start, o.speed, a.Now)
	return fmt.Sprintf(" It plays %s from %s at speed %s.", safe.Line(played.Recording.Name),
		safe.Time(played.Start, "2006-01-02 15:04:05 MST"), strconv.FormatFloat(o.speed, 'g', -1, 64)), nil
}

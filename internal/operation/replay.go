package operation

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/config"
	"ddmon/internal/expect"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// AllSeconds tries every second of the minute at which Datadog can evaluate.
const AllSeconds = -1

// ReplayOptions returns the options of a replay at a second of the minute, or at AllSeconds. With values, the result
// includes the value of every evaluation.
func ReplayOptions(ctx context.Context, second int, values bool) replay.Options {
	o := replay.Options{Values: values, Context: ctx}
	if second != AllSeconds {
		o.Phase, o.OnePhase = second, true
	}
	return o
}

// Replayed is the result of replaying a recording through a stack's monitors.
type Replayed struct {
	Recording *series.Recording
	Monitors  []replay.Monitor
	Result    *replay.Result
}

// Replay replays the recording in a file through the monitors of a stack. On failure, the diagnostics say why.
func Replay(stack *config.Stack, path string, o replay.Options) (*Replayed, hcl.Diagnostics, error) {
	rec, diags := withCode(series.Load(path))
	if rec == nil {
		return nil, diags, nil
	}
	monitors := expect.Monitors(stack.Objects)
	result, err := replay.Run(monitors, rec, o)
	var passed *replay.LimitError
	switch {
	case errors.As(err, &passed):
		return nil, hcl.Diagnostics{expect.ReplayLimitExceeded(passed, placeOf(stack, passed.Address))}, nil
	case err != nil:
		return nil, nil, fmt.Errorf("replaying %s: %w", rec.Name, err)
	}
	return &Replayed{rec, monitors, result}, nil, nil
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

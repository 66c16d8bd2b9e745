package operation

import (
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/playback"
	"ddmon/internal/series"
)

// Playback is a recording that the sandbox plays.
type Playback struct {
	Recording *series.Recording
	*playback.Source
	// Start is the time in the recording at which it begins to play.
	Start time.Time
}

// LoadPlayback reads a recording to play from a time, in a form of testfile.RecordingTime; "" means its start. On
// failure, the diagnostics say why.
func LoadPlayback(path, at string) (*Playback, hcl.Diagnostics, error) {
	rec, diags := withCode(series.Load(path))
	if rec == nil {
		return nil, diags, nil
	}
	start, err := timeIn(rec, "--at", at, "", rec.Start)
	if err != nil {
		return nil, nil, err
	}
	return &Playback{rec, playback.New(rec), start}, nil, nil
}

package replay

import (
	"context"
	"time"
)

// Options are the choices that Datadog's documentation leaves open.
type Options struct {
	// Phase is the second of the minute, 0-59, at which the primary run evaluates.
	Phase int
	// OnePhase leaves out the other phases: Earliest and Latest are then At, Elsewhere is empty.
	OnePhase bool
	// Rollup is the length of a bucket for windows up to Window, for queries without an explicit rollup; the last one
	// holds for longer windows too. Empty means DefaultRollups.
	Rollup []Rollup
	// Values asks for GroupResult.Values.
	Values bool
	// Context ends the replay when it is done; nil is one that never is.
	Context context.Context
}

// Rollup is a line of the table of default rollup intervals.
type Rollup struct{ Window, Interval time.Duration }

// DefaultRollups returns the intervals that Datadog documents for graphs. What monitors use is not documented; for
// evenly sampled gauges under avg, min and max it hardly matters.
func DefaultRollups() []Rollup {
	const day = 24 * time.Hour
	return []Rollup{
		{time.Hour, 20 * time.Second},
		{4 * time.Hour, time.Minute},
		{day, 5 * time.Minute},
		{2 * day, 10 * time.Minute},
		{7 * day, time.Hour},
		{31 * day, 4 * time.Hour},
	}
}

// interval returns the bucket for a window, both in milliseconds.
func (o Options) interval(window int64) int64 {
	table := o.Rollup
	if len(table) == 0 {
		table = DefaultRollups()
	}
	for _, row := range table {
		if window <= row.Window.Milliseconds() {
			return row.Interval.Milliseconds()
		}
	}
	return table[len(table)-1].Interval.Milliseconds()
}

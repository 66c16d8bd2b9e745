package replay

import (
	"context"
	"time"
)

// Options are the options of a replay.
type Options struct {
	// Phase is the second of the minute, 0-59, at which the primary run evaluates.
	Phase int
	// OnePhase skips the other phases: Earliest and Latest equal At, and Elsewhere is empty.
	OnePhase bool
	// Rollup has the bucket lengths by window for queries without an explicit rollup. The last entry also applies to
	// longer windows. Empty means DefaultRollups.
	Rollup []Rollup
	// Values enables GroupResult.Values.
	Values bool
	// Context ends the replay when it is done. A nil context never is.
	Context context.Context
}

// Rollup is an entry of the table of default rollup intervals.
type Rollup struct{ Window, Interval time.Duration }

// DefaultRollups returns the intervals that Datadog documents for graphs. The intervals of monitors are not documented.
// For regular gauges with avg, min and max the difference is small.
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

// Interval returns the length in milliseconds of the points over which a query without a rollup is evaluated.
func (o Options) Interval(window time.Duration) int64 { return o.interval(window.Milliseconds()) }

// interval returns the bucket length for a window, both in milliseconds.
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

package evaluate

import (
	"time"

	"ddmon/internal/series"
)

// Points evaluates a metric query, without a monitor's window and threshold, over [from, to) of a recording. It returns
// a point per group and bucket; NaN is a missing point. step is the bucket length, unless the query has a coarser
// rollup.
func Points(rec *series.Recording, query string, from, to time.Time, step time.Duration) (groups []string, points [][]float64, err error) {
	tags, _, points, err := graph(Input{Recording: rec, Bucket: step.Milliseconds()}, query, from.UnixMilli(), to.UnixMilli())
	for _, g := range tags {
		groups = append(groups, g.String())
	}
	return groups, points, err
}

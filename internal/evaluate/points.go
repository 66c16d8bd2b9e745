package evaluate

import (
	"time"

	"ddmon/internal/ddquery"
	"ddmon/internal/series"
)

// Points evaluates a metric query, without a monitor's window and threshold, over [from, to) of a recording. It returns
// a point per group and bucket; NaN is a missing point. step is the bucket length, unless the query has a coarser
// rollup.
func Points(rec *series.Recording, query string, from, to time.Time, step time.Duration) (groups []string, points [][]float64, err error) {
	x, err := ddquery.ParseMetric(query)
	if err != nil {
		return nil, nil, err
	}
	explicit := explicitStep(x)
	c := &compiler{rec: rec, step: max(explicit, step.Milliseconds())}
	n, err := c.expr(x, nil)
	if err != nil {
		return nil, nil, err
	}
	for _, g := range n.Info().Groups {
		groups = append(groups, g.String())
	}
	return groups, n.eval(newGrid(from.UnixMilli(), to.UnixMilli(), c.step, explicit > 0)), nil
}

package evaluate

import (
	"ddmon/internal/ddquery"
)

// Line is one line of a graph: the points of one group. Missing points are left out.
type Line struct {
	Group Tags
	// At are the starts of the buckets in Unix milliseconds, but not before the window.
	At     []int64
	Values []float64
}

// Graph evaluates a metric query without a monitor's window and threshold, over [from, to) in Unix milliseconds. Its
// points have the length of in.Bucket, unless the query has a coarser rollup. Groups without points are left out.
func Graph(in Input, query string, from, to int64) ([]Line, error) {
	x, err := ddquery.ParseMetric(query)
	if err != nil {
		return nil, err
	}
	explicit := explicitStep(x)
	c := &compiler{rec: in.Recording, account: in.Account, step: max(explicit, in.Bucket)}
	n, err := c.expr(x, nil)
	if err != nil {
		return nil, err
	}
	g := newGrid(from, to, c.step, explicit > 0)
	g.Account = in.Account
	in.Account.Keep(g.n*len(n.Info().Groups), SampleBytes)
	var lines []Line
	for i, points := range n.eval(g) {
		line := Line{Group: n.Info().Groups[i]}
		for j, v := range points {
			if !Missing(v) {
				line.At, line.Values = append(line.At, max(from, g.start(j))), append(line.Values, v)
			}
		}
		if len(line.At) > 0 {
			lines = append(lines, line)
		}
	}
	return lines, nil
}

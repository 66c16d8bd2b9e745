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
	groups, g, points, err := graph(in, query, from, to)
	if err != nil {
		return nil, err
	}
	in.Account.Keep(g.n*len(groups), SampleBytes)
	var lines []Line
	for i := range points {
		line := Line{Group: groups[i]}
		for j, v := range points[i] {
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

// graph evaluates a query to a point per group and bucket of the grid.
func graph(in Input, query string, from, to int64) ([]Tags, grid, [][]float64, error) {
	x, err := ddquery.ParseMetric(query)
	if err != nil {
		return nil, grid{}, nil, err
	}
	explicit := explicitStep(x)
	c := &compiler{rec: in.Recording, account: in.Account, step: max(explicit, in.Bucket)}
	n, err := c.expr(x, nil)
	if err != nil {
		return nil, grid{}, nil, err
	}
	g := newGrid(from, to, c.step, explicit > 0)
	g.Account = in.Account
	return n.Info().Groups, g, n.eval(g), nil
}

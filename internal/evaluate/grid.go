package evaluate

// grid is a window [from, to) divided into buckets that start at multiples of step in Unix time. All are milliseconds.
type grid struct {
	from, to, step int64
	first          int64 // the number of the first bucket: its start divided by step
	n              int
	*Account
}

// newGrid divides a window into buckets. The last bucket ends at to, even if it is not full. The first one starts at
// from. With whole, which Datadog uses for an explicit rollup, a bucket that starts before from is excluded.
func newGrid(from, to, step int64, whole bool) grid {
	g := grid{from: from, to: to, step: step, first: FloorDiv(from, step)}
	if whole {
		g.first = FloorDiv(from+step-1, step)
	}
	g.n = int(max(0, FloorDiv(to+step-1, step)-g.first))
	return g
}

// start returns the start of bucket i. The first bucket can start before the window.
func (g grid) start(i int) int64 { return (g.first + int64(i)) * g.step }

// shifted returns the grid shifted back by d milliseconds, with the same number of buckets.
func (g grid) shifted(d int64) grid {
	g.from, g.to = g.from-d, g.to-d
	g.first -= FloorDiv(d, g.step)
	return g
}

// extended returns a grid that starts k buckets earlier.
func (g grid) extended(k int) grid {
	g.first -= int64(k)
	g.from = g.first * g.step
	g.n += k
	return g
}

// preceding returns the k buckets before the grid. If the first bucket starts before the window, its part before the
// window is another bucket.
func (g grid) preceding(k int) grid {
	start := g.start(0)
	g.n, g.to = k, min(start, g.from)
	if start < g.from {
		g.n, g.to = k+1, g.from
	}
	g.first -= int64(k)
	g.from = g.first * g.step
	return g
}

// FloorDiv divides and rounds toward negative infinity.
func FloorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

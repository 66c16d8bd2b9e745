package evaluate

// grid is a window [from, to) cut into buckets that start at UNIX multiples of step. All are milliseconds.
type grid struct {
	from, to, step int64
	first          int64 // the number of the first bucket: its start divided by step
	n              int
	*Account       // counts what is computed over it
}

// newGrid lays the buckets over a window. The last one ends at to, full or not. The first one begins at from; with
// whole, as Datadog does for an explicit rollup, a bucket that starts before from is left out.
func newGrid(from, to, step int64, whole bool) grid {
	g := grid{from: from, to: to, step: step, first: FloorDiv(from, step)}
	if whole {
		g.first = FloorDiv(from+step-1, step)
	}
	g.n = int(max(0, FloorDiv(to+step-1, step)-g.first))
	return g
}

// start is when bucket i starts; of the first one that may be before the window.
func (g grid) start(i int) int64 { return (g.first + int64(i)) * g.step }

// shifted is the grid as it was d milliseconds ago, of as many buckets.
func (g grid) shifted(d int64) grid {
	g.from, g.to = g.from-d, g.to-d
	g.first -= FloorDiv(d, g.step)
	return g
}

// extended begins k buckets earlier.
func (g grid) extended(k int) grid {
	g.first -= int64(k)
	g.from = g.first * g.step
	g.n += k
	return g
}

// FloorDiv divides and rounds down, also below 0.
func FloorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

package evaluate

import "math"

// shifted is an expression shifted back in time.
type shifted struct {
	Base
	x    node
	back int64
}

// shift shifts x back by back milliseconds.
func shift(x node, back int64) node {
	if back <= 0 {
		return x // a shift into the future sees no additional data
	}
	return &shifted{x.Info().ago(back, true), x, back}
}

func (s *shifted) eval(g grid) [][]float64 { return s.x.eval(g.shifted(s.back)) }

// moving is moving_rollup: each point becomes the aggregate of the points in the preceding length, including points
// before the window.
type moving struct {
	Base
	rows
	x      node
	length int64
	agg    aggregator
}

func newMoving(x node, length int64, agg aggregator) node {
	b := *x.Info()
	b.reach += length
	b.stale += length
	b.Filled = true
	return &moving{Base: b, x: x, length: length, agg: agg}
}

func (m *moving) eval(g grid) [][]float64 {
	span := int(max(1, m.length/g.step))
	x := m.x.eval(g.extended(span - 1))
	g.Spend(len(x) * span * g.n)
	out := m.of(len(x), g)
	for i := range x {
		for k := range out[i] {
			out[i][k] = m.agg(x[i][k : k+span])
		}
	}
	return out
}

// defaulted is default_zero and default: missing points become a value. For a gauge, that happens only when its last
// value is too old.
type defaulted struct {
	Base
	rows
	x         node
	otherwise float64
	recent    []recent
}

func newDefaulted(x node, otherwise float64) node {
	b := *x.Info()
	b.Filled, b.EmptyIsZero = true, true
	return &defaulted{Base: b, x: x, otherwise: otherwise}
}

func (d *defaulted) eval(g grid) [][]float64 {
	out := d.of(len(d.Groups), g)
	if cap(d.recent) < len(out) {
		d.recent = make([]recent, len(out))
	}
	last, reach := d.recent[:len(out)], 0
	for i := range last {
		last[i] = recent{d.otherwise, math.MaxInt32}
	}
	if !d.Sparse {
		reach = int(defaultFill / g.step)
		for i, points := range d.x.eval(g.preceding(reach)) {
			for _, v := range points {
				last[i].add(v)
			}
		}
	}
	for i, points := range d.x.eval(g) {
		if d.First(i) >= g.to {
			copy(out[i], points) // no data yet
			continue
		}
		for k, v := range points {
			if last[i].add(v); last[i].age > reach {
				last[i].value = d.otherwise
			}
			out[i][k] = last[i].value
		}
	}
	return out
}

// recent is the last value of a group and how many buckets ago it was.
type recent struct {
	value float64
	age   int
}

func (r *recent) add(v float64) {
	if r.age++; !Missing(v) {
		*r = recent{value: v}
	}
}

package evaluate

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

// defaultZero is default_zero: missing points become 0. For a gauge, that happens only when its last value is too old.
type defaultZero struct {
	Base
	rows
	x node
}

func newDefaultZero(x node) node {
	b := *x.Info()
	b.Filled = true
	return &defaultZero{Base: b, x: x}
}

func (d *defaultZero) eval(g grid) [][]float64 {
	reach := 0
	if !d.Counts {
		reach = int(defaultFill / g.step)
	}
	x := d.x.eval(g.extended(reach))
	out := d.of(len(x), g)
	for i := range x {
		if d.First(i) >= g.to {
			copy(out[i], x[i][reach:]) // no data yet
			continue
		}
		value, age := 0.0, reach
		for k, v := range x[i] {
			if age++; !Missing(v) {
				value, age = v, 0
			}
			if age > reach {
				value = 0
			}
			if k >= reach {
				out[i][k-reach] = value
			}
		}
	}
	return out
}

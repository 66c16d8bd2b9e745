package evaluate

// shifted is an expression as it was some time ago.
type shifted struct {
	Base
	x    node
	back int64
}

// shift makes x what it was back milliseconds ago.
func shift(x node, back int64) node {
	if back <= 0 {
		return x // a shift into the future sees nothing more than now
	}
	return &shifted{x.Info().ago(back, true), x, back}
}

func (s *shifted) eval(g grid) [][]float64 { return s.x.eval(g.shifted(s.back)) }

// moving is moving_rollup: each point becomes the aggregate of those of the last while, also before the window.
type moving struct {
	Base
	rows
	x     node
	while int64
	agg   aggregator
}

func newMoving(x node, while int64, agg aggregator) node {
	b := *x.Info()
	b.reach += while
	b.Filled = true
	return &moving{Base: b, x: x, while: while, agg: agg}
}

func (m *moving) eval(g grid) [][]float64 {
	span := int(max(1, m.while/g.step))
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

// defaultZero is default_zero: missing points become 0, those of a gauge only once its last value is too old.
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
			copy(out[i], x[i][reach:]) // never seen: there is nothing to call 0
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

package replay

import "ddmon/internal/evaluate"

// A monitor is evaluated once per cycle, at an unknown second. All seconds between two times at which a sample enters
// or leaves the window, or a bucket starts, see the same data, so it is sufficient to run one of them. For samples
// every 15 s in buckets of 20 s, 7 of 60 runs are sufficient.

// phases collects these times, as seconds of the cycle.
type phases struct {
	cycle  int64 // milliseconds
	breaks []bool
	left   int // number of breaks that are not set
	*evaluate.Account
}

func newPhases(cycle int64, a *evaluate.Account) *phases {
	n := int(cycle / evaluate.Second)
	p := &phases{cycle: cycle, breaks: make([]bool, n), left: n, Account: a}
	p.mark(0)
	return p
}

// mark records that evaluations before t see other data than those at or after t.
func (p *phases) mark(t int64) {
	i := evaluate.FloorDiv(t+evaluate.Second-1, evaluate.Second) % int64(len(p.breaks))
	if i < 0 {
		i += int64(len(p.breaks))
	}
	if !p.breaks[i] {
		p.breaks[i] = true
		p.left--
	}
}

// every marks t and all times that are a multiple of interval away from it.
func (p *phases) every(t, interval int64) {
	g := gcd(interval, p.cycle)
	p.Spend(int(p.cycle / g))
	for at := t; at < t+p.cycle; at += g {
		p.mark(at)
	}
}

// samples marks the first evaluations that include a sample and the first that no longer do. A window starts or ends at
// now minus one of the shifts.
func (p *phases) samples(times []int64, shifts []int64) {
	for _, t := range times {
		p.Spend(len(shifts))
		if p.left == 0 {
			return
		}
		for _, shift := range shifts {
			p.mark(t + 1 + shift)
		}
	}
}

// phaseRange is a range of phases [first, last] that see the same data, in milliseconds.
type phaseRange struct{ first, last int64 }

func (p *phases) ranges() []phaseRange {
	var list []phaseRange
	for i, isBreak := range p.breaks {
		at := int64(i) * evaluate.Second
		if isBreak {
			list = append(list, phaseRange{first: at})
		}
		list[len(list)-1].last = at // list is not empty, because 0 is a break
	}
	return list
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

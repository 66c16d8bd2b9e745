package replay

import "ddmon/internal/evaluate"

// A monitor is evaluated once a cycle, at a second of its own that nobody knows. Between two moments at which a
// sample enters or leaves the window, or a bucket begins, all seconds see the same data; so it is enough to run one
// of them. Samples every 15 s in buckets of 20 s make 7 runs of the 60.

// phases collects such moments, as seconds of the cycle.
type phases struct {
	cycle  int64 // milliseconds
	breaks []bool
	left   int // of breaks that are not set
	*evaluate.Account
}

func newPhases(cycle int64, a *evaluate.Account) *phases {
	n := int(cycle / evaluate.Second)
	p := &phases{cycle: cycle, breaks: make([]bool, n), left: n, Account: a}
	p.mark(0)
	return p
}

// mark says that an evaluation before t sees something else than one at or after it.
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

// every marks t and all that is a multiple of interval away from it.
func (p *phases) every(t, interval int64) {
	g := gcd(interval, p.cycle)
	p.Spend(int(p.cycle / g))
	for at := t; at < t+p.cycle; at += g {
		p.mark(at)
	}
}

// samples marks the evaluations that first see a sample, and those that first do not: a window ends before now minus
// one of the shifts, or begins there.
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

// stretch is the seconds [first, last] of a cycle that see the same; milliseconds.
type stretch struct{ first, last int64 }

func (p *phases) stretches() []stretch {
	var list []stretch
	for i, isBreak := range p.breaks {
		at := int64(i) * evaluate.Second
		if isBreak {
			list = append(list, stretch{first: at})
		}
		list[len(list)-1].last = at // 0 is a break, so there is one
	}
	return list
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

package evaluate

import (
	"math"
	"slices"
)

// known reports whether a group with points of 0 for missing data has any data for a window [from, to).
func (b *Base) known(group int, from, to int64) bool {
	if !b.Sparse {
		return true
	}
	if b.EmptyIsZero {
		nearest := int64(0)
		if len(b.Lookbacks) > 0 {
			nearest = slices.Min(b.Lookbacks)
		}
		return b.First(group) < to-nearest
	}
	return slices.ContainsFunc(b.Lookbacks, func(back int64) bool { return b.Any(group, from-back-b.stale, to-back) })
}

// present is a Scalar that is missing for groups without data.
type present struct {
	Scalar
	out     []float64
	account *Account
}

// newPresent returns x with NaN where it is 0 only because there is no data.
func newPresent(x Scalar, a *Account) Scalar {
	if !x.Info().Sparse {
		return x
	}
	return &present{Scalar: x, account: a}
}

func (p *present) At(from, to int64) []float64 {
	b := p.Info()
	p.out = append(p.out[:0], p.Scalar.At(from, to)...)
	for i := range p.out {
		p.account.Spend(1 + len(b.Members[i])*SearchSteps)
		if !b.known(i, from, to) {
			p.out[i] = math.NaN()
		}
	}
	return p.out
}

// zeroFill replaces missing points with 0.
func zeroFill(points []float64) {
	for i, v := range points {
		if Missing(v) {
			points[i] = 0
		}
	}
}

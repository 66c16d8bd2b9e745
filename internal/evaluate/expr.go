package evaluate

import (
	"math"
	"slices"
	"sort"
)

// Base is what is known about an expression before evaluating it: its groups, sorted by name, and the samples of each.
type Base struct {
	Groups  []Tags
	Members [][]*Samples
	// Keys are the tag keys that it groups by.
	Keys []string
	// Counts means that missing data is a count of zero: as_count, or a count of events.
	Counts bool
	// Sparse means that missing points are 0: as_count and as_rate of counts and rates, and counts of events. In
	// arithmetic between queries, empty windows are 0 too (EmptyIsZero); otherwise they are missing data.
	Sparse, EmptyIsZero bool
	// Constant means that the value depends on no data. It does not change how the other operand treats missing data.
	Constant bool
	// Lookbacks are the offsets of the windows that the expression reads, in milliseconds: 0 and the shifts of timeshift
	// and change. reach is how far before those windows it reads.
	Lookbacks []int64
	reach     int64
	// stale is how long before a window a sample still has an effect in it, in milliseconds.
	stale int64
	// Filled means that bucket boundaries matter even without samples in them, because gaps are filled.
	Filled bool
}

// Info returns b. It makes every type that embeds Base a node or Scalar.
func (b *Base) Info() *Base { return b }

// First returns the time of a group's first sample.
func (b *Base) First(group int) int64 {
	at := int64(Never)
	for _, s := range b.Members[group] {
		at = min(at, s.First())
	}
	return at
}

// LastBefore returns the time of a group's last sample before t.
func (b *Base) LastBefore(group int, t int64) (at int64, ok bool) {
	for _, s := range b.Members[group] {
		if i := s.index(t); i > 0 && (!ok || s.At[i-1] > at) {
			at, ok = s.At[i-1], true
		}
	}
	return at, ok
}

// Any reports whether a group has a sample in [from, to).
func (b *Base) Any(group int, from, to int64) bool {
	for _, s := range b.Members[group] {
		if s.Any(from, to) {
			return true
		}
	}
	return false
}

// node is an expression that has a point for each bucket of a window.
type node interface {
	Info() *Base
	// eval returns the buckets of the grid for each group; NaN is a missing point. The node owns the slices and reuses
	// them in the next call.
	eval(g grid) [][]float64
}

// rows is the reusable result buffer of a node.
type rows struct {
	lists [][]float64
	back  []float64
}

// of returns a slice for each group with a value for each bucket. The values are not initialized.
func (r *rows) of(groups int, g grid) [][]float64 {
	n := g.n
	g.Spend(groups * (n + 1))
	if cap(r.back) < groups*n {
		g.Keep(groups*n, 8)
		r.back = make([]float64, groups*n)
	}
	if len(r.lists) != groups {
		r.lists = make([][]float64, groups)
	}
	for i := range r.lists {
		r.lists[i] = r.back[i*n : (i+1)*n : (i+1)*n]
	}
	return r.lists
}

// constant is a number in an expression. It applies to every group of the other operand.
type constant struct {
	Base
	rows
	value float64
}

func newConstant(v float64) *constant {
	return &constant{Base: Base{Groups: []Tags{{}}, Members: make([][]*Samples, 1), Counts: true, Sparse: true, Constant: true}, value: v}
}

func (c *constant) eval(g grid) [][]float64 {
	out := c.of(1, g)
	for i := range out[0] {
		out[0][i] = c.value
	}
	return out
}

// binary is x op y for each point.
type binary struct {
	joint
	rows
	op   func(x, y float64) float64
	x, y node
}

func (b *binary) eval(g grid) [][]float64 {
	x, y := b.x.eval(g), b.y.eval(g)
	out := b.of(len(b.Groups), g)
	for i := range out {
		left, right := x[b.xs[i]], y[b.ys[i]]
		for k := range out[i] {
			out[i][k] = b.op(left[k], right[k])
		}
	}
	return out
}

// Operation returns the function of + - * /. The result of a missing operand or of a division by 0 is missing.
func Operation(op byte) func(x, y float64) float64 {
	switch op {
	case '+':
		return func(x, y float64) float64 { return x + y }
	case '-':
		return func(x, y float64) float64 { return x - y }
	case '*':
		return func(x, y float64) float64 { return x * y }
	}
	return func(x, y float64) float64 {
		if y == 0 {
			return math.NaN()
		}
		return x / y
	}
}

// Lookback returns how far before the window the expression reads.
func (b *Base) Lookback() int64 {
	look := b.reach
	for _, back := range b.Lookbacks {
		look = max(look, back+b.reach)
	}
	return look
}

// ago returns the Base of an expression that also reads the values back milliseconds ago, or only those.
func (b *Base) ago(back int64, only bool) Base {
	c := *b
	var then []int64
	for _, old := range b.Lookbacks {
		then = append(then, old+back)
	}
	if c.Lookbacks = then; !only {
		c.Lookbacks = union(b.Lookbacks, then)
	}
	return c
}

func union(a, b []int64) []int64 {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// SortGroups sorts groups and their members by name.
func SortGroups(groups []Tags, members [][]*Samples) {
	sort.Sort(byName{groups, members})
}

type byName struct {
	groups  []Tags
	members [][]*Samples
}

func (s byName) Len() int           { return len(s.groups) }
func (s byName) Less(i, k int) bool { return s.groups[i].String() < s.groups[k].String() }
func (s byName) Swap(i, k int) {
	s.groups[i], s.groups[k] = s.groups[k], s.groups[i]
	s.members[i], s.members[k] = s.members[k], s.members[i]
}

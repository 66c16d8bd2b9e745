// Package textdiff computes the differences between two sequences of words or lines. It is pure. Its entry point is
// Diff.
package textdiff

import "slices"

// Op is the kind of a Span.
type Op int

// The kinds: in both sequences, only in the old one, only in the new one.
const (
	Equal Op = iota
	Delete
	Insert
)

// Span is a run of elements with the same op. From and To are indexes into the old sequence for Equal and Delete, and
// into the new sequence for Insert. To is exclusive.
type Span struct {
	Op       Op
	From, To int
}

// maxEdits limits the search, because time and memory grow with the square of the number of edits. Sequences with more
// edits have so little in common that it is clearer to show both completely.
const maxEdits = 1000

// Diff returns the spans that turn old into new, with the minimum number of inserted and deleted elements (Myers, "An
// O(ND) Difference Algorithm", 1986). Deletions come before insertions.
func Diff(old, new []string) []Span {
	prefix := 0
	for prefix < len(old) && prefix < len(new) && old[prefix] == new[prefix] {
		prefix++
	}
	suffix := 0
	for suffix < len(old)-prefix && suffix < len(new)-prefix && old[len(old)-1-suffix] == new[len(new)-1-suffix] {
		suffix++
	}
	var s spans
	s.add(Equal, 0, prefix)
	s.middle(old[prefix:len(old)-suffix], new[prefix:len(new)-suffix], prefix)
	s.add(Equal, len(old)-suffix, len(old))
	return s
}

type spans []Span

func (s *spans) add(op Op, from, to int) {
	if from >= to {
		return
	}
	if n := len(*s); n > 0 && (*s)[n-1].Op == op && (*s)[n-1].To == from {
		(*s)[n-1].To = to
		return
	}
	*s = append(*s, Span{op, from, to})
}

// middle diffs the elements between the common prefix and suffix. offset is their index in both sequences.
func (s *spans) middle(a, b []string, offset int) {
	trace, found := search(a, b)
	if !found {
		s.add(Delete, offset, offset+len(a))
		s.add(Insert, offset, offset+len(b))
		return
	}
	steps := backtrack(trace, len(a), len(b))
	for i := 0; i < len(steps); {
		// Reorder a mixed run of deletions and insertions: first all deletions, then all insertions.
		if steps[i].op == Equal {
			s.add(Equal, offset+steps[i].at, offset+steps[i].at+1)
			i++
			continue
		}
		end := i
		for end < len(steps) && steps[end].op != Equal {
			end++
		}
		for _, op := range []Op{Delete, Insert} {
			for _, step := range steps[i:end] {
				if step.op == op {
					s.add(op, offset+step.at, offset+step.at+1)
				}
			}
		}
		i = end
	}
}

// search runs Myers' forward search. trace has the furthest x on each diagonal for each number of edits.
func search(a, b []string) (trace [][]int, found bool) {
	limit := min(len(a)+len(b), maxEdits)
	v := make([]int, 2*limit+3)
	mid := limit + 1
	for d := 0; d <= limit; d++ {
		row := make([]int, 2*d+1)
		for k := -d; k <= d; k += 2 {
			x := v[mid+k-1] + 1
			if k == -d || k != d && v[mid+k-1] < v[mid+k+1] {
				x = v[mid+k+1]
			}
			y := x - k
			for x < len(a) && y < len(b) && a[x] == b[y] {
				x++
				y++
			}
			v[mid+k] = x
			row[k+d] = x
			if x >= len(a) && y >= len(b) {
				return append(trace, row), true
			}
		}
		trace = append(trace, row)
	}
	return nil, false
}

type step struct {
	op Op
	at int
}

// backtrack follows the trace from the end to the start and returns the steps in forward order.
func backtrack(trace [][]int, x, y int) []step {
	var steps []step
	for d := len(trace) - 1; d >= 0; d-- {
		k := x - y
		previousX, previousY := 0, 0
		insert := false
		if d > 0 {
			row := trace[d-1]
			at := func(k int) int {
				if i := k + d - 1; i >= 0 && i < len(row) {
					return row[i]
				}
				return -1
			}
			insert = k == -d || k != d && at(k-1) < at(k+1)
			if insert {
				previousX = at(k + 1)
				previousY = previousX - (k + 1)
			} else {
				previousX = at(k - 1)
				previousY = previousX - (k - 1)
			}
		}
		for x > previousX && y > previousY {
			x--
			y--
			steps = append(steps, step{Equal, x})
		}
		if d > 0 {
			if insert {
				y--
				steps = append(steps, step{Insert, y})
			} else {
				x--
				steps = append(steps, step{Delete, x})
			}
		}
	}
	slices.Reverse(steps)
	return steps
}

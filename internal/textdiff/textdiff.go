// Package textdiff finds what changed between two sequences of words or lines. It is pure; the entry point is
// Diff.
package textdiff

import "slices"

// Op says what a Span is.
type Op int

// The ops: in both sequences, only in the old one, only in the new one.
const (
	Equal Op = iota
	Delete
	Insert
)

// Span is a run of elements of one op. For Equal and Delete, From and To index the old sequence, for Insert the
// new one; To is exclusive.
type Span struct {
	Op       Op
	From, To int
}

// maxEdits bounds the search. Beyond it two sequences have so little in common that a person is better served by
// seeing both whole; it also bounds time and memory, which grow with the square of the edits.
const maxEdits = 1000

// Diff returns the spans that turn old into new, with as few inserted and deleted elements as possible (Myers,
// "An O(ND) Difference Algorithm", 1986). Deletions stand before insertions.
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

// middle diffs what lies between the common prefix and suffix; offset is where it begins in both sequences.
func (s *spans) middle(a, b []string, offset int) {
	trace, found := search(a, b)
	if !found {
		s.add(Delete, offset, offset+len(a))
		s.add(Insert, offset, offset+len(b))
		return
	}
	steps := backtrack(trace, len(a), len(b))
	for i := 0; i < len(steps); {
		// A run of deletions and insertions in any order is told as all deletions, then all insertions.
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

// search runs Myers' forward search and returns the furthest x on each diagonal after each number of edits.
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

// backtrack follows the trace from the end and returns the steps from the beginning.
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

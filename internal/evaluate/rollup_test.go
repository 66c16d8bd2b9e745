package evaluate

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestRolled compares buckets of every window with those made from scratch.
func TestRolled(t *testing.T) {
	s := &Samples{}
	for i := range 60 {
		if i%7 != 0 {
			s.At, s.Values = append(s.At, int64(i)*7_300), append(s.Values, float64(i*i%11))
		}
	}
	r := roll(s, 20_000, sum, nil)
	for from := int64(-50_000); from < 500_000; from += 3_100 {
		for _, length := range []int64{5_000, 60_000, 130_000} {
			for _, whole := range []bool{true, false} {
				g := newGrid(from, from+length, 20_000, whole)
				got, want := make([]float64, g.n), make([]float64, g.n)
				r.fill(g, got)
				for i := range want {
					want[i] = sum(s.in(max(g.from, g.start(i)), min(g.to, g.start(i+1))))
				}
				if diff := cmp.Diff(want, got, cmpopts.EquateNaNs()); diff != "" {
					t.Fatalf("%d+%d, whole %t: %s", from, length, whole, diff)
				}
			}
		}
	}
}

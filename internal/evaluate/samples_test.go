package evaluate

import (
	"slices"
	"testing"
)

// TestSearchInSamples compares the searches in sorted samples with a look at every sample, for all times around them.
func TestSearchInSamples(t *testing.T) {
	groups := [][][]int64{{{}}, {{5}}, {{2, 5, 9}}, {{2, 5}, {3, 9}}, {{9}, {}, {2, 2, 7}}, {}}
	for _, members := range groups {
		var b Base
		var all []int64
		list := make([]*Samples, len(members))
		for i, at := range members {
			list[i] = &Samples{At: at, Values: make([]float64, len(at))}
			for n := range at {
				list[i].Values[n] = float64(at[n])
			}
			all = append(all, at...)
		}
		b.Members = [][]*Samples{list}
		slices.Sort(all)
		if want := append(slices.Clone(all), Never)[0]; b.First(0) != want {
			t.Errorf("%v: first %d, want %d", members, b.First(0), want)
		}
		for from := int64(0); from <= 11; from++ {
			before := slices.DeleteFunc(slices.Clone(all), func(at int64) bool { return at >= from })
			at, ok := b.LastBefore(0, from)
			if ok != (len(before) > 0) || ok && at != before[len(before)-1] {
				t.Errorf("%v: last before %d is %d, %t", members, from, at, ok)
			}
			for to := from; to <= 11; to++ {
				if got, want := b.Any(0, from, to), slices.ContainsFunc(all, func(at int64) bool { return from <= at && at < to }); got != want {
					t.Errorf("%v: any in [%d,%d) is %t", members, from, to, got)
				}
				for i, s := range list {
					want := slices.DeleteFunc(slices.Clone(s.Values), func(v float64) bool { return int64(v) < from || int64(v) >= to })
					if got := s.in(from, to); !slices.Equal(got, want) {
						t.Errorf("%v: samples of %d in [%d,%d) are %v", members, i, from, to, got)
					}
				}
			}
		}
	}
}

package replay

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// before formats what happens before a time, in all groups that exist by then.
func before(m MonitorResult, limit time.Time) string {
	var text strings.Builder
	for _, g := range m.Groups {
		if !g.Start.Before(limit) {
			continue
		}
		fmt.Fprintf(&text, "%s %s", g.Group, g.Initial)
		for _, v := range g.Values {
			if v.At.Before(limit) {
				fmt.Fprintf(&text, " %s=%.6g/%v/%s", v.At.Format("04:05"), v.Value, v.HasValue, v.Status)
			}
		}
		text.WriteString("\n")
	}
	return text.String()
}

var withValues = Options{OnePhase: true, Phase: 17, Values: true}

// TestLaterSamples: what is recorded from a time on changes nothing before it: neither the end of the recording, nor
// another sample, nor another series.
func TestLaterSamples(t *testing.T) {
	sparse(t, 4, func(t *testing.T, s *sparseRecording, q, by string) {
		m := query(grouped(q, by), "on_missing_data", "show_and_notify_no_data")
		for _, minute := range []int{9, 14, 23, 31} {
			limit := time.Date(2025, 1, 1, 0, minute, 0, 0, time.UTC)
			until := minute * perMinute
			want := before(replayed(t, s.load(t, "whole", unchanged), m, withValues), limit)
			cut := s.load(t, fmt.Sprint("cut at ", minute), func(_ sparseSeries, i, v int) int {
				if i >= until {
					return -1
				}
				return v
			})
			if got := before(replayed(t, cut, m, withValues), limit); got != want {
				t.Fatalf("cut at %d:\n%s\nwhole:\n%s", minute, got, want)
			}
			more := s.load(t, fmt.Sprint("more at ", minute), func(_ sparseSeries, i, v int) int {
				if i == until {
					return 7
				}
				return v
			})
			if got := before(replayed(t, more, m, withValues), limit); got != want {
				t.Fatalf("another sample at %d:\n%s\nwithout:\n%s", minute, got, want)
			}
		}
	})
}

// TestGroupIsScope: a group has the values of the query with the group as its scope.
func TestGroupIsScope(t *testing.T) {
	sparse(t, 4, func(t *testing.T, s *sparseRecording, q, by string) {
		if by == "" || strings.Contains(q, "by {service}") {
			t.Skip("the query has no groups to compare")
		}
		rec := s.load(t, "whole", unchanged)
		for _, g := range replayed(t, rec, query(grouped(q, by), "on_missing_data", "show_no_data"), withValues).Groups {
			scoped := strings.ReplaceAll(grouped(q, ""), "{*}", "{"+g.Group+"}")
			alone := only(t, replayed(t, rec, query(scoped, "on_missing_data", "show_no_data"), withValues))
			want, got := beforeAlone(&alone, g.Start), beforeAlone(&g, g.Start)
			if got != want {
				t.Errorf("%s:\n%s\nscoped:\n%s", g.Group, got, want)
			}
		}
	})
}

func beforeAlone(g *GroupResult, from time.Time) string {
	var text strings.Builder
	for _, v := range g.Values {
		if !v.At.Before(from) {
			fmt.Fprintf(&text, " %s=%.6g/%v/%s", v.At.Format("04:05"), v.Value, v.HasValue, v.Status)
		}
	}
	return text.String()
}

// TestCountsHaveZeros: where a count has data, it equals default_zero of it. In arithmetic, missing points equal points
// of 0.
func TestCountsHaveZeros(t *testing.T) {
	for seed := range 6 {
		s := newSparse(rand.New(rand.NewPCG(uint64(seed), 11)))
		rec := s.load(t, "whole", unchanged)
		for _, x := range []string{"sum:errors{*}.as_count()", "sum:errors{*}.as_rate()", "avg:jobs{*}.as_rate()", "sum:jobs{*} by {service}.as_count()"} {
			for _, agg := range []string{"avg", "sum", "min", "max"} {
				plain := replayed(t, rec, query(agg+"(last_5m):"+x+" > 1"), withValues)
				zero := replayed(t, rec, query(agg+"(last_5m):default_zero("+x+") > 1"), withValues)
				if len(plain.Groups) != len(zero.Groups) {
					t.Fatalf("%s has %d groups, %d with default_zero", x, len(plain.Groups), len(zero.Groups))
				}
				for i, g := range plain.Groups {
					for k, v := range g.Values {
						if with := zero.Groups[i].Values[k]; v.HasValue && v.Value != with.Value || !v.HasValue && with.Value != 0 {
							t.Errorf("seed %d %s of %s at %s: %v, with default_zero %v", seed, agg, x, v.At.Format(time.TimeOnly), v, with)
						}
					}
				}
			}
		}
	}
}

// TestGapsAreZeros: arithmetic over counts with gaps equals arithmetic over the same counts with zeros in the gaps, from
// the first sample on.
func TestGapsAreZeros(t *testing.T) {
	arithmetic := func(q string) bool {
		return strings.ContainsAny(q, "/-+*") && !strings.Contains(q, "load") && !strings.Contains(q, "count_not_null")
	}
	sparse(t, 6, func(t *testing.T, s *sparseRecording, q, by string) {
		if q = strings.ReplaceAll(q, "{*}", "{!service:x}"); !arithmetic(q) || strings.Contains(q, "top(") {
			t.Skip("not arithmetic over counts")
		}
		first := map[string]int{}
		for key, values := range s.samples {
			i := slices.IndexFunc(values, func(v int) bool { return v >= 0 })
			if old, ok := first[key.service]; i >= 0 && strings.Contains(q, ":"+key.metric) && (!ok || i < old) {
				first[key.service] = i
			}
		}
		filled := s.load(t, "filled for "+grouped(q, ""), func(key sparseSeries, i, v int) int {
			if v < 0 && key.typ != "gauge" && i >= first[key.service] {
				return 0
			}
			return v
		})
		m := query(grouped(q, by), "on_missing_data", "show_no_data")
		end := time.Date(2025, 1, 1, 1, 0, 0, 0, time.UTC)
		got, want := before(replayed(t, s.load(t, "whole", unchanged), m, withValues), end), before(replayed(t, filled, m, withValues), end)
		if got != want {
			t.Errorf("gaps:\n%s\nzeros:\n%s", got, want)
		}
	})
}

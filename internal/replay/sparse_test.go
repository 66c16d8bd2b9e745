package replay

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"ddmon/internal/ddtest/recordingtest"
	"ddmon/internal/series"
)

// sparseRecording is a random recording of metrics of services, with gaps.
type sparseRecording struct {
	minutes int
	// samples has the values of each series, one every 20 s; -1 is no sample. A key is metric, type and service.
	samples map[sparseSeries][]int
	loaded  map[string]*series.Recording
}

type sparseSeries struct{ metric, typ, service string }

const perMinute = 3

func newSparse(r *rand.Rand) *sparseRecording {
	s := &sparseRecording{minutes: 40, samples: map[sparseSeries][]int{}, loaded: map[string]*series.Recording{}}
	for _, service := range []string{"a", "b", "c"} {
		for _, metric := range []sparseSeries{{"errors", "count", service}, {"hits", "count", service}, {"jobs", "rate", service}, {"load", "gauge", service}} {
			values := make([]int, s.minutes*perMinute)
			if r.IntN(6) == 0 {
				continue // never recorded
			}
			silent, first := r.IntN(2) == 0, r.IntN(4)*r.IntN(len(values))/4
			for i := range values {
				if r.IntN(12) == 0 {
					silent = !silent
				}
				if values[i] = -1; !silent && i >= first && r.IntN(4) > 0 {
					values[i] = r.IntN(9)
				}
			}
			s.samples[metric] = values
		}
	}
	return s
}

// load returns the recording under a name. edit changes each value; -1 is no sample.
func (s *sparseRecording) load(t *testing.T, name string, edit func(key sparseSeries, i, value int) int) *series.Recording {
	t.Helper()
	if s.loaded[name] == nil {
		s.loaded[name] = s.build(t, edit)
	}
	return s.loaded[name]
}

func (s *sparseRecording) build(t *testing.T, edit func(key sparseSeries, i, value int) int) *series.Recording {
	t.Helper()
	var text strings.Builder
	fmt.Fprintf(&text, "start = \"2025-01-01T00:00:00Z\"\nend = %q\n", time.Date(2025, 1, 1, 0, s.minutes, 0, 0, time.UTC).Format(time.RFC3339))
	keys := make([]sparseSeries, 0, len(s.samples))
	for key := range s.samples {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b sparseSeries) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	for _, key := range keys {
		var values []string
		any := false
		for i, v := range s.samples[key] {
			if v = edit(key, i, v); v < 0 {
				values = append(values, "_")
				continue
			}
			any = true
			values = append(values, fmt.Sprint(v))
		}
		if any {
			block := recordingtest.Series(key.metric, key.typ, "service:"+key.service, strings.Join(values, " "))
			text.WriteString(strings.TrimSuffix(block, "}\n") + " interval = \"20s\"\n}\n")
		}
	}
	return recordingtest.New(t, text.String(), nil)
}

func unchanged(_ sparseSeries, _, value int) int { return value }

// sparseQueries are queries with %s for the group. Each counts with as_count or as_rate.
var sparseQueries = []string{
	"avg(last_5m):sum:errors{*} BY.as_rate() / sum:hits{*} BY.as_rate() * 100 > 40",
	"sum(last_5m):sum:errors{*} BY.as_count() / sum:hits{*} BY.as_count() > 0.7",
	"sum(last_5m):(sum:hits{*} BY.as_count() - sum:errors{*} BY.as_count()) / sum:hits{*} BY.as_count() * 100 < 20",
	"max(last_3m):default_zero(sum:errors{*} BY.as_rate()) > 0.2",
	"min(last_2m):sum:jobs{*} BY.as_rate() - sum:errors{*} BY.as_rate() > 1",
	"sum(last_5m):sum:errors{*} BY.as_count() > 9",
	"avg(last_5m):sum:jobs{*} BY.as_rate() > 2",
	"sum(last_5m):sum:errors{*} BY.as_count() / clamp_min(sum:jobs{*} BY.as_count(), 5) > 1",
	"avg(last_5m):default(avg:load{*} BY, 9) > 6",
	"avg(last_5m):avg:load{*} BY / default_zero(avg:load{*} BY) > 1",
	"change(sum(last_5m),last_5m):sum:errors{*} BY.as_count() > 3",
	"sum(last_5m):count_not_null(sum:errors{*} by {service}.as_count()) + sum:hits{*}.as_count() > 20",
	"avg(last_5m):top(sum:errors{*} by {service}.as_rate(), 1, 'mean', 'asc') > 0.1",
}

// sparse calls test with random recordings and each query, grouped and not.
func sparse(t *testing.T, rounds int, test func(t *testing.T, s *sparseRecording, query, by string)) {
	for seed := range rounds {
		s := newSparse(rand.New(rand.NewPCG(uint64(seed), 7)))
		for _, q := range sparseQueries {
			for _, by := range []string{"", "by {service}"} {
				t.Run(fmt.Sprintf("%d %s", seed, strings.ReplaceAll(q, "BY", by)), func(t *testing.T) { test(t, s, q, by) })
			}
		}
	}
}

func grouped(query, by string) string { return strings.ReplaceAll(query, "BY", by) }

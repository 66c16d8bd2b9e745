package replay_test

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"ddmon/internal/evaluate"
	"ddmon/internal/replay"
)

// query compares the points of a metric query without a monitor.
func (w *testData) query(s statement) []failure {
	if w.rec == nil || len(s.lines) == 0 {
		return broken(s.number, "query needs a load above and an expectation below it")
	}
	from, to, step := w.rec.Start, w.rec.End, w.interval
	var expect []line
	for _, l := range s.lines {
		var err error
		switch l.word {
		case "over":
			from, to, err = w.over(l.rest)
		case "buckets":
			step, err = time.ParseDuration(l.rest)
		default:
			expect = append(expect, l)
		}
		if err != nil {
			return broken(l.number, "%v", err)
		}
	}
	groups, points, err := evaluate.Points(w.rec, s.rest, time.UnixMilli(from), time.UnixMilli(to), step)
	if len(expect) == 1 && expect[0].word == "fails" {
		if err == nil || !strings.Contains(err.Error(), expect[0].rest) || expect[0].rest == "" {
			return []failure{{expect[0].number, "fails " + expect[0].rest, fmt.Sprint(err)}}
		}
		return nil
	}
	if err != nil || len(groups) != len(expect) {
		return broken(s.number, "%d groups %v, want %d; %v", len(groups), groups, len(expect), err)
	}
	var failures []failure
	for i, l := range expect {
		text := strings.Join(strings.Fields(l.word+" "+l.rest), " ")
		if got := row(cmp.Or(groups[i], "*"), points[i], text); got != text {
			failures = append(failures, failure{l.number, text, got})
		}
	}
	return failures
}

// over parses "TIME..TIME", each a time of the first day or with its date.
func (w *testData) over(text string) (from, to int64, err error) {
	a, b, _ := strings.Cut(text, "..")
	for at, clock := range map[*int64]string{&from: a, &to: b} {
		if dated, err := time.Parse(time.RFC3339, clock); err == nil {
			*at = dated.UnixMilli()
			continue
		}
		of, err := time.Parse(time.TimeOnly, clock)
		if err != nil {
			return 0, 0, err
		}
		day := time.UnixMilli(w.rec.Start).UTC().Truncate(24 * time.Hour)
		*at = day.Add(of.Sub(of.Truncate(24 * time.Hour))).UnixMilli()
	}
	return from, to, nil
}

// row formats a group's points in compact notation, in the notation of the expectation if that is equivalent.
func row(group string, points []float64, want string) string {
	_, after, _ := strings.Cut(want, "}")
	if expected, ok := expand(after); ok && slices.EqualFunc(expected, points, samePoint) {
		return "{" + group + "}" + after
	}
	list := []string{"{" + group + "}"}
	for _, v := range points {
		list = append(list, shownValue(v, true, ""))
	}
	return strings.Join(list, " ")
}

// item is one item of the compact notation: 7, 1x40, 0+2x25 or _x3.
var item = regexp.MustCompile(`^(_|-?[\d.]+(?:e-?\d+)?)([+-][\d.]+)?(?:x(\d+))?$`)

// expand returns the points of a text in compact notation, NaN for a missing one.
func expand(text string) (points []float64, ok bool) {
	for word := range strings.FieldsSeq(text) {
		m := item.FindStringSubmatch(word)
		if m == nil {
			return nil, false
		}
		first, err := strconv.ParseFloat(strings.Replace(m[1], "_", "NaN", 1), 64)
		step, _ := strconv.ParseFloat(m[2], 64)
		count, _ := strconv.Atoi(m[3])
		for k := range max(1, count) {
			points = append(points, first+float64(k)*step)
		}
		if err != nil {
			return nil, false
		}
	}
	return points, true
}

func samePoint(want, got float64) bool {
	return math.IsNaN(want) && math.IsNaN(got) || math.Abs(want-got) <= 1e-12*max(1, math.Abs(want))
}

// search compares whether searches match a log or an event of the recording. It counts them with a formula monitor, so
// that the search needs no quoting.
func (w *testData) search(s statement) []failure {
	if w.rec == nil || len(s.lines) == 0 || s.rest != "logs" && s.rest != "events" {
		return broken(s.number, "search is about logs or events, and needs a load above and an expectation below it")
	}
	var failures []failure
	for _, l := range s.lines {
		variable := map[string]any{
			"name": "a", "data_source": s.rest, "search": map[string]any{"query": l.rest}, "compute": map[string]any{"aggregation": "count"},
		}
		m := replay.Monitor{Address: "monitor.search", Body: map[string]any{
			"type": "log alert", "query": `formula("a").last("1m") > 0`, "options": map[string]any{"variables": []any{variable}},
		}}
		r, err := replay.Run([]replay.Monitor{m}, w.rec, replay.Options{Values: true, OnePhase: true})
		if err != nil {
			return broken(l.number, "%v", err)
		}
		got := r.Monitors[0].Reason
		if r.Monitors[0].Evaluated {
			got = "misses"
			for _, v := range r.Monitors[0].Groups[0].Values {
				if v.Value > 0 {
					got = "finds"
				}
			}
		}
		if l.word != got {
			failures = append(failures, failure{l.number, l.word + " " + l.rest, got})
		}
	}
	return failures
}

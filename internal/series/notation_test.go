package series

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// expand returns the samples of runs; NaN is a missing sample.
func expand(runs []Run) []float64 {
	var values []float64
	for _, r := range runs {
		for i := range r.Count {
			v := r.First + float64(i)*r.Step
			if r.Gap {
				v = math.NaN()
			}
			values = append(values, v)
		}
	}
	return values
}

func TestParseRuns(t *testing.T) {
	gap := math.NaN()
	for text, want := range map[string][]float64{
		"":                      nil,
		"  # nothing":           nil,
		"7":                     {7},
		"-7.5 1e3 1E-2 2.5e+1":  {-7.5, 1000, 0.01, 25},
		"1x3 0x2 1":             {1, 1, 1, 0, 0, 1},
		"0x1":                   {0},
		"0+2x4":                 {0, 2, 4, 6},
		"-2+4x3":                {-2, 2, 6},
		"10-2.5x3":              {10, 7.5, 5},
		"1e2-1e1x3":             {100, 90, 80},
		"5+0x2 5-0x2":           {5, 5, 5, 5},
		"1 _ 1 _x2":             {1, gap, 1, gap, gap},
		"1 # one\n\t2#two\r\n3": {1, 2, 3},
	} {
		runs, err := parseRuns(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if diff := cmp.Diff(want, expand(runs), cmp.Comparer(same)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func same(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }

func TestParseRunsErrors(t *testing.T) {
	for _, test := range []struct {
		text           string
		offset, length int
		detail         string
	}{
		{"1 x4", 2, 2, "Expected a number"},
		{"1x", 0, 2, "x and a count"},
		{"1 2x0 3", 2, 3, "at least 1"},
		{"1x-3", 0, 4, "x and a count"},
		{"1x2.5", 0, 5, "x and a count"},
		{"1,2", 0, 3, "spaces"},
		{"1*40", 0, 4, "x and a count"},
		{"0+2", 0, 3, "a step and a count"},
		{"0+x3", 0, 4, "a step and a count"},
		{"0+-2x3", 0, 6, "a step and a count"},
		{"+1", 0, 2, "cannot start with +"},
		{".5", 0, 2, "cannot start with + or a dot"},
		{"5.", 0, 2, "x and a count"},
		{"1e", 0, 2, "x and a count"},
		{"__", 0, 2, "x and a count"},
		{"_x0", 0, 3, "at least 1"},
		{"0 NaN", 2, 3, "not store NaN"},
		{"0 -Inf", 2, 4, "or infinity"},
		{"0 stale", 2, 5, "no staleness markers"},
		{"# a\n 1e999", 5, 5, "exponent"},
		{"0+1e999x3", 2, 5, "exponent"},
		{"1e308+1e308x3", 0, 13, "out of range"},
		{"1x99999999999999999999", 0, 22, "at most"},
		{"1x6000000 1", 10, 1, "more than"},
		{"1x9223372036854775807 1x9223372036854775807", 0, 21, "more than"},
	} {
		runs, err := parseRuns(test.text)
		var wrong *NotationError
		if !errors.As(err, &wrong) {
			t.Errorf("%q: %v, want an error", test.text, runs)
			continue
		}
		if wrong.Offset != test.offset || wrong.Length != test.length || !strings.Contains(wrong.Detail, test.detail) {
			t.Errorf("%q: %d+%d %q, want %d+%d %q", test.text, wrong.Offset, wrong.Length, wrong.Detail, test.offset, test.length, test.detail)
		}
	}
}

func TestFormatRuns(t *testing.T) {
	for text, want := range map[string]string{
		"1x1 2  3x2 # c":   "1 2 3x2",
		"0+2x25 50-2.50x3": "0+2x25 50-2.5x3",
		"_ _x3":            "_ _x3",
		"5+0x4 5+3x1":      "5x4 5",
		"1000000000000x2":  "1e+12x2",
	} {
		runs, err := parseRuns(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := formatRuns(runs); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// FuzzNotation checks that formatting and parsing runs returns the same runs, and that no sample is lost on the grid.
func FuzzNotation(f *testing.F) {
	for _, seed := range []string{"1x40 0x41 1x20", "0+2x25 _x3 # c\n-1.5e3", "1 2 3 4", "_", "1e308+1e308x3", "0-0x2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		runs, err := parseRuns(text)
		var wrong *NotationError
		if errors.As(err, &wrong) {
			if wrong.Offset < 0 || wrong.Length < 1 || wrong.Offset+wrong.Length > len(text) {
				t.Fatalf("%q: the error is at %d+%d", text, wrong.Offset, wrong.Length)
			}
			return
		}
		again, err := parseRuns(formatRuns(runs))
		if err != nil || !cmp.Equal(runs, again) {
			t.Fatalf("%q: %q reads as %v (%v), want %v", text, formatRuns(runs), again, err, runs)
		}
		points := 0
		for _, r := range runs {
			points += r.Count
		}
		if points > 10_000 {
			return
		}
		var want, got []float64
		for i, v := range expand(runs) {
			if !math.IsNaN(v) {
				want = append(want, float64(100+10*i), v)
			}
		}
		whole := Series{Segments: onGrid(runs, 100, 10)}
		for at, v := range whole.Points(0, math.MaxInt64) {
			got = append(got, float64(at), v)
		}
		if !cmp.Equal(want, got) {
			t.Fatalf("%q: samples %v, want %v", text, got, want)
		}
	})
}

// parseRuns parses compact notation. The error is a *NotationError. The total count is at most MaxPoints.
func parseRuns(text string) ([]Run, error) {
	var runs []Run
	if err := eachRun(text, func(r Run) { runs = append(runs, r) }); err != nil {
		return nil, err
	}
	return runs, nil
}

// formatRuns formats runs in compact notation, on one line. parseRuns returns the same runs for its result.
func formatRuns(runs []Run) string {
	var b strings.Builder
	for i, r := range runs {
		if i > 0 {
			b.WriteByte(' ')
		}
		switch {
		case r.Gap:
			b.WriteByte('_')
		default:
			b.WriteString(formatNumber(r.First))
			if r.Step > 0 {
				b.WriteByte('+')
			}
			if r.Step != 0 {
				b.WriteString(formatNumber(r.Step))
			}
		}
		if r.Count > 1 || r.Step != 0 {
			b.WriteByte('x')
			b.WriteString(strconv.Itoa(r.Count))
		}
	}
	return b.String()
}

func formatNumber(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

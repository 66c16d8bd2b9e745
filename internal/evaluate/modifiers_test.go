package evaluate

import (
	"testing"

	"ddmon/internal/ddquery"
	"ddmon/internal/series"
)

// modifiersOf returns the modifiers of a metric query.
func modifiersOf(t *testing.T, chain string) (modifiers, error) {
	t.Helper()
	x, err := ddquery.ParseMetric("avg:a.b{*}" + chain)
	if err != nil {
		t.Fatal(chain, err)
	}
	s, ok := x.(*ddquery.Source)
	if !ok {
		t.Fatalf("%s is %T", chain, x)
	}
	return modifiers{}.with(s.Modifiers)
}

// TestModifiers: each modifier sets its own values, whatever comes with it, and the first one of a name counts.
func TestModifiers(t *testing.T) {
	for chain, want := range map[string]modifiers{
		"":                                    {},
		".as_count()":                         {asCount: true},
		".as_rate()":                          {asRate: true},
		".as_count().as_rate()":               {asCount: true},
		".as_rate().as_count()":               {asRate: true},
		".rollup(sum)":                        {agg: "sum"},
		".rollup(max, 60)":                    {agg: "max", seconds: 60},
		".rollup(60)":                         {seconds: 60},
		".rollup(max, 60).rollup(min, 120)":   {agg: "max", seconds: 60},
		".rollup(60).rollup(min, 120)":        {agg: "min", seconds: 60},
		".rollup(min).rollup(max, 120)":       {agg: "min", seconds: 120},
		".fill(zero)":                         {fill: "zero"},
		".fill(last, 30)":                     {fill: "last", limit: 30},
		".fill(null)":                         {fill: "null"},
		".fill(5)":                            {fill: fillValue, fillValue: 5},
		".fill(-5)":                           {fill: fillValue, fillValue: -5},
		".fill(5, 30)":                        {fill: fillValue, fillValue: 5, limit: 30},
		".fill(zero).fill(5, 30)":             {fill: "zero"},
		".fill(5).fill(last, 30)":             {fill: fillValue, fillValue: 5},
		".timeshift(-60)":                     {shift: -60},
		".timeshift(-60).timeshift(-30)":      {shift: -90},
		".as_count().rollup(sum, 60).fill(0)": {asCount: true, agg: "sum", seconds: 60, fill: fillValue},
	} {
		if got, err := modifiersOf(t, chain); err != nil || got != want {
			t.Errorf("%s: %+v, %v, want %+v", chain, got, err, want)
		}
	}
	for _, chain := range []string{".fill(sometimes)", ".fill()", ".unheard_of()"} {
		if got, err := modifiersOf(t, chain); err == nil {
			t.Errorf("%s: %+v", chain, got)
		}
	}
}

// TestCountsAndRates: how samples of each type are aggregated over time and scaled, for each combination of modifiers.
func TestCountsAndRates(t *testing.T) {
	const sample, step, interval = 60.0, 20 * Second, 10 * Second
	for _, tt := range []struct {
		typ    series.Type
		chain  string
		rollup string
		value  float64 // of the sample
	}{
		{series.Gauge, "", "avg", 60}, {series.Gauge, ".as_count()", "avg", 60}, {series.Gauge, ".as_rate()", "avg", 60}, {series.Gauge, ".rollup(max)", "max", 60},
		{series.Count, "", "avg", 60}, {series.Count, ".as_count()", "sum", 60}, {series.Count, ".as_rate()", "sum", 3}, {series.Count, ".as_count().rollup(max)", "max", 60}, {series.Count, ".as_rate().rollup(max)", "max", 3},
		{series.Rate, "", "avg", 60}, {series.Rate, ".as_count()", "sum", 600}, {series.Rate, ".as_rate()", "avg", 60}, {series.Rate, ".as_count().rollup(min)", "min", 600},
	} {
		m, err := modifiersOf(t, tt.chain)
		if err != nil {
			t.Fatal(err)
		}
		value := sample
		if scale := m.scale(tt.typ, step); scale != nil {
			value = scale(sample, interval)
		}
		if got := m.rollup(tt.typ); got != tt.rollup || value != tt.value {
			t.Errorf("%v%s: %s of %v, want %s of %v", tt.typ, tt.chain, got, value, tt.rollup, tt.value)
		}
	}
}

// TestFillers: gaps are filled for five minutes unless .fill() says how long, at most ten, and counts only if it is set.
func TestFillers(t *testing.T) {
	for _, tt := range []struct {
		chain   string
		counted bool
		want    filler
	}{
		{"", false, filler{method: "linear", limit: 5 * Minute}}, {"", true, filler{method: "null"}},
		{".fill(last)", false, filler{method: "last", limit: 5 * Minute}}, {".fill(last)", true, filler{method: "last", limit: 5 * Minute}},
		{".fill(last, 1)", false, filler{method: "last", limit: Second}}, {".fill(last, 30)", true, filler{method: "last", limit: 30 * Second}},
		{".fill(last, 600)", false, filler{method: "last", limit: 10 * Minute}}, {".fill(last, 601)", false, filler{method: "last", limit: 10 * Minute}},
		{".fill(last, 0)", false, filler{method: "last", limit: 5 * Minute}},
		{".fill(7)", true, filler{method: fillValue, value: 7, limit: 5 * Minute}}, {".fill(7, 60)", false, filler{method: fillValue, value: 7, limit: Minute}},
	} {
		m, err := modifiersOf(t, tt.chain)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.filler(tt.counted); got != tt.want {
			t.Errorf("%s, counted %t: %+v, want %+v", tt.chain, tt.counted, got, tt.want)
		}
	}
}

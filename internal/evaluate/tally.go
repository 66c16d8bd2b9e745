package evaluate

import "ddmon/internal/ddquery"

// Tally is a question about the logs or events that match a search.
type Tally struct {
	// Source is logs or events, Search their search.
	Source, Search string
	// Aggregation is count, or an aggregation of the attribute Measure.
	Aggregation, Measure string
	// By are the facets of the groups.
	By []string
	// The window is [From, To), in Unix milliseconds, divided into buckets of Step. With 0, the window is one bucket.
	From, To, Step int64
}

// Documents aggregates logs or events. Buckets without any are left out.
func (t Tally) Documents(in Input) ([]Line, error) {
	search, err := ddquery.ParseSearch(t.Search)
	if err != nil {
		return nil, err
	}
	e, err := newEventQuery(in, nil, t.Source, search, t.Aggregation, t.Measure, t.By)
	if err != nil {
		return nil, err
	}
	g := grid{from: t.From, to: t.To, step: max(1, t.To-t.From), n: 1}
	if t.Step > 0 {
		g = newGrid(t.From, t.To, t.Step, false)
	}
	in.Account.Keep(g.n*len(e.Groups), SampleBytes)
	lines := make([]Line, len(e.Groups))
	for i := range lines {
		lines[i].Group = e.Groups[i]
	}
	for b := range g.n {
		start, end := t.From, t.To
		if t.Step > 0 {
			start, end = g.start(b), g.start(b+1)
		}
		for i, v := range e.At(max(start, t.From), min(end, t.To)) {
			if e.Any(i, max(start, t.From), min(end, t.To)) && !Missing(v) {
				lines[i].At, lines[i].Values = append(lines[i].At, start), append(lines[i].Values, v)
			}
		}
	}
	return withPoints(lines), nil
}

// withPoints leaves out the lines without points.
func withPoints(lines []Line) []Line {
	var kept []Line
	for _, line := range lines {
		if len(line.At) > 0 {
			kept = append(kept, line)
		}
	}
	return kept
}

// Reduce aggregates the points of a line to one value: avg, sum, min, max, last and so on. ok is false for an unknown
// aggregation.
func (l Line) Reduce(aggregation string) (value float64, ok bool) {
	reduce, ok := aggregatorOf(aggregation)
	if !ok || len(l.Values) == 0 {
		return 0, false
	}
	return reduce(l.Values), true
}

package lint

import (
	_ "embed" // integrations-core/metrics.txt
	"iter"
	"sort"
	"strconv"
	"strings"
)

// metricTable lists metrics as the integrations' own files describe them: a name, the letter of its type and, if it is
// known, the interval. Its lines are sorted by name, so that it needs no preparation. Command gen writes it.
type metricTable string

//go:embed integrations-core/metrics.txt
var integrationTable metricTable

// agentInterval is how often the Agent runs a check unless its configuration says otherwise, in seconds.
const agentInterval = 15

// find returns the metadata of a metric.
func (t metricTable) find(name string) (m Metric, ok bool) {
	for line := range t.from(name) {
		words := strings.Fields(line)
		if words[0] != name || len(words) < 2 {
			break
		}
		m = Metric{Name: name, Type: typeOf(words[1]), Interval: agentInterval, Source: "integrations-core"}
		if len(words) > 2 {
			m.Interval, _ = strconv.Atoi(words[2]) // the table is generated and tested
		}
		return m, true
	}
	return Metric{}, false
}

// typeOf returns the type of a letter, "" if integrations send the metric with different types.
func typeOf(letter string) string {
	return map[string]string{"g": "gauge", "c": "count", "r": "rate"}[letter]
}

// from yields the lines from the first one that is not before a name.
func (t metricTable) from(name string) iter.Seq[string] {
	text := string(t)
	start := func(at int) int { return strings.LastIndexByte(text[:at], '\n') + 1 }
	after := sort.Search(len(text), func(at int) bool {
		word, _, _ := strings.Cut(text[start(at):], " ")
		return word >= name
	})
	return strings.Lines(text[start(after):])
}

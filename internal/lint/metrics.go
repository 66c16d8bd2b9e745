package lint

import (
	_ "embed" // metrics.txt
	"fmt"
	"slices"
	"strings"
)

//go:embed metrics.txt
var defaultMetrics string

// WhenGone describes what a series does when its source is gone.
type WhenGone string

// The behaviours of a series.
const (
	// GoneUnknown means that the behaviour is not known.
	GoneUnknown WhenGone = ""
	// GoneZero means that it drops to 0, for example the consumers of a queue.
	GoneZero WhenGone = "zero"
	// GoneEnds means that it ends, for example the CPU usage of a container.
	GoneEnds WhenGone = "ends"
)

// Metric is the metadata of a metric. Unknown fields have their zero value.
type Metric struct {
	Name string
	// Type is gauge, count, rate or distribution.
	Type string
	// Unit is Datadog's name of the unit, for example "byte".
	Unit string
	// Interval is the time between two points of a series, in seconds.
	Interval int
	// Tags are the tag keys that the integration adds. Hosts and the Agent's configuration can add others.
	Tags     []string
	WhenGone WhenGone
	// Total reports that the value is a running total, which only grows.
	Total bool
	// NotNegative reports that the value is never below 0.
	NotNegative bool
	// Delay is the time that points arrive late, in seconds.
	Delay int
	// Source is the origin of the metadata.
	Source string
}

// Metrics is the metadata of all known metrics: of the integrations' own files, of metrics.txt and of a stack.
type Metrics struct {
	table metricTable
	// variants are the metrics of metrics.txt and of the stack, by name.
	variants map[string][]Metric
	added    map[string]bool
	// keys holds the tag keys of a family of metrics (the first part of the name).
	keys map[string]map[string]bool
	// prefixes are metrics known by the start of their names, without the star.
	prefixes []Metric
}

// DefaultMetrics returns a copy of the metadata that is built into ddmon.
func DefaultMetrics() *Metrics {
	f := &Metrics{table: integrationTable, variants: map[string][]Metric{}, added: map[string]bool{}, keys: map[string]map[string]bool{}}
	if err := f.read(defaultMetrics); err != nil {
		panic(err) // metrics.txt is embedded and tested
	}
	return f
}

// Add adds the metadata of a metric from a stack. The first call for a name replaces ddmon's own metadata. Further
// calls add variants of the metric; a series must fit one of them.
func (f *Metrics) Add(m Metric) {
	if !f.added[m.Name] {
		f.added[m.Name] = true
		delete(f.variants, m.Name)
	}
	f.add(m)
}

func (f *Metrics) add(m Metric) {
	if prefix, ok := strings.CutSuffix(m.Name, "*"); ok {
		m.Name = prefix
		f.prefixes = append(f.prefixes, m)
		return
	}
	f.variants[m.Name] = append(f.variants[m.Name], m)
	family := familyOf(m.Name)
	if f.keys[family] == nil {
		f.keys[family] = map[string]bool{}
	}
	for _, key := range m.Tags {
		f.keys[family][key] = true
	}
}

func familyOf(metric string) string {
	family, _, _ := strings.Cut(metric, ".")
	return family
}

// Of returns the variants of a metric, none if it is unknown.
func (f *Metrics) Of(metric string) []Metric {
	if known := f.variants[metric]; known != nil {
		return known
	}
	if m, ok := f.table.find(metric); ok {
		return []Metric{m}
	}
	for _, m := range f.prefixes {
		if strings.HasPrefix(metric, m.Name) {
			return []Metric{m}
		}
	}
	return nil
}

// all reports whether the metric is known and the condition is true for all its variants.
func (f *Metrics) all(metric string, condition func(Metric) bool) bool {
	known := f.Of(metric)
	return len(known) > 0 && !slices.ContainsFunc(known, func(m Metric) bool { return !condition(m) })
}

// read adds metadata in the format that metrics.txt describes.
func (f *Metrics) read(text string) error {
	var section Metric
	for n, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || words[0][0] == '#':
		case words[0][0] == '[':
			section = Metric{}
		case !strings.ContainsAny(words[0], ".*"):
			if err := section.set(words[0], words[1:]); err != nil {
				return fmt.Errorf("line %d: %w", n+1, err)
			}
		default:
			m := section
			known, _ := f.table.find(words[0])
			m.Name, m.Type, m.NotNegative = words[0], known.Type, true
			if err := m.mark(words[1:]); err != nil {
				return fmt.Errorf("line %d: %w", n+1, err)
			}
			f.add(m)
		}
	}
	return nil
}

// mark reads the words after the name of a metric.
func (m *Metric) mark(words []string) error {
	for _, word := range words {
		switch word {
		case "gauge", "count":
			m.Type = word
		case "fraction":
			m.Unit = word
		case "total":
			m.Total = true
		default:
			return fmt.Errorf("unknown word %s", word)
		}
	}
	return nil
}

// set reads a property of all metrics in a section.
func (m *Metric) set(key string, values []string) error {
	value := strings.Join(values, " ")
	switch key {
	case "source":
		m.Source = value
	case "tags":
		m.Tags = values
	case "gone":
		m.WhenGone = WhenGone(value)
	case "interval", "delay":
		var seconds int
		if _, err := fmt.Sscanf(value, "%d", &seconds); err != nil {
			return fmt.Errorf("%s must be a number of seconds: %w", key, err)
		}
		if key == "delay" {
			m.Delay = seconds
		} else {
			m.Interval = seconds
		}
	default:
		return fmt.Errorf("unknown property %s", key)
	}
	return nil
}

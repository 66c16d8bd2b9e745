package lint

import (
	_ "embed" // the facts
	"fmt"
	"slices"
	"strings"
)

//go:embed facts.txt
var factsText string

// WhenGone says what a series does when what it measures is gone.
type WhenGone string

// What a series does.
const (
	// GoneUnknown: nothing is known.
	GoneUnknown WhenGone = ""
	// GoneZero: it goes to 0, as the consumers of a queue.
	GoneZero WhenGone = "zero"
	// GoneEnds: it ends, as the CPU usage of a container.
	GoneEnds WhenGone = "ends"
)

// Metric is what is known of a metric. Any field but the name may be unknown, which is its zero value.
type Metric struct {
	Name string
	// Type is gauge, count, rate or distribution.
	Type string
	// Unit is Datadog's name of the unit, as "byte".
	Unit string
	// Interval is how many seconds lie between two points of a series.
	Interval int
	// Tags are the keys that the metric's integration gives it; hosts and configuration may add others.
	Tags     []string
	WhenGone WhenGone
	// Total says that the value only grows, as a counter's.
	Total bool
	// Delay is how many seconds the points come late.
	Delay int
	// Source says where the facts are from.
	Source string
}

// Facts are what is known of metrics.
type Facts struct {
	flavours map[string][]Metric
	added    map[string]bool
	// keys are, by a family of metrics (the first part of the name), the keys that any of them has.
	keys map[string]map[string]bool
	// prefixes are the metrics that are known by how their names start, without the star.
	prefixes []Metric
}

// DefaultFacts returns the facts that are part of ddmon; each call returns its own.
func DefaultFacts() *Facts {
	f := &Facts{flavours: map[string][]Metric{}, added: map[string]bool{}, keys: map[string]map[string]bool{}}
	if err := f.read(factsText); err != nil {
		panic(err) // the text is part of the program, and a test reads it
	}
	return f
}

// Add adds what a stack knows of a metric. The first fact that is added of a name takes the place of those that ddmon
// has, further ones are other flavours of it: a series has to fit one of them.
func (f *Facts) Add(m Metric) {
	if !f.added[m.Name] {
		f.added[m.Name] = true
		delete(f.flavours, m.Name)
	}
	f.add(m)
}

func (f *Facts) add(m Metric) {
	if prefix, ok := strings.CutSuffix(m.Name, "*"); ok {
		m.Name = prefix
		f.prefixes = append(f.prefixes, m)
		return
	}
	f.flavours[m.Name] = append(f.flavours[m.Name], m)
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

// Of returns the flavours of a metric, none if nothing is known.
func (f *Facts) Of(metric string) []Metric {
	if known := f.flavours[metric]; known != nil {
		return known
	}
	for _, m := range f.prefixes {
		if strings.HasPrefix(metric, m.Name) {
			return []Metric{m}
		}
	}
	return nil
}

// all reports whether something is known of a metric and holds for all its flavours.
func (f *Facts) all(metric string, holds func(Metric) bool) bool {
	known := f.Of(metric)
	return len(known) > 0 && !slices.ContainsFunc(known, func(m Metric) bool { return !holds(m) })
}

// Len returns how many metrics are known by name.
func (f *Facts) Len() int { return len(f.flavours) }

// read adds the facts of a text in the form that facts.txt explains.
func (f *Facts) read(text string) error {
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
		case len(words) < 3:
			return fmt.Errorf("line %d: a metric has a name, a type and a unit, or - for either", n+1)
		default:
			m := section
			m.Name, m.Type, m.Unit = words[0], known(words[1]), known(words[2])
			m.Total = slices.Contains(words[3:], "total")
			f.add(m)
		}
	}
	return nil
}

// known returns a word, or "" for a dash.
func known(word string) string {
	if word == "-" {
		return ""
	}
	return word
}

// set reads a line that holds for all metrics of a section.
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
			return fmt.Errorf("%s is in seconds: %w", key, err)
		}
		if key == "delay" {
			m.Delay = seconds
		} else {
			m.Interval = seconds
		}
	default:
		return fmt.Errorf("%s is no property", key)
	}
	return nil
}

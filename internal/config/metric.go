package config

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/object"
)

// Metric is what a stack says of a metric that ddmon knows nothing, or something else, of. Lint goes by it.
type Metric struct {
	Name string
	// Type is gauge, count, rate or distribution.
	Type string
	// Unit is Datadog's name of the unit, as "byte"; "" if it is not said.
	Unit string
	// Interval lies between two points of a series; 0 if it is not said.
	Interval time.Duration
	// Tags are the keys that every series has; nil if they are not said.
	Tags []string
	// WhenGone is "zero" if a series goes to 0 when what it measures is gone, "ends" if it ends then; "" if it is not
	// said.
	WhenGone string
	Range    hcl.Range // of the block
}

var (
	metricFields = []string{"type", "unit", "interval", "tags", "when_gone"}
	metricTypes  = []string{"gauge", "count", "rate", "distribution"}
	goneForms    = []string{"zero", "ends"}
	// metricName is what a query can name: Datadog turns other characters into "_" when a metric is sent.
	metricName = regexp.MustCompile(`^\pL[\pL\pN_.]*$`)
)

func (l *loader) declareMetric(b *hclsyntax.Block) {
	name := b.Labels[0]
	if first := l.metrics[name]; first != nil {
		l.duplicate("metric", name, first.DefRange(), b.DefRange())
		return
	}
	if !metricName.MatchString(name) {
		l.error("invalid_name", "Invalid name of a metric", fmt.Sprintf("%q is no name that a query can hold: it has letters, digits, \"_\" and \".\", "+
			"and begins with a letter.", name), b.LabelRanges[0])
		return
	}
	l.metrics[name] = b
}

func (l *loader) evaluateMetrics() {
	for _, name := range object.SortedKeys(l.metrics) {
		l.stack.Metrics = append(l.stack.Metrics, l.metric(name, l.metrics[name]))
	}
}

func (l *loader) metric(name string, b *hclsyntax.Block) Metric {
	l.onlyFields(b, metricFields, nil)
	f := l.readFields(b, nil, metricFields)
	m := Metric{Name: name, Range: b.DefRange()}
	if !f.given("type") {
		l.error("missing_field", "Type of the metric missing", fmt.Sprintf("A metric block needs a type, one of %s.", strings.Join(listed(metricTypes), ", ")), b.DefRange())
	}
	m.Type = f.oneOf("type", metricTypes)
	m.Unit, _ = f.text("unit", `"message"`)
	m.WhenGone = f.oneOf("when_gone", goneForms)
	if d, ok := f.duration("interval"); ok && d < time.Second {
		f.wrong("interval", "Interval too short", "Points of a metric are at least a second apart. Write a longer interval, such as \"15s\".")
	} else {
		m.Interval = d
	}
	if _, ok := f.open("tags"); ok {
		m.Tags = f.texts("tags", `["queue", "vhost"]`)
	}
	for _, tag := range m.Tags {
		if strings.Contains(tag, ":") {
			key, _, _ := strings.Cut(tag, ":")
			f.wrong("tags", "Tag with a value", fmt.Sprintf("%q has a value, but tags are the keys that every series of the metric has. Write %q.", tag, key))
			break
		}
	}
	return m
}

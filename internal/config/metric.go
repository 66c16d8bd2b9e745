package config

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/lang"
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

// metricBlocks are the metric blocks of a stack.
type metricBlocks struct {
	scope  *lang.Scope
	byName map[string]*hclsyntax.Block
}

func (m *metricBlocks) declare(b *hclsyntax.Block) {
	name := b.Labels[0]
	if first := m.byName[name]; first != nil {
		m.scope.Report.DuplicateName("metric", name, first.DefRange(), b.DefRange())
		return
	}
	if !metricName.MatchString(name) {
		m.scope.Report.Error("invalid_name", "Invalid name of a metric", fmt.Sprintf("%q is no name that a query can hold: it has letters, digits, \"_\" and \".\", "+
			"and begins with a letter.", name), b.LabelRanges[0])
		return
	}
	m.byName[name] = b
}

// evaluate returns what the blocks say, sorted by name.
func (m *metricBlocks) evaluate() []Metric {
	var all []Metric
	for _, name := range object.SortedKeys(m.byName) {
		all = append(all, evaluateMetric(m.scope, name, m.byName[name]))
	}
	return all
}

func evaluateMetric(s *lang.Scope, name string, b *hclsyntax.Block) Metric {
	s.Report.CheckFields(b, metricFields, nil)
	f := lang.ReadFields(s, b, nil, metricFields)
	m := Metric{Name: name, Range: b.DefRange()}
	if !f.Given("type") {
		s.Report.Error("missing_field", "Type of the metric missing", fmt.Sprintf("A metric block needs a type, one of %s.", strings.Join(lang.InQuotes(metricTypes), ", ")), b.DefRange())
	}
	m.Type = f.OneOf("type", metricTypes)
	m.Unit, _ = f.Text("unit", `"message"`)
	m.WhenGone = f.OneOf("when_gone", goneForms)
	if d, ok := f.Duration("interval"); ok && d < time.Second {
		f.Wrong("interval", "Interval too short", "Points of a metric are at least a second apart. Write a longer interval, such as \"15s\".")
	} else {
		m.Interval = d
	}
	if _, ok := f.Open("tags"); ok {
		m.Tags = f.Texts("tags", `["queue", "vhost"]`)
	}
	for _, tag := range m.Tags {
		if strings.Contains(tag, ":") {
			key, _, _ := strings.Cut(tag, ":")
			f.Wrong("tags", "Tag with a value", fmt.Sprintf("%q has a value, but tags are the keys that every series of the metric has. Write %q.", tag, key))
			break
		}
	}
	return m
}

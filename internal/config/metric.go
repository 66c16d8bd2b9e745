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

// Metric is what a metric block declares about a metric. It overrides what ddmon knows; lint uses it.
type Metric struct {
	Name string
	// Type is gauge, count, rate or distribution.
	Type string
	// Unit is Datadog's name of the unit, such as "byte"; "" if not set.
	Unit string
	// Interval is the time between two points of a series; 0 if not set.
	Interval time.Duration
	// Tags are the tag keys that every series has; nil if not set.
	Tags []string
	// WhenGone is "zero" if a series goes to 0 when what it measures disappears, "ends" if it ends then; "" if not set.
	WhenGone string
	Range    hcl.Range // of the block
}

// metricName matches the names that a query can contain: Datadog replaces other characters by "_" when it receives a
// metric.
var metricName = regexp.MustCompile(`^\pL[\pL\pN_.]*$`)

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
		m.scope.Report.Error("invalid_name", "Invalid metric name", fmt.Sprintf("%q is not a valid metric name. Use letters, digits, \"_\" and \".\", "+
			"and begin with a letter.", name), b.LabelRanges[0])
		return
	}
	m.byName[name] = b
}

// evaluate returns the declared metrics, sorted by name.
func (m *metricBlocks) evaluate() []Metric {
	var all []Metric
	for _, name := range object.SortedKeys(m.byName) {
		all = append(all, evaluateMetric(m.scope, name, m.byName[name]))
	}
	return all
}

func evaluateMetric(s *lang.Scope, name string, b *hclsyntax.Block) Metric {
	s.Report.CheckFields(b, metricType)
	f := lang.ReadFields(s, b, nil, metricType.AttributeNames())
	m := Metric{Name: name, Range: b.DefRange()}
	if !f.IsSet("type") {
		s.Report.Error("missing_field", "Missing metric type", fmt.Sprintf("A metric block needs a type. Set it to one of %s.", strings.Join(lang.InQuotes(metricType.Attribute("type").Values), ", ")), b.DefRange())
	}
	m.Type = f.OneOf("type", metricType.Attribute("type").Values)
	m.Unit, _ = f.Text("unit", `"message"`)
	m.WhenGone = f.OneOf("when_gone", metricType.Attribute("when_gone").Values)
	if d, ok := f.Duration("interval"); ok && d < time.Second {
		f.Invalid("interval", "Interval too short", "The interval must be at least one second. Write a longer one, such as \"15s\".")
	} else {
		m.Interval = d
	}
	if _, ok := f.Open("tags"); ok {
		m.Tags = f.Texts("tags", `["queue", "vhost"]`)
	}
	for _, tag := range m.Tags {
		if strings.Contains(tag, ":") {
			key, _, _ := strings.Cut(tag, ":")
			f.Invalid("tags", "Tag with a value", fmt.Sprintf("%q has a value, but tags lists only tag keys. Write %q.", tag, key))
			break
		}
	}
	return m
}

package expect

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"ddmon/internal/ddquery"
)

// unreachable is a threshold that no value exceeds.
const unreachable = 1e15

// smallNumber is the largest integer threshold that is probably a count, where one more or less matters.
const smallNumber = 100

// nothing is the new value of what a change removes.
const nothing = "none"

// adjustments are the changes of a threshold. They return the same value if there is no change.
func adjustments() []func(float64) float64 {
	return []func(float64) float64{step(1), step(-1), times(1.2), times(0.8), times(2), times(0.5)}
}

// step adds to small integers.
func step(by float64) func(float64) float64 {
	return func(v float64) float64 {
		if v == math.Trunc(v) && math.Abs(v) <= smallNumber {
			return v + by
		}
		return v
	}
}

func times(factor float64) func(float64) float64 {
	return func(v float64) float64 { return v * factor }
}

// thresholdChanges changes critical and warning.
func thresholdChanges(*mutable) []change { return adjusted("critical", "warning") }

// recoveryChanges changes the recovery thresholds and removes them.
func recoveryChanges(*mutable) []change {
	fields := []string{"critical_recovery", "warning_recovery"}
	list := adjusted(fields...)
	for _, field := range fields {
		list = append(list, change{field: field, edit: func(m *mutable) (from, to string, ok bool) {
			v, ok := m.number(field)
			delete(m.thresholds, field)
			return decimal(v), nothing, ok
		}})
	}
	return list
}

func adjusted(fields ...string) []change {
	var list []change
	for _, field := range fields {
		for _, adjust := range adjustments() {
			list = append(list, change{field: field, edit: func(m *mutable) (from, to string, ok bool) { return m.threshold(field, adjust) }})
		}
	}
	return list
}

// number returns a threshold.
func (m *mutable) number(field string) (float64, bool) {
	n, ok := m.thresholds[field].(json.Number)
	if !ok {
		return 0, false
	}
	v, err := n.Float64()
	return v, err == nil
}

// set sets a threshold. The critical threshold is set in the query too.
func (m *mutable) set(field string, v float64) {
	m.thresholds[field] = json.Number(decimal(v))
	if c := m.query.Comparison(); c != nil && field == "critical" {
		m.text = spliced(m.text, []splice{replaceNode(&c.Operand, decimal(v))})
	}
}

// decimal formats a number without an exponent and without rounding errors.
func decimal(v float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 12, 64), 64)
	if err != nil {
		rounded = v
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// threshold changes a threshold.
func (m *mutable) threshold(field string, adjust func(float64) float64) (from, to string, ok bool) {
	v, ok := m.number(field)
	if c := m.query.Comparison(); field == "critical" && c != nil {
		v, ok = c.Value()
	}
	changed := adjust(v)
	if !ok || m.unit() == consecutive && (changed < 1 || changed != math.Trunc(changed)) {
		return "", "", false
	}
	m.set(field, changed)
	return decimal(v), decimal(changed), true
}

// The units of a service check's thresholds.
const (
	consecutive = "consecutive statuses"
	percentages = "percentage of checks"
)

// unit returns the unit of a service check's thresholds, or "" for other monitors.
func (m *mutable) unit() string {
	q, ok := m.query.Root.(*ddquery.CheckQuery)
	switch {
	case !ok:
		return ""
	case q.Percentages():
		return percentages
	}
	return consecutive
}

// neverChanges makes the comparison one that is never true.
func neverChanges(*mutable) []change {
	return []change{{field: "comparison", edit: (*mutable).never}}
}

func (m *mutable) never() (from, to string, ok bool) {
	c := m.query.Comparison()
	if c == nil {
		m.thresholds = map[string]any{}
		for _, field := range []string{"critical", "warning"} {
			m.set(field, unreachable)
		}
		unit := m.unit()
		return unit, "never", unit != ""
	}
	far := unreachable
	switch c.Op {
	case "<", "<=":
		far = -far
	case "!=":
		return "", "", false
	}
	if c.Number == nil {
		return "", "", false
	}
	from = strings.TrimSpace(ddquery.Print(c))
	m.thresholds = map[string]any{}
	m.set("critical", far)
	return from, "never", true
}

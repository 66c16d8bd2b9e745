package expect

import (
	"encoding/json"
	"maps"
	"math"
	"strconv"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
	"ddmon/internal/monitorcheck"
)

// change is one way to put a fault into a monitor.
type change struct {
	field string
	// nudge returns another value of a threshold, or another length of a window in minutes; the same one where it
	// makes none.
	nudge func(float64) float64
}

// farAway is a threshold that no value passes.
const farAway = 1e15

// changes are those of each field, in the order in which they are reported.
func changes() []change {
	thresholds := []func(float64) float64{step(1), step(-1), times(1.2), times(0.8), times(2), times(0.5)}
	windows := []func(float64) float64{times(2), func(m float64) float64 { return math.Floor(m / 2) }}
	var list []change
	for _, field := range []string{"critical", "warning", "critical_recovery", "warning_recovery"} {
		for _, nudge := range thresholds {
			list = append(list, change{field, nudge})
		}
	}
	for _, field := range []string{"window", "shift"} {
		for _, nudge := range windows {
			list = append(list, change{field, nudge})
		}
	}
	return append(list, change{field: "comparison"})
}

// smallNumber is up to where a whole number is a count of things, of which one more or less matters.
const smallNumber = 100

// step adds to small whole numbers.
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

// apply returns a monitor's body with the fault in it, and what was and is in its place; ok is false if there is no
// such place, or what Datadog would take for valid is not. The body itself stays as it is.
func (c change) apply(body map[string]any) (out map[string]any, from, to string, ok bool) {
	query, isText := body["query"].(string)
	kind, _ := body["type"].(string)
	if !isText || kind == "composite" {
		return nil, "", "", false
	}
	q, err := ddquery.ParseMonitor(kind, query)
	if err != nil {
		return nil, "", "", false
	}
	m := newMutable(body, q)
	switch c.field {
	case "window", "shift":
		from, to, ok = m.window(c.field, c.nudge)
	case "comparison":
		from, to, ok = m.never()
	default:
		from, to, ok = m.threshold(c.field, c.nudge)
	}
	out = m.body()
	return out, from, to, ok && from != to && (c.field == "comparison" || !refused(out, body))
}

// refused reports whether Datadog would not take the changed monitor, or not as it is meant, for a reason that it does
// not have against the one that is there.
func refused(changed, there map[string]any) bool {
	known := faults(there)
	for fault := range faults(changed) {
		if !known[fault] {
			return true
		}
	}
	return false
}

// faults are what is wrong with a monitor, by code and field: what Datadog would refuse, and thresholds in an order that
// makes no sense.
func faults(body map[string]any) map[[2]string]bool {
	found := map[[2]string]bool{}
	for _, p := range monitorcheck.Check(monitor.FromBody(body)) {
		if p.Severity == monitorcheck.SeverityError || strings.HasPrefix(p.Field, "options.thresholds") {
			found[[2]string{p.Code, p.Field}] = true
		}
	}
	return found
}

// mutable is a copy of a monitor as far as faults are put into it.
type mutable struct {
	of         map[string]any
	query      *ddquery.MonitorQuery
	thresholds map[string]any
}

func newMutable(body map[string]any, q *ddquery.MonitorQuery) *mutable {
	options, _ := body["options"].(map[string]any)
	thresholds, _ := options["thresholds"].(map[string]any)
	m := &mutable{of: body, query: q, thresholds: maps.Clone(thresholds)}
	if m.thresholds == nil {
		m.thresholds = map[string]any{}
	}
	return m
}

// body writes the copy.
func (m *mutable) body() map[string]any {
	out := maps.Clone(m.of)
	options, _ := out["options"].(map[string]any)
	options = maps.Clone(options)
	if options == nil {
		options = map[string]any{}
	}
	options["thresholds"] = m.thresholds
	out["options"], out["query"] = options, m.query.String()
	return out
}

// number reads a threshold.
func (m *mutable) number(field string) (float64, bool) {
	n, ok := m.thresholds[field].(json.Number)
	if !ok {
		return 0, false
	}
	v, err := n.Float64()
	return v, err == nil
}

// set writes a threshold; the critical one stands in the query too.
func (m *mutable) set(field string, v float64) {
	m.thresholds[field] = json.Number(decimal(v))
	if cmp := m.query.Comparison(); cmp != nil && field == "critical" {
		cmp.Negative = v < 0
		cmp.Number = &ddquery.Number{Text: decimal(math.Abs(v)), Value: math.Abs(v)}
	}
}

// decimal writes a number without an exponent and without the dust of arithmetic.
func decimal(v float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 12, 64), 64)
	if err != nil {
		rounded = v
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// threshold changes one of the thresholds.
func (m *mutable) threshold(field string, nudge func(float64) float64) (from, to string, ok bool) {
	v, ok := m.number(field)
	if cmp := m.query.Comparison(); field == "critical" && cmp != nil {
		v, ok = cmp.Value()
	}
	changed := nudge(v)
	if counts := m.query.Form() == "check"; !ok || counts && (changed < 1 || changed != math.Trunc(changed)) {
		return "", "", false
	}
	m.set(field, changed)
	return decimal(v), decimal(changed), true
}

// never makes a comparison that nothing passes.
func (m *mutable) never() (from, to string, ok bool) {
	cmp := m.query.Comparison()
	if cmp == nil {
		m.thresholds = map[string]any{}
		for _, field := range []string{"critical", "warning"} {
			m.set(field, farAway)
		}
		return "statuses in a row", "never", m.query.Form() == "check"
	}
	far := farAway
	switch cmp.Op {
	case "<", "<=":
		far = -far
	case "!=":
		return "", "", false
	}
	if cmp.Number == nil {
		return "", "", false
	}
	from = strings.TrimSpace(ddquery.Print(cmp))
	m.thresholds = map[string]any{}
	m.set("critical", far)
	return from, "never", true
}

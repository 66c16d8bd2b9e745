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

// change is one way to change a monitor.
type change struct {
	field string
	// adjust returns a new value of a threshold, or a new length of a window in minutes; the same value if there is no
	// change.
	adjust func(float64) float64
}

// unreachable is a threshold that no value exceeds.
const unreachable = 1e15

// changes returns the changes of each field, in the order in which they are reported.
func changes() []change {
	thresholds := []func(float64) float64{step(1), step(-1), times(1.2), times(0.8), times(2), times(0.5)}
	windows := []func(float64) float64{times(2), func(m float64) float64 { return math.Floor(m / 2) }}
	var list []change
	for _, field := range []string{"critical", "warning", "critical_recovery", "warning_recovery"} {
		for _, adjust := range thresholds {
			list = append(list, change{field, adjust})
		}
	}
	for _, field := range []string{"window", "shift"} {
		for _, adjust := range windows {
			list = append(list, change{field, adjust})
		}
	}
	return append(list, change{field: "comparison"})
}

// smallNumber is the largest integer threshold that is probably a count, where one more or less matters.
const smallNumber = 100

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

// apply returns a changed copy of a monitor's body with the old and the new value. ok is false if the field does not
// exist, or if Datadog would reject the result.
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
		from, to, ok = m.window(c.field, c.adjust)
	case "comparison":
		from, to, ok = m.never()
	default:
		from, to, ok = m.threshold(c.field, c.adjust)
	}
	out = m.body()
	return out, from, to, ok && from != to && (c.field == "comparison" || !rejected(out, body))
}

// rejected reports whether Datadog would reject the changed monitor, or misread it, for a reason that does not apply to
// the original.
func rejected(changed, there map[string]any) bool {
	known := problems(there)
	for problem := range problems(changed) {
		if !known[problem] {
			return true
		}
	}
	return false
}

// problems returns the problems of a monitor by code and field: those that Datadog would reject, and thresholds in an
// invalid order.
func problems(body map[string]any) map[[2]string]bool {
	found := map[[2]string]bool{}
	for _, p := range monitorcheck.Check(monitor.FromBody(body)) {
		if p.Severity == monitorcheck.SeverityError || strings.HasPrefix(p.Field, "options.thresholds") {
			found[[2]string{p.Code, p.Field}] = true
		}
	}
	return found
}

// mutable is a copy of the parts of a monitor that are changed.
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

// body returns the changed body.
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
	if cmp := m.query.Comparison(); cmp != nil && field == "critical" {
		cmp.Negative = v < 0
		cmp.Number = &ddquery.Number{Text: decimal(math.Abs(v)), Value: math.Abs(v)}
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
	if cmp := m.query.Comparison(); field == "critical" && cmp != nil {
		v, ok = cmp.Value()
	}
	changed := adjust(v)
	if counts := m.query.Form() == "check"; !ok || counts && (changed < 1 || changed != math.Trunc(changed)) {
		return "", "", false
	}
	m.set(field, changed)
	return decimal(v), decimal(changed), true
}

// never changes the comparison to one that is never true.
func (m *mutable) never() (from, to string, ok bool) {
	cmp := m.query.Comparison()
	if cmp == nil {
		m.thresholds = map[string]any{}
		for _, field := range []string{"critical", "warning"} {
			m.set(field, unreachable)
		}
		return "consecutive statuses", "never", m.query.Form() == "check"
	}
	far := unreachable
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

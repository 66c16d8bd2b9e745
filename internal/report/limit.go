package report

import (
	"math"
	"slices"

	"ddmon/internal/render/safe"
)

// limit is a threshold in a plot, of one monitor or of several that share it.
type limit struct {
	value float64
	op    safe.Text
	kind  safe.Text // critical, warning or recovery
	who   []safe.Text
	// outside says that it is too far away to draw.
	outside bool
}

// text is what stands at the line.
func (l *limit) text() safe.Text {
	who := safe.Join(l.who, ", ")
	if l.kind == "recovery" {
		return number(l.value) + " " + who + " recovers"
	}
	text := l.op + " " + number(l.value) + " " + who
	if l.kind == "warning" {
		text += " warns"
	}
	return text
}

// limit adds a monitor's thresholds.
func (p *plot) limit(m *monitor) {
	t := m.result.Thresholds
	who := short(m.result.Address)
	for _, one := range []struct {
		value *float64
		kind  safe.Text
	}{{t.Critical, "critical"}, {t.Warning, "warning"}, {t.CriticalRecovery, "recovery"}, {t.WarningRecovery, "recovery"}} {
		if one.value == nil || math.IsNaN(*one.value) || math.IsInf(*one.value, 0) {
			continue
		}
		l := limit{value: *one.value, op: shown(m.result.Comparator, maxName), kind: one.kind}
		i := slices.IndexFunc(p.limits, func(o limit) bool { return o.value == l.value && o.op == l.op && o.kind == l.kind })
		if i < 0 {
			i = len(p.limits)
			p.limits = append(p.limits, l)
		}
		if !slices.Contains(p.limits[i].who, who) {
			p.limits[i].who = append(p.limits[i].who, who)
		}
	}
}

// scale finds the ends of the value axis: all that is drawn, 0 if it is near, thresholds unless they are so far away
// that the lines would be flat.
func (p *plot) scale() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, l := range p.lines {
		low, high = min(low, l.low), max(high, l.high)
	}
	if math.IsInf(low, 0) || math.IsInf(high, 0) {
		low, high = 0, 1
	}
	if low > 0 && low < high/2 || low == high && low > 0 {
		low = 0
	} else if high < 0 && high > low/2 || low == high && high < 0 {
		high = 0
	}
	if low == high {
		high = low + 1
	}
	const far = 3
	reach := (high - low) * far
	from, to := low, high
	for i := range p.limits {
		l := &p.limits[i]
		if l.outside = l.value > high+reach || l.value < low-reach; !l.outside {
			from, to = min(from, l.value), max(to, l.value)
		}
	}
	room := (to - from) * 0.08
	if from < 0 || from > 0 {
		from -= room
	}
	return from, to + room
}

package report

import (
	"math"
	"slices"

	"ddmon/internal/render/safe"
)

// threshold is a threshold in a plot. Several monitors can share it.
type threshold struct {
	value    float64
	op       safe.Text
	kind     safe.Text // critical, warning or recovery
	monitors []safe.Text
	// outside says that the threshold is too far away to draw.
	outside bool
}

// text is the label of the line.
func (l *threshold) text() safe.Text {
	monitors := safe.Join(l.monitors, ", ")
	if l.kind == "recovery" {
		return number(l.value) + " " + monitors + " recovers"
	}
	text := l.op + " " + number(l.value) + " " + monitors
	if l.kind == "warning" {
		text += " warns"
	}
	return text
}

// addThresholds adds the thresholds of a monitor.
func (p *plot) addThresholds(m *monitor) {
	t := m.result.Thresholds
	name := shortAddress(m.result.Address)
	for _, one := range []struct {
		value *float64
		kind  safe.Text
	}{{t.Critical, "critical"}, {t.Warning, "warning"}, {t.CriticalRecovery, "recovery"}, {t.WarningRecovery, "recovery"}} {
		if one.value == nil || math.IsNaN(*one.value) || math.IsInf(*one.value, 0) {
			continue
		}
		l := threshold{value: *one.value, op: shown(m.result.Comparator, maxName), kind: one.kind}
		i := slices.IndexFunc(p.thresholds, func(o threshold) bool { return o.value == l.value && o.op == l.op && o.kind == l.kind })
		if i < 0 {
			i = len(p.thresholds)
			p.thresholds = append(p.thresholds, l)
		}
		if !slices.Contains(p.thresholds[i].monitors, name) {
			p.thresholds[i].monitors = append(p.thresholds[i].monitors, name)
		}
	}
}

// scale returns the ends of the value axis. It includes all lines, 0 if it is near, and thresholds unless they are so
// far away that the lines would be flat.
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
	distance := (high - low) * far
	from, to := low, high
	for i := range p.thresholds {
		l := &p.thresholds[i]
		if l.outside = l.value > high+distance || l.value < low-distance; !l.outside {
			from, to = min(from, l.value), max(to, l.value)
		}
	}
	room := (to - from) * 0.08
	if from < 0 || from > 0 {
		from -= room
	}
	return from, to + room
}

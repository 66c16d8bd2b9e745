package report

import (
	"cmp"
	"math"
	"slices"

	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// Limits of the plots in a section. The page says what it omits.
const (
	maxPlots       = 24
	maxSeries      = 24 // of a plot
	maxOther       = 12
	maxValueGroups = 6 // of a monitor
)

// plot is a metric with the thresholds and values of its monitors, or the value of one monitor if its scale differs.
type plot struct {
	title, unit safe.Text
	// note is a remark on the whole plot.
	note       safe.Text
	lines      []line
	thresholds []threshold
	// rank orders plots if there are too many: the most transitions come first.
	rank int
	// left is the number of series that are not drawn.
	left int
}

type line struct {
	label    safe.Text
	kind     safe.Text
	tags     []string
	segments []series.Segment
	source   *series.Series
	low      float64
	high     float64
	lowAt    int64
	highAt   int64
}

// monitor is a monitor with its query and its replay result.
type monitor struct {
	queryMetrics
	result replay.MonitorResult
	input  *Input
}

func (m *monitor) transitionCount() int {
	n := 0
	for _, g := range m.result.Groups {
		n += len(g.Transitions) + len(g.Elsewhere)
	}
	return n
}

// plots returns the plots of a section, in the order of the metrics in its monitors, and their total number.
func plots(rec *series.Recording, monitors []monitor) (all []*plot, total int) {
	byMetric := map[string]*plot{}
	add := func(name string) *plot {
		if p := byMetric[name]; p != nil || len(rec.Metric(name)) == 0 {
			return p
		}
		p := newPlot(rec, name, monitors)
		byMetric[name] = p
		all = append(all, p)
		return p
	}
	for i := range monitors {
		m := &monitors[i]
		for _, name := range m.reads() {
			if p := add(name); p != nil {
				p.rank += m.transitionCount()
			}
		}
		if !m.result.Evaluated {
			continue
		}
		p := byMetric[m.first()]
		if p == nil || !m.direct {
			p = &plot{title: "value of " + shortAddress(m.result.Address), note: "the value that the monitor compares with its threshold", rank: m.transitionCount()}
			if p.values(m); len(p.lines) > 0 {
				p.addThresholds(m)
				all = append(all, p)
			}
			continue
		}
		p.addThresholds(m)
		p.values(m)
	}
	if len(all) == 0 {
		for _, s := range rec.Series {
			add(s.Metric)
		}
	}
	return mostActive(all), len(all)
}

// reads returns the metrics in a monitor's query, and the metrics of the series in its scope.
func (m *monitor) reads() []string {
	names := slices.Clone(m.metrics)
	if m.input != nil {
		for _, s := range m.input.Series {
			names = append(names, s.Metric)
		}
	}
	return names
}

func (m *monitor) first() string {
	if len(m.metrics) == 0 {
		return ""
	}
	return m.metrics[0]
}

// mostActive keeps the plots with the most transitions, in their order.
func mostActive(all []*plot) []*plot {
	if len(all) <= maxPlots {
		return all
	}
	ranked := slices.Clone(all)
	slices.SortStableFunc(ranked, func(a, b *plot) int { return cmp.Compare(b.rank, a.rank) })
	ranked = ranked[:maxPlots]
	return slices.DeleteFunc(slices.Clone(all), func(p *plot) bool { return !slices.Contains(ranked, p) })
}

// newPlot plots all series of a metric. Series that no monitor uses go into the background.
func newPlot(rec *series.Recording, metric string, monitors []monitor) *plot {
	p := &plot{title: shown(metric, maxName)}
	inScope, known := scopeOf(metric, monitors)
	var background []line
	front := 0
	for _, s := range rec.Metric(metric) {
		p.unit = shown(s.Unit, maxName)
		if slices.ContainsFunc(s.Blocks, func(b series.Block) bool { return b.Chosen != "" }) {
			p.note = "some values are chosen to fit, not taken from the source"
		}
		l := line{kind: "series", tags: s.Tags, segments: s.Segments, source: s}
		if known && !inScope[s] {
			l.kind = "other"
			if len(background) < maxOther {
				background = append(background, l)
			} else {
				p.left++
			}
			continue
		}
		if front++; front > maxSeries {
			p.left++
			continue
		}
		p.lines = append(p.lines, l)
	}
	p.lines = append(p.lines, background...)
	label(p.lines)
	for i := range p.lines {
		p.lines[i].measure()
	}
	return p
}

// scopeOf returns the series of a metric that monitors use; known is false if the scope of a monitor is unknown.
func scopeOf(metric string, monitors []monitor) (in map[*series.Series]bool, known bool) {
	in = map[*series.Series]bool{}
	for i := range monitors {
		m := &monitors[i]
		if !slices.Contains(m.reads(), metric) {
			continue
		}
		if m.input == nil {
			return nil, false
		}
		for _, s := range m.input.Series {
			in[s] = true
		}
	}
	return in, len(in) > 0
}

// values adds the values that a monitor compared with its threshold.
func (p *plot) values(m *monitor) {
	for i, g := range m.result.Groups {
		if i == maxValueGroups {
			p.left += len(m.result.Groups) - i
			return
		}
		l := line{kind: "value", label: shortAddress(m.result.Address), segments: valueSegments(g.Values, m.result.Every.Milliseconds())}
		if g.Group != "*" {
			l.label += " " + shown(g.Group, maxName)
		}
		if len(l.segments) > 0 {
			l.measure()
			p.lines = append(p.lines, l)
		}
	}
}

// measure finds the minimum and the maximum.
func (l *line) measure() {
	l.low, l.high = math.Inf(1), math.Inf(-1)
	for k := range l.segments {
		s := &l.segments[k]
		for i := range s.Count {
			at, v := s.At(i)
			if v < l.low {
				l.low, l.lowAt = v, at
			}
			if v > l.high {
				l.high, l.highAt = v, at
			}
			if constant(s) {
				break
			}
		}
	}
}

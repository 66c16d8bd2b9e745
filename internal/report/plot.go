package report

import (
	"cmp"
	"math"
	"slices"

	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// How much of a section is plotted. What is left out is said.
const (
	maxPlots       = 24
	maxSeries      = 24 // of a plot
	maxOther       = 12
	maxValueGroups = 6 // of a monitor
)

// plot is a plot on its way: a metric with all that belongs to it, or the value of a monitor of another scale.
type plot struct {
	title, unit safe.Text
	// note is said of the whole plot.
	note   safe.Text
	lines  []line
	limits []limit
	// weight orders plots when there are too many: those where something happened come first.
	weight int
	// left is how many series are not drawn.
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

// monitor is a monitor with what its query looks at and what became of it.
type monitor struct {
	look
	result replay.MonitorResult
	input  *Input
}

func (m *monitor) happened() int {
	n := 0
	for _, g := range m.result.Groups {
		n += len(g.Transitions)
	}
	return n
}

// plots are those of a section, in the order in which its monitors speak of the metrics, and how many there would be.
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
				p.weight += m.happened()
			}
		}
		if !m.result.Evaluated {
			continue
		}
		p := byMetric[m.first()]
		if p == nil || !m.direct {
			p = &plot{title: "value of " + short(m.result.Address), note: "what the monitor compared with its threshold", weight: m.happened()}
			if p.values(m); len(p.lines) > 0 {
				p.limit(m)
				all = append(all, p)
			}
			continue
		}
		p.limit(m)
		p.values(m)
	}
	if len(all) == 0 {
		for _, s := range rec.Series {
			add(s.Metric)
		}
	}
	return most(all), len(all)
}

// reads are the metrics that a monitor's query names, and those that its scope was found to hold.
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

// most keeps those plots in which most happened, in their order.
func most(all []*plot) []*plot {
	if len(all) <= maxPlots {
		return all
	}
	ranked := slices.Clone(all)
	slices.SortStableFunc(ranked, func(a, b *plot) int { return cmp.Compare(b.weight, a.weight) })
	ranked = ranked[:maxPlots]
	return slices.DeleteFunc(slices.Clone(all), func(p *plot) bool { return !slices.Contains(ranked, p) })
}

// newPlot draws all series of a metric, those that no monitor looks at in the background.
func newPlot(rec *series.Recording, metric string, monitors []monitor) *plot {
	p := &plot{title: shown(metric, maxName)}
	inScope, known := scopeOf(metric, monitors)
	var background []line
	front := 0
	for _, s := range rec.Metric(metric) {
		p.unit = shown(s.Unit, maxName)
		if slices.ContainsFunc(s.Blocks, func(b series.Block) bool { return b.Chosen != "" }) {
			p.note = "some of these values are not in the source but chosen to fit it"
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

// scopeOf finds the series of a metric that monitors look at; known is false if that is not known of all of them.
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

// values adds what a monitor compared.
func (p *plot) values(m *monitor) {
	for i, g := range m.result.Groups {
		if i == maxValueGroups {
			p.left += len(m.result.Groups) - i
			return
		}
		l := line{kind: "value", label: short(m.result.Address), segments: valueSegments(g.Values, m.result.Every.Milliseconds())}
		if g.Group != "*" {
			l.label += " " + shown(g.Group, maxName)
		}
		if len(l.segments) > 0 {
			l.measure()
			p.lines = append(p.lines, l)
		}
	}
}

// measure finds the lowest and the highest sample.
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

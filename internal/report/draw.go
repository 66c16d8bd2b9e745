package report

import (
	"slices"
	"strings"

	"ddmon/internal/series"
)

// linePool holds the points of all lines of the page. Sections on the same recording share the lines of its series.
type linePool struct {
	lines [][]run
	at    map[*series.Series]int
}

// add adds a line with at most about room points, and returns its index.
func (p *linePool) add(l *line, room int) int {
	if l.source != nil {
		if i, ok := p.at[l.source]; ok {
			return i
		}
		p.at[l.source] = len(p.lines)
	}
	p.lines = append(p.lines, encode(l.segments, room))
	return len(p.lines) - 1
}

// drawn returns the plots of a section for the template and for the script. quiet are the plots of monitors without
// state changes, if there are others.
func drawn(rec *series.Recording, monitors []monitor, c clock, pool *linePool) (models, quiet []plotModel, left int, data []plotData) {
	all, total := plots(rec, monitors)
	reacted := slices.ContainsFunc(all, func(p *plot) bool { return p.rank > 0 })
	for i, p := range all {
		d := plotData{}
		d.Low, d.High = p.scale()
		d.Low, d.High = sixDigits(d.Low), sixDigits(d.High)
		m := plotModel{Index: i, Title: p.title, Unit: p.unit, Note: p.note, Summary: p.summary(c)}
		m.Tags = shown(strings.Join(commonTags(p.seriesLines()), ", "), maxLine)
		color, room := 0, min(maxPoints, max(minPoints, plotPoints/max(1, len(p.lines))))
		for i := range p.lines {
			l := &p.lines[i]
			one := lineData{Points: pool.add(l, room), Kind: l.kind}
			if l.kind == "other" {
				m.Others = append(m.Others, l.label)
			} else {
				one.Color = color
				color++
				m.Lines = append(m.Lines, legendModel{Line: i, Label: l.label, Kind: l.kind, Color: one.Color % colors})
			}
			d.Lines = append(d.Lines, one)
		}
		for i := range p.thresholds {
			if l := &p.thresholds[i]; !l.outside {
				d.Limit = append(d.Limit, limitData{Value: l.value, Label: l.text(), Kind: l.kind})
			}
		}
		if data = append(data, d); reacted && p.rank == 0 {
			quiet = append(quiet, m)
		} else {
			models = append(models, m)
		}
	}
	return models, quiet, total - len(all), data
}

// colors is the number of line colours in the style sheet.
const colors = 8

func (p *plot) seriesLines() (all []line) {
	for _, l := range p.lines {
		if l.kind != "value" {
			all = append(all, l)
		}
	}
	return all
}

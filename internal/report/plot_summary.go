package report

import "ddmon/internal/render/safe"

// summary describes a plot in text, for screen readers and for pages without scripts.
func (p *plot) summary(c clock) safe.Text {
	var parts []safe.Text
	series, others := 0, 0
	var low, high *line
	for i := range p.lines {
		l := &p.lines[i]
		switch l.kind {
		case "other":
			others++
			continue
		case "series":
			series++
		}
		if low == nil || l.low < low.low {
			low = l
		}
		if high == nil || l.high > high.high {
			high = l
		}
	}
	text := safe.Count(series, "line")
	if others > 0 {
		text += " and " + safe.Int(others) + " not used by any monitor"
	}
	if series+others > 0 {
		parts = append(parts, text)
	}
	switch {
	case low == nil:
	case low.low == high.high:
		parts = append(parts, "constant "+number(low.low))
	default:
		parts = append(parts, safe.Sprintf("lowest %s (first at %s), highest %s (first at %s)",
			number(low.low), c.ms(low.lowAt), number(high.high), c.ms(high.highAt)))
	}
	if ends := p.ends(c); ends != "" {
		parts = append(parts, ends)
	}
	for _, l := range p.thresholds {
		text := "threshold " + l.text()
		if l.outside {
			text += " (off the scale)"
		}
		parts = append(parts, text)
	}
	if p.left > 0 {
		parts = append(parts, safe.Int(p.left)+" more not drawn")
	}
	return safe.Join(parts, "; ")
}

// ends lists series that begin late or end early, which often explains an incident.
func (p *plot) ends(c clock) safe.Text {
	var texts []safe.Text
	for i := range p.lines {
		l := &p.lines[i]
		if l.kind != "series" || len(l.segments) == 0 || len(texts) == 3 {
			continue
		}
		last := &l.segments[len(l.segments)-1]
		room := 3 * max(last.Interval, 1000)
		if at := last.Last(); at+room < c.end {
			texts = append(texts, l.label+" ends at "+c.ms(at))
		}
		if at := l.segments[0].Start; at-room > c.start {
			texts = append(texts, l.label+" begins at "+c.ms(at))
		}
	}
	return safe.Join(texts, ", ")
}

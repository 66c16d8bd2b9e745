package report

import (
	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
)

// maxTimelines is the number of groups of a monitor that are shown; those with transitions come first.
const maxTimelines = 12

// timeline is the row of a group, with its states over time.
type timeline struct {
	Group         safe.Text
	Parts         []timelinePart
	Uncertainties []uncertainty
	Summary       safe.Text
}

// timelinePart is a state from A to B, as shares of the recording. Class is ok, warn, alert, nodata, gone or before.
// LabelAt is the start of its label, after an uncertain time.
type timelinePart struct {
	A, B, LabelAt      float64
	Class, Text, Title safe.Text
}

// uncertainty is the time range of a transition, which depends on the second of evaluation. Elsewhere says that the
// transition does not happen in the phase that is shown.
type uncertainty struct {
	A, B      float64
	Elsewhere bool
	Title     safe.Text
}

var stateClass = map[replay.Status]safe.Text{
	replay.Gone: "gone", replay.OK: "ok", replay.NoData: "nodata", replay.Warn: "warn", replay.Alert: "alert",
}

// statusText is the name of a state.
func statusText(s replay.Status) safe.Text { return safe.Line(s.String()) }

// timelines returns the timelines of a monitor; left is the number of groups that are omitted.
func timelines(m replay.MonitorResult, c clock) (all []timeline, left int) {
	var still []replay.GroupResult
	for _, g := range m.Groups {
		if len(g.Transitions)+len(g.Elsewhere) == 0 {
			still = append(still, g)
		} else if len(all) < maxTimelines {
			all = append(all, newTimeline(g, c))
		} else {
			left++
		}
	}
	for _, g := range still {
		if len(all) < maxTimelines {
			all = append(all, newTimeline(g, c))
		} else {
			left++
		}
	}
	return all, left
}

func newTimeline(g replay.GroupResult, c clock) timeline {
	b := timeline{}
	if g.Group != "*" {
		b.Group = shown(g.Group, maxName)
	}
	from, status := g.Start.UnixMilli(), g.Initial
	if c.share(from) > 0 {
		b.Parts = append(b.Parts, timelinePart{B: c.share(from), Class: "before", Title: "not evaluated before " + c.ms(from)})
	}
	texts := []safe.Text{statusText(status) + " initially"}
	for _, t := range g.Transitions {
		b.part(c, from, t.At.UnixMilli(), status)
		from, status = t.At.UnixMilli(), t.To
		texts = append(texts, statusText(status)+" at "+c.show(t.At))
		if t.Latest.After(t.Earliest) {
			b.Uncertainties = append(b.Uncertainties, uncertainty{A: c.share(t.Earliest.UnixMilli()), B: c.share(t.Latest.UnixMilli()), Title: transitionText(t, c)})
		}
	}
	b.part(c, from, max(c.end, from), status)
	for _, t := range g.Elsewhere {
		b.Uncertainties = append(b.Uncertainties, uncertainty{A: c.share(t.Earliest.UnixMilli()), B: c.share(t.Latest.UnixMilli()), Elsewhere: true, Title: transitionText(t, c)})
		texts = append(texts, transitionText(t, c))
	}
	b.placeLabels()
	b.Summary = safe.Join(texts, ", ")
	return b
}

// placeLabels moves the labels of the states out of uncertain time ranges.
func (b *timeline) placeLabels() {
	for i := range b.Parts {
		p := &b.Parts[i]
		p.LabelAt = p.A
		for _, d := range b.Uncertainties {
			if d.A <= p.LabelAt && d.B > p.LabelAt && d.B < p.B {
				p.LabelAt = d.B
			}
		}
	}
}

func (b *timeline) part(c clock, from, to int64, s replay.Status) {
	p := timelinePart{A: c.share(from), B: c.share(to), Class: stateClass[s], Text: statusText(s)}
	if p.B <= p.A {
		return
	}
	p.Title = statusText(s) + " from " + c.ms(from) + " to " + c.ms(min(to, c.end))
	b.Parts = append(b.Parts, p)
}

// transitionText describes a transition with its time or time range.
func transitionText(t replay.Transition, c clock) safe.Text {
	text := statusText(t.From) + " to " + statusText(t.To)
	if t.Latest.After(t.Earliest) {
		text += " between " + c.show(t.Earliest) + " and " + c.show(t.Latest)
	} else {
		text += " at " + c.show(t.Earliest)
	}
	if t.Share < 1 {
		text += ", in " + percent(t.Share) + " of the seconds of evaluation"
	}
	return text
}

// percent writes a share from 1 % to 99 %: it never rounds to none or all.
func percent(share float64) safe.Text {
	p := int(share*100 + 0.5)
	return safe.Int(min(99, max(1, p))) + " %"
}

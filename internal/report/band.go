package report

import (
	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
)

// maxBands is how many groups of a monitor have a band; those where something happened come first.
const maxBands = 12

// band is the row of a group: which state from when to when.
type band struct {
	Group  safe.Text
	Parts  []bandPart
	Doubts []doubt
	Gist   safe.Text
}

// bandPart is a state from A to B, both shares of the recording. Class is ok, warn, alert, nodata, gone or before.
// Word is where its name begins: behind what is in doubt.
type bandPart struct {
	A, B, Word         float64
	Class, Text, Title safe.Text
}

// doubt is the time in which a transition may happen, by the phase of the evaluations. Elsewhere says that the phase
// that is shown does not see it.
type doubt struct {
	A, B      float64
	Elsewhere bool
	Title     safe.Text
}

var bandClass = map[replay.Status]safe.Text{
	replay.Gone: "gone", replay.OK: "ok", replay.NoData: "nodata", replay.Warn: "warn", replay.Alert: "alert",
}

// nameOf is the name of a state, one of a few words.
func nameOf(s replay.Status) safe.Text { return safe.Line(s.String()) }

// bands are those of a monitor; quiet is how many groups without a transition have none.
func bands(m replay.MonitorResult, c clock) (all []band, quiet int) {
	var still []replay.GroupResult
	for _, g := range m.Groups {
		if len(g.Transitions)+len(g.Elsewhere) == 0 {
			still = append(still, g)
		} else if len(all) < maxBands {
			all = append(all, newBand(g, c))
		} else {
			quiet++
		}
	}
	for _, g := range still {
		if len(all) < maxBands {
			all = append(all, newBand(g, c))
		} else {
			quiet++
		}
	}
	return all, quiet
}

func newBand(g replay.GroupResult, c clock) band {
	b := band{}
	if g.Group != "*" {
		b.Group = shown(g.Group, maxName)
	}
	from, status := g.Start.UnixMilli(), g.Initial
	if c.share(from) > 0 {
		b.Parts = append(b.Parts, bandPart{B: c.share(from), Class: "before", Title: "not evaluated before " + c.ms(from)})
	}
	words := []safe.Text{nameOf(status) + " at first"}
	for _, t := range g.Transitions {
		b.part(c, from, t.At.UnixMilli(), status)
		from, status = t.At.UnixMilli(), t.To
		words = append(words, nameOf(status)+" at "+c.show(t.At))
		if t.Latest.After(t.Earliest) {
			b.Doubts = append(b.Doubts, doubt{A: c.share(t.Earliest.UnixMilli()), B: c.share(t.Latest.UnixMilli()), Title: transitionText(t, c)})
		}
	}
	b.part(c, from, max(c.end, from), status)
	for _, t := range g.Elsewhere {
		b.Doubts = append(b.Doubts, doubt{A: c.share(t.Earliest.UnixMilli()), B: c.share(t.Latest.UnixMilli()), Elsewhere: true, Title: transitionText(t, c)})
		words = append(words, transitionText(t, c))
	}
	b.words()
	b.Gist = safe.Join(words, ", ")
	return b
}

// words finds room for the names of the states.
func (b *band) words() {
	for i := range b.Parts {
		p := &b.Parts[i]
		p.Word = p.A
		for _, d := range b.Doubts {
			if d.A <= p.Word && d.B > p.Word && d.B < p.B {
				p.Word = d.B
			}
		}
	}
}

func (b *band) part(c clock, from, to int64, s replay.Status) {
	p := bandPart{A: c.share(from), B: c.share(to), Class: bandClass[s], Text: nameOf(s)}
	if p.B <= p.A {
		return
	}
	p.Title = nameOf(s) + " from " + c.ms(from) + " to " + c.ms(min(to, c.end))
	b.Parts = append(b.Parts, p)
}

// transitionText says what changes and when, with the bounds.
func transitionText(t replay.Transition, c clock) safe.Text {
	text := nameOf(t.From) + " to " + nameOf(t.To)
	if t.Latest.After(t.Earliest) {
		text += " between " + c.show(t.Earliest) + " and " + c.show(t.Latest)
	} else {
		text += " at " + c.show(t.Earliest)
	}
	if t.Share < 1 {
		text += ", in " + percent(t.Share) + " of the phases"
	}
	return text
}

// percent never rounds something to nothing, nor a part to all.
func percent(share float64) safe.Text {
	p := int(share*100 + 0.5)
	return safe.Int(min(99, max(1, p))) + " %"
}

package report

import (
	"math"
	"time"

	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// view is the initial time range: all phases and transitions, with half of their duration before and after.
func view(rec *series.Recording, result *replay.Result, c clock) [2]float64 {
	first, last := math.Inf(1), math.Inf(-1)
	for _, m := range moments(rec, result) {
		at := float64(m.at-c.start) / float64(c.end-c.start)
		first, last = min(first, at), max(last, at)
	}
	if first > last {
		return [2]float64{0, 1}
	}
	// A single moment also needs some room around it.
	room := max((last-first)/2, 0.03)
	return [2]float64{round(max(0, first-room)), round(min(1, last+room))}
}

// moments returns the times of phases and transitions.
func moments(rec *series.Recording, result *replay.Result) (all []moment) {
	for _, p := range rec.Phases {
		all = append(all, moment{at: p.At, what: []safe.Text{shown(p.Name, maxName)}})
	}
	for _, m := range result.Monitors {
		for _, g := range m.Groups {
			for _, t := range g.Transitions {
				what := shortAddress(m.Address) + " " + statusText(t.To)
				if g.Group != "*" {
					what = shortAddress(m.Address) + " " + shown(g.Group, maxName) + " " + statusText(t.To)
				}
				all = append(all, moment{at: t.At.UnixMilli(), what: []safe.Text{what}})
			}
		}
	}
	return all
}

// ticks returns some round times in a view.
func ticks(view [2]float64, c clock) (all []tick) {
	const most = 7
	length := float64(c.end - c.start)
	from, to := c.start+int64(view[0]*length), c.start+int64(view[1]*length)
	_, offset := c.at(from).Zone()
	for _, b := range bucketSteps {
		step := b.Milliseconds()
		if (to-from)/step > most {
			continue
		}
		shift, layout := int64(offset)*1000, safe.Text("15:04")
		if b < time.Minute {
			layout = time.TimeOnly
		}
		for at := (from+shift+step-1)/step*step - shift; at <= to; at += step {
			all = append(all, tick{At: c.share(at), Text: safe.Time(c.at(at), layout)})
		}
		return all
	}
	return nil
}

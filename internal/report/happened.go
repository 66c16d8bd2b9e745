package report

import (
	"cmp"
	"slices"

	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
)

// change is a row of the table of what happened.
type change struct {
	at                                                          int64
	Time, Bounds, Monitor, Group, From, To, Class, Value, Share safe.Text
}

// maxChanges is how many transitions the table has.
const maxChanges = 400

// changes are the transitions of all monitors in the order of time; left is how many more there are.
func changes(result *replay.Result, c clock) (all []change, left int) {
	for _, m := range result.Monitors {
		for _, g := range m.Groups {
			for _, t := range g.Transitions {
				all = append(all, newChange(m, g, t, c, false))
			}
			for _, t := range g.Elsewhere {
				all = append(all, newChange(m, g, t, c, true))
			}
		}
	}
	slices.SortStableFunc(all, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	if len(all) > maxChanges {
		all, left = all[:maxChanges], len(all)-maxChanges
	}
	return all, left
}

func newChange(m replay.MonitorResult, g replay.GroupResult, t replay.Transition, c clock, elsewhere bool) change {
	row := change{
		at: t.At.UnixMilli(), Time: c.show(t.At), Monitor: short(m.Address), From: nameOf(t.From), To: nameOf(t.To),
		Class: bandClass[t.To], Bounds: "exactly then", Share: "all",
	}
	if g.Group != "*" {
		row.Group = shown(g.Group, maxName)
	}
	if elsewhere {
		row.Time = "other phases"
	}
	if t.Latest.After(t.Earliest) {
		row.Bounds = c.show(t.Earliest) + " to " + c.show(t.Latest)
	} else if elsewhere {
		row.Bounds = c.show(t.Earliest)
	}
	if t.HasValue {
		row.Value = number(t.Value)
	}
	if t.Share < 1 {
		row.Share = percent(t.Share)
	}
	return row
}

// told is a notification as it would read.
type told struct {
	at int64
	// At is the same as a share of the recording.
	At                                          float64
	Time, Kind, Class, From, To, Monitor, Group safe.Text
	Title, Message                              safe.Text
	Handles                                     []safe.Text
}

// maxTold is how many notifications a section shows.
const maxTold = 200

// notifications are those of all monitors in the order of time; left is how many more there are.
func notifications(result *replay.Result, c clock) (all []told, left int) {
	for _, m := range result.Monitors {
		for _, n := range m.Notifications {
			one := told{
				at: n.At.UnixMilli(), At: c.share(n.At.UnixMilli()), Time: c.show(n.At), Kind: shown(string(n.Kind), maxName), Class: bandClass[n.To],
				From: nameOf(n.From), To: nameOf(n.To), Monitor: short(m.Address),
				Title: shown(n.Title, maxLine), Message: paragraphs(shownLines(n.Message, maxMessage)),
			}
			if n.Group != "*" {
				one.Group = shown(n.Group, maxName)
			}
			for _, h := range n.Handles {
				one.Handles = append(one.Handles, shown(h, maxName))
			}
			all = append(all, one)
		}
	}
	slices.SortStableFunc(all, func(a, b told) int { return cmp.Compare(a.at, b.at) })
	if len(all) > maxTold {
		all, left = all[:maxTold], len(all)-maxTold
	}
	return all, left
}

// paragraphs leaves one empty line where conditions that did not hold leave several, as Markdown does.
func paragraphs(text safe.Text) safe.Text {
	var kept []safe.Text
	for line := range text.Trim().Lines() {
		line = line.TrimRight(" \t")
		if line != "" || len(kept) > 0 && kept[len(kept)-1] != "" {
			kept = append(kept, line)
		}
	}
	return safe.Join(kept, "\n")
}

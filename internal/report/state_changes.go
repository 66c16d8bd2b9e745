package report

import (
	"cmp"
	"slices"

	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
)

// change is a row of the table of state changes.
type change struct {
	at                                                          int64
	Time, Bounds, Monitor, Group, From, To, Class, Value, Share safe.Text
}

// maxChanges is the maximum number of rows in the table.
const maxChanges = 400

// changes returns the transitions of all monitors, ordered by time; left is the number that are omitted.
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
		at: t.At.UnixMilli(), Time: c.show(t.At), Monitor: shortAddress(m.Address), From: statusText(t.From), To: statusText(t.To),
		Class: stateClass[t.To], Bounds: "exact", Share: "all",
	}
	if g.Group != "*" {
		row.Group = shown(g.Group, maxName)
	}
	if elsewhere {
		row.Time = "other seconds of evaluation"
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

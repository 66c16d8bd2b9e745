package replay

import (
	"slices"
	"strings"

	"ddmon/internal/evaluate"
	"ddmon/internal/series"
)

// outcome is a monitor on its way through a replay.
type outcome struct {
	result   MonitorResult
	compiled *compiled // nil for a composite, or if it is not evaluated
	runs     []phased
	first    int        // of runs: the primary one
	members  []*outcome // of a composite
	hides    hidden
}

// hidesMembers reports whether a member of a composite has values or groups to hide, which are then in the composite's
// result as well.
func (o *outcome) hidesMembers() bool {
	return slices.ContainsFunc(o.members, func(m *outcome) bool { return m.hides.measure })
}

func (o *outcome) primary() *phased { return &o.runs[o.first] }
func (o *outcome) multi() bool      { return len(o.compiled.keys) > 0 }
func (o *outcome) width() int       { return len(o.compiled.keys) }

// groupWithin returns the group whose tag values are all among those of a wider group, or -1.
func (o *outcome) groupWithin(wide evaluate.Tags) int {
	return slices.IndexFunc(o.primary().tracks, func(t track) bool {
		for _, tag := range t.tags {
			_, v, _ := strings.Cut(tag, ":")
			if !slices.ContainsFunc(wide, func(other string) bool { _, w, _ := strings.Cut(other, ":"); return v == w }) {
				return false
			}
		}
		return true
	})
}

// groupResults turns the runs into what a group went through.
func groupResults(primary *phased, others []phased, cycle int64, rec *series.Recording, o Options, a *evaluate.Account) []GroupResult {
	m := merger{account: a, zone: rec.Location, near: 2 * cycle}
	var results []GroupResult
	for i, t := range primary.tracks {
		if t.start == 0 {
			continue // never seen by an evaluation
		}
		g := GroupResult{Group: t.tags.String(), Tags: t.tags, Start: m.time(t.start), Initial: t.initial}
		g.Transitions, g.Elsewhere = m.transitions(primary, others, i)
		if o.Values {
			a.Keep(len(t.points), 2*pointBytes)
			for _, p := range t.points {
				v := Value{At: m.time(p.at), Status: p.status}
				if !evaluate.Missing(p.value) {
					v.Value, v.HasValue = p.value, true
				}
				g.Values = append(g.Values, v)
			}
		}
		results = append(results, g)
	}
	return results
}

package replay

import (
	"slices"
	"strings"

	"ddmon/internal/evaluate"
	"ddmon/internal/series"
)

// outcome is the outcome of replaying a monitor.
type outcome struct {
	result    MonitorResult
	compiled  *compiled // nil for a composite, or if it is not evaluated
	runs      []phaseRun
	first     int        // index of the primary run
	members   []*outcome // of a composite
	redaction redaction
}

// hidesMembers reports whether a member of a composite has sensitive values or groups, which are then also in the
// composite's result.
func (o *outcome) hidesMembers() bool {
	return slices.ContainsFunc(o.members, func(m *outcome) bool { return m.redaction.measure })
}

func (o *outcome) primary() *phaseRun { return &o.runs[o.first] }
func (o *outcome) multi() bool        { return len(o.compiled.keys) > 0 }
func (o *outcome) width() int         { return len(o.compiled.keys) }

// groupWithin returns the index of the group whose tag values are a subset of the tag values of another group, or -1.
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

// groupResults merges the runs into the results of the groups.
func groupResults(primary *phaseRun, others []phaseRun, cycle int64, rec *series.Recording, o Options, a *evaluate.Account) []GroupResult {
	m := merger{account: a, zone: rec.Location, near: 2 * cycle}
	var results []GroupResult
	for i, t := range primary.tracks {
		if t.start == 0 {
			continue // not in any evaluation
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

package replay

import (
	"slices"

	"ddmon/internal/evaluate"
)

// maxCombinations limits the combinations of the members' phases. It allows two phases each for ten members.
const maxCombinations = 1024

// others runs a composite once for each combination of its own phase and its members' phases. For each range of phases
// of a member, it tries both ends. The composite is evaluated either in the same second as one of its members, right
// after it, or as late as possible before the next.
func (c *composite) others(end int64) []phaseRun {
	choices := make([][]variant, len(c.members))
	product := 1
	for i, m := range c.members {
		choices[i] = m.variants()
		product = min(product*len(choices[i]), maxCombinations+1)
	}
	if product > maxCombinations {
		for i := range choices {
			choices[i] = extremes(choices[i])
		}
	}
	var runs []phaseRun
	pick := make([]variant, len(choices))
	var choose func(i int)
	choose = func(i int) {
		if i < len(choices) {
			for _, v := range choices[i] {
				pick[i] = v
				choose(i + 1)
			}
			return
		}
		c.account.Spend(tickSteps * len(pick))
		for _, phase := range ownPhases(pick) {
			c.account.Keep(1, trackBytes)
			runs = append(runs, phaseRun{tracks: c.run(pick, phase, end, false)})
		}
	}
	choose(0)
	for i := range runs {
		runs[i].share = 1 / float64(len(runs)+1) // including the primary run
	}
	return runs
}

// ownPhases returns the composite's phases that differ, given its members' phases.
func ownPhases(members []variant) []int64 {
	var at []int64
	for _, v := range members {
		at = append(at, v.phase)
	}
	slices.Sort(at)
	at = slices.Compact(at)
	var list []int64
	for i, p := range at {
		next := at[0] + evaluate.Minute
		if i+1 < len(at) {
			next = at[i+1]
		}
		list = append(list, p)
		if late := (next - evaluate.Second) % evaluate.Minute; late != p {
			list = append(list, late)
		}
	}
	return list
}

// variants returns both ends of each range of phases.
func (o *outcome) variants() []variant {
	var list []variant
	for _, r := range o.runs {
		for _, shift := range []int64{-r.early, r.late} {
			v := variant{r.tracks, shift, (r.phase + shift) % evaluate.Minute}
			if len(list) == 0 || list[len(list)-1].phase != v.phase {
				list = append(list, v)
			}
		}
	}
	return list
}

// extremes returns the variants with the earliest and the latest first change.
func extremes(list []variant) []variant {
	first := func(v variant) int64 {
		at := int64(evaluate.Never)
		for i := range v.tracks {
			if changes := v.tracks[i].changes; len(changes) > 0 {
				at = min(at, changes[0].at+v.shift)
			}
		}
		return at
	}
	earliest, latest := list[0], list[0]
	for _, v := range list[1:] {
		if first(v) < first(earliest) {
			earliest = v
		}
		if first(v) > first(latest) {
			latest = v
		}
	}
	return []variant{earliest, latest}
}

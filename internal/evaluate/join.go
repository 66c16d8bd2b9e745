package evaluate

import (
	"slices"
	"strings"
)

// joint has the matched groups of two operands: group i is group xs[i] of one and ys[i] of the other.
type joint struct {
	Base
	xs, ys []int
}

// join matches the groups of two operands by tags. An operand without groups matches every group of the other. A group
// that only one operand has is left out: a count has the groups of the other operand, too (see allGroups).
func join(x, y *Base, a *Account) (joint, error) {
	j := joint{Base: Base{
		Keys: x.Keys, Counts: x.Counts && y.Counts, Sparse: x.Sparse && y.Sparse, Constant: x.Constant && y.Constant,
		EmptyIsZero: x.EmptyIsZero || y.EmptyIsZero || !x.Constant && !y.Constant,
		Lookbacks:   union(x.Lookbacks, y.Lookbacks), reach: max(x.reach, y.reach), stale: max(x.stale, y.stale), Filled: x.Filled || y.Filled,
	}}
	if len(x.Keys) == 0 {
		j.Keys = y.Keys
	}
	if len(x.Keys) > 0 && len(y.Keys) > 0 && !sameKeys(x.Keys, y.Keys) {
		return j, NotEvaluated("the operands group by different tags")
	}
	at := make(map[string]int, len(y.Groups))
	for k, g := range y.Groups {
		at[g.sorted()] = k
	}
	for i, g := range x.Groups {
		a.Spend(1 + len(g))
		if len(y.Keys) == 0 {
			j.add(g, i, 0, x, y, a)
		} else if k, ok := at[g.sorted()]; ok && len(x.Keys) > 0 {
			j.add(g, i, k, x, y, a)
		}
	}
	if len(x.Keys) == 0 && len(y.Keys) > 0 {
		for k, g := range y.Groups {
			j.add(g, 0, k, x, y, a)
		}
	}
	return j, nil
}

func (j *joint) add(g Tags, i, k int, x, y *Base, a *Account) {
	a.Keep(len(x.Members[i])+len(y.Members[k])+8, 8)
	j.Groups = append(j.Groups, g)
	j.Members = append(j.Members, slices.Concat(x.Members[i], y.Members[k]))
	j.xs, j.ys = append(j.xs, i), append(j.ys, k)
}

// sorted returns the tags in an order that does not depend on the query.
func (t Tags) sorted() string { return strings.Join(slices.Sorted(slices.Values(t)), ",") }

func sameKeys(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// allGroups collects the groups of all operands of a query. A count that has no sample of a group is 0 for it. Whether
// a group is new does not depend on the operand that reports it first.
type allGroups struct {
	byKeys map[string]map[string]Tags
	// counts are the sparse operands: their keys and number of groups.
	counts []struct {
		keys   string
		groups int
	}
}

// compileAll compiles a query. It compiles the query again if a count does not have all groups of the other operands.
func compileAll(build func(all *allGroups) (*Query, error)) (*Query, error) {
	all := &allGroups{byKeys: map[string]map[string]Tags{}}
	q, err := build(all)
	for _, c := range all.counts {
		if err == nil && c.groups < len(all.byKeys[c.keys]) {
			return build(all)
		}
	}
	return q, err
}

// of returns the groups that other operands have with these keys.
func (all *allGroups) of(keys []string) map[string]Tags {
	if all == nil || len(keys) == 0 {
		return nil
	}
	return all.byKeys[keysName(keys)]
}

// add adds the groups of an operand.
func (all *allGroups) add(b *Base) {
	if all == nil || len(b.Keys) == 0 {
		return
	}
	keys := keysName(b.Keys)
	known := all.byKeys[keys]
	if known == nil {
		known = map[string]Tags{}
		all.byKeys[keys] = known
	}
	for _, g := range b.Groups {
		if name := g.sorted(); known[name] == nil {
			known[name] = g
		}
	}
	if b.Sparse {
		all.counts = append(all.counts, struct {
			keys   string
			groups int
		}{keys, len(b.Groups)})
	}
}

func keysName(keys []string) string { return Tags(keys).sorted() }

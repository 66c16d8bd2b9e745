package plan

import "ddmon/internal/object"

// Successors pairs deletions with creations of the same kind and title at another address, as after renaming a block. It
// returns indexes of Changes, of the creation by the deletion. Each creation succeeds at most one object: a creation at
// the address of a deposed object succeeds that one.
func (p *Plan) Successors() map[int]int {
	type label struct{ kind, title string }
	deposed, remains := make(map[object.Address]bool), make(map[object.Address]bool)
	for i := range p.Changes {
		c := &p.Changes[i]
		deposed[c.Address] = deposed[c.Address] || c.Deposed
		remains[c.Address] = remains[c.Address] || c.Action != Delete && c.Action != Blocked
	}
	free := make(map[label][]int)
	for i := range p.Changes {
		if c := &p.Changes[i]; c.Action == Create && !deposed[c.Address] {
			at := label{c.Address.Kind, c.Title}
			free[at] = append(free[at], i)
		}
	}
	pairs := make(map[int]int)
	for i := range p.Changes {
		c := &p.Changes[i]
		at := label{c.Address.Kind, c.Title}
		if c.Action == Delete && !(c.Deposed && remains[c.Address]) && len(free[at]) > 0 {
			pairs[i], free[at] = free[at][0], free[at][1:]
		}
	}
	return pairs
}

package behaviour

import (
	"slices"
	"strings"

	"ddmon/internal/monitor"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/replay"
)

// entry is a monitor of the stack on both sides of the plan.
type entry struct {
	change *plan.Change
	// name identifies the monitor in a replay.
	name string
	// previous is the address of the live monitor if the block was renamed.
	previous object.Address
	// before and after are nil on a side where the monitor does not exist.
	before, after *side
	// affected says that the monitor or one of its members changes.
	affected bool
}

// side is a live or a desired monitor.
type side struct {
	replay.Monitor
	view    *monitor.Monitor
	reads   queryData
	members []*entry // of a composite, if they are in the stack
}

// entries lists the monitors of a plan.
func entries(p *plan.Plan) []*entry {
	var list []*entry
	used := map[string]bool{}
	for i := range p.Changes {
		c := &p.Changes[i]
		if c.Address.Kind != "monitor" {
			continue
		}
		e := &entry{change: c, name: c.Address.String()}
		if c.Deposed || used[e.name] { // another monitor has this address
			e.name += " (" + c.ID + ")"
		}
		used[e.name] = true
		e.fill()
		list = append(list, e)
	}
	list = mergeRenamed(mergeDeposed(list))
	linkMembers(list)
	return list
}

// mergeDeposed uses a monitor deposed by an interrupted replacement as the live side of its successor, if the successor
// has none. Users see both as the same monitor.
func mergeDeposed(list []*entry) []*entry {
	byName := map[string]*entry{}
	for _, e := range list {
		byName[e.name] = e
	}
	return slices.DeleteFunc(list, func(e *entry) bool {
		successor := byName[e.change.Address.String()]
		if !e.change.Deposed || e.before == nil || successor == nil || successor.before != nil {
			return false
		}
		successor.before = newSide(successor.name, e.before.ID, e.before.Body, successor.change.Desired)
		return true
	})
}

// fill sets both sides. A monitor without a change, or with a blocked one, keeps its live side.
func (e *entry) fill() {
	c := e.change
	if c.Before != nil {
		e.before = newSide(e.name, c.ID, c.Before, c.SensitiveBefore())
	}
	switch c.Action {
	case plan.NoOp, plan.Blocked:
		e.after = e.before
		return
	case plan.Create, plan.Replace:
		e.after = newSide(e.name, "", c.After, c.Desired)
	case plan.Update:
		e.after = newSide(e.name, c.ID, c.After, c.Desired)
	case plan.Delete:
	}
	e.affected = true
}

// newSide returns a side. desired says which fields of the body are sensitive; for a live body, by their keys alone.
func newSide(name, id string, body map[string]any, desired *object.Object) *side {
	m := replay.Monitor{Address: name, ID: id, Body: body}
	if desired.HasSecrets() {
		m.Sensitive = desired
	}
	view := monitor.FromBody(body)
	return &side{Monitor: m, view: view, reads: newQueryData(view, body["query"])}
}

// linkMembers sets the members of composites and marks composites with an affected member as affected.
func linkMembers(list []*entry) {
	byName, byID, byNewID := map[string]*entry{}, map[string]*entry{}, map[string]*entry{}
	for _, e := range list {
		byName[e.name] = e
		if e.before != nil {
			byID[e.before.ID] = e
		}
		if e.after != nil && e.after.ID != "" {
			byNewID[e.after.ID] = e
		}
	}
	for _, e := range list {
		if e.before != nil {
			e.before.findMembers(byName, byID)
		}
		if e.after != nil && e.after != e.before {
			e.after.findMembers(byName, byNewID)
		}
	}
	for _, e := range list {
		for _, s := range []*side{e.before, e.after} {
			if s == nil {
				continue
			}
			for _, m := range s.members {
				e.affected = e.affected || m.affected
			}
		}
	}
}

// findMembers reads the ids and references in the query of a composite.
func (s *side) findMembers(byName, byID map[string]*entry) {
	if s.Body["type"] != "composite" {
		return
	}
	add := func(e *entry) {
		if e != nil {
			s.members = append(s.members, e)
		}
	}
	ids := func(text string) {
		for _, id := range strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' }) {
			add(byID[id])
		}
	}
	switch q := s.Body["query"].(type) {
	case string:
		ids(q)
	case object.Text:
		for _, part := range q {
			if part.Ref != nil {
				add(byName[part.Ref.String()])
			} else {
				ids(part.Literal)
			}
		}
	}
}

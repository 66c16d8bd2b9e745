package lint

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/object"
)

// member is a member of a composite monitor.
type member struct {
	id *ddquery.MonitorID
	// address is known for a reference, and for the ID of an object of the stack.
	address object.Address
	known   bool
	// reference reports that the query uses a reference instead of a hardcoded ID.
	reference bool
}

// members returns the members of a composite, or nil for other monitors.
func (p *pass) members(m *stackMonitor) []member {
	if m.query == nil {
		return nil
	}
	q, ok := m.query.Root.(*ddquery.CompositeQuery)
	if !ok {
		return nil
	}
	var members []member
	for _, id := range q.IDs() {
		e := member{id: id}
		if a, ok := p.ids.address[id.ID]; ok {
			e.address, e.known, e.reference = a, true, true
		} else if o := p.byID[id.ID]; o != nil {
			e.address, e.known = o.Address, true
		}
		members = append(members, e)
	}
	return members
}

// monitor returns the stack's monitor with this address, or nil.
func (p *pass) monitor(a object.Address) *stackMonitor { return p.byAddress[a] }

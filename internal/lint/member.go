package lint

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/object"
)

// member is a monitor that a composite's query names.
type member struct {
	id *ddquery.MonitorID
	// address is the member's if known: it is a reference, or the id of an object of the stack.
	address object.Address
	known   bool
	// reference says that it is not written as a number.
	reference bool
}

// members returns whom a composite's query names, nil for any other monitor.
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

// monitor returns the stack's monitor of an address, nil if there is none.
func (p *pass) monitor(a object.Address) *stackMonitor { return p.byAddress[a] }

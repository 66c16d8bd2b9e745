package expect

import (
	"slices"

	"ddmon/internal/ddquery"
	"ddmon/internal/object"
	"ddmon/internal/replay"
)

// monitorKind is the kind of object that is replayed.
const monitorKind = "monitor"

// Monitors returns the monitors of a stack in the form that is replayed, in the same order. A composite keeps the
// references to its members, which the replay finds by address.
func Monitors(objects []*object.Object) []replay.Monitor {
	var list []replay.Monitor
	for _, o := range objects {
		if o.Address.Kind == monitorKind {
			m := replay.Monitor{Address: o.Address.String(), ID: o.ID, Body: o.Body}
			if o.HasSecrets() {
				m.Sensitive = o
			}
			list = append(list, m)
		}
	}
	return list
}

// members returns the addresses of a composite's members in the order of its query; nil for any other monitor.
func members(m replay.Monitor, all []replay.Monitor) []string {
	if m.Body["type"] != "composite" {
		return nil
	}
	var list []string
	add := func(address string) {
		if !slices.Contains(list, address) {
			list = append(list, address)
		}
	}
	object.WalkRefs(m.Body["query"], func(_ object.Path, a object.Address) { add(a.String()) })
	query, _ := m.Body["query"].(string)
	parsed, err := ddquery.ParseMonitor("composite", query)
	if err != nil {
		return list
	}
	if root, ok := parsed.Root.(*ddquery.CompositeQuery); ok {
		for _, id := range root.IDs() {
			if i := slices.IndexFunc(all, func(m replay.Monitor) bool { return m.ID != "" && m.ID == id.ID }); i >= 0 {
				add(all[i].Address)
			}
		}
	}
	return list
}

// composites returns the addresses of the composites that have a monitor as a member.
func composites(address string, all []replay.Monitor) []string {
	var list []string
	for _, m := range all {
		if slices.Contains(members(m, all), address) {
			list = append(list, m.Address)
		}
	}
	return list
}

// withMembers returns the monitors with the addresses, and their members, in the order of all.
func withMembers(addresses []string, all []replay.Monitor) []replay.Monitor {
	wanted := map[string]bool{}
	for _, m := range all {
		if slices.Contains(addresses, m.Address) {
			wanted[m.Address] = true
			for _, member := range members(m, all) {
				wanted[member] = true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(m replay.Monitor) bool { return !wanted[m.Address] })
}

// resultOf returns the result of a monitor; nil if it was not replayed.
func resultOf(address string, res *replay.Result) *replay.MonitorResult {
	if res == nil {
		return nil
	}
	i := slices.IndexFunc(res.Monitors, func(m replay.MonitorResult) bool { return m.Address == address })
	if i < 0 {
		return nil
	}
	return &res.Monitors[i]
}

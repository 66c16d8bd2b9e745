package expect

import (
	"slices"
	"strings"

	"ddmon/internal/ddquery"
)

// groupChanges removes the grouping and, if there are several keys, each key.
func groupChanges(m *mutable) []change {
	keys := m.groupKeys()
	if len(keys) == 0 {
		return nil
	}
	list := []change{{field: "by", edit: func(m *mutable) (from, to string, ok bool) {
		keys := m.groupKeys()
		m.dropGroups(keys)
		return strings.Join(keys, ","), nothing, len(keys) > 0
	}}}
	for i := range keys {
		if len(keys) == 1 {
			break
		}
		list = append(list, change{field: "by", edit: func(m *mutable) (from, to string, ok bool) {
			keys := m.groupKeys()
			if i >= len(keys) {
				return "", "", false
			}
			m.dropGroups(keys[i : i+1])
			return strings.Join(keys, ","), strings.Join(slices.Delete(slices.Clone(keys), i, i+1), ","), true
		}})
	}
	return list
}

// groupings calls visit with the place of each grouping: the bytes [from, to) of a part and its keys.
func groupings(root ddquery.Node, visit func(from, to int, keys []*ddquery.Ident)) {
	ddquery.Walk(root, func(n ddquery.Node) bool {
		switch n := n.(type) {
		case *ddquery.Source:
			if n.By != nil {
				visit(n.Scope.End(), n.By.End(), n.By.Keys)
			}
		case *ddquery.Method:
			if n.Name.Name == "by" {
				visit(n.Pos(), n.End(), n.Keys())
			}
		}
		return true
	})
}

// groupKeys returns the keys of all groupings, each once.
func (m *mutable) groupKeys() []string {
	var keys []string
	add := func(key string) {
		if key != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for _, p := range m.fragments() {
		groupings(p.root, func(_, _ int, found []*ddquery.Ident) {
			for _, key := range found {
				add(key.Name)
			}
		})
	}
	variables, _ := m.options["variables"].([]any)
	for _, v := range variables {
		v, _ := v.(map[string]any)
		groups, _ := v["group_by"].([]any)
		for _, g := range groups {
			add(facetOf(g))
		}
	}
	return keys
}

func facetOf(group any) string {
	g, _ := group.(map[string]any)
	facet, _ := g["facet"].(string)
	return facet
}

// dropGroups removes keys from all groupings. Options that only a grouped monitor has are removed with the last one.
func (m *mutable) dropGroups(keys []string) {
	all := len(keys) == len(m.groupKeys())
	for _, p := range m.fragments() {
		var list []splice
		groupings(p.root, func(from, to int, found []*ddquery.Ident) { list = append(list, withoutKeys(from, to, found, keys)...) })
		p.set(spliced(p.text, list))
	}
	variables, _ := m.options["variables"].([]any)
	for i := range variables {
		v, _ := variables[i].(map[string]any)
		if groups, ok := v["group_by"].([]any); ok {
			m.variable(i)["group_by"] = slices.DeleteFunc(slices.Clone(groups), func(g any) bool { return slices.Contains(keys, facetOf(g)) })
		}
	}
	if all {
		for _, option := range []string{"new_group_delay", "new_host_delay", "group_retention_duration", "notify_by"} {
			delete(m.options, option)
		}
	}
}

// withoutKeys removes keys from one grouping, or all of it if no other key remains.
func withoutKeys(from, to int, found []*ddquery.Ident, keys []string) []splice {
	remaining := 0
	for _, key := range found {
		if !slices.Contains(keys, key.Name) {
			remaining++
		}
	}
	if remaining == 0 {
		return []splice{{from, to, ""}}
	}
	var list []splice
	for i, key := range found {
		switch {
		case !slices.Contains(keys, key.Name):
		case i < len(found)-1:
			list = append(list, splice{key.Pos(), found[i+1].Pos(), ""})
		default:
			list = append(list, splice{found[i-1].End(), key.End(), ""})
		}
	}
	return list
}

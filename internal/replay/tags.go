package replay

import (
	"slices"
	"strings"
)

// tagset is the tags of a group, key:value in the order of the keys of the query. The empty one is a simple alert's.
type tagset []string

// String is the group's name.
func (t tagset) String() string {
	if len(t) == 0 {
		return "*"
	}
	return strings.Join(t, ",")
}

// get returns the value of a key.
func (t tagset) get(key string) (string, bool) {
	for _, tag := range t {
		if k, v, _ := strings.Cut(tag, ":"); k == key {
			return v, true
		}
	}
	return "", false
}

// groupsOf returns the groups that tags belong to: none if a key is missing (Datadog shows such series as N/A and
// monitors leave them out), several if a key has several values. "*" groups by all tags.
func groupsOf(tags []string, keys []string, a *account) []tagset {
	if len(keys) == 1 && keys[0] == "*" {
		return []tagset{slices.Sorted(slices.Values(tags))}
	}
	groups := []tagset{{}}
	for _, key := range keys {
		var next []tagset
		for _, tag := range tags {
			a.spend(1)
			if k, _, _ := strings.Cut(tag, ":"); !strings.EqualFold(k, key) {
				continue
			}
			a.keep(len(groups), groupBytes)
			for _, g := range groups {
				next = append(next, append(slices.Clone(g), tag))
			}
		}
		groups = next
	}
	return groups
}

func keyOf(tag string) string {
	key, _, _ := strings.Cut(tag, ":")
	return key
}

package evaluate

import (
	"slices"
	"strings"
)

// Tags is the tags of a group, key:value in the order of the keys of the query. The empty one is a simple alert's.
type Tags []string

// String is the group's name.
func (t Tags) String() string {
	if len(t) == 0 {
		return "*"
	}
	return strings.Join(t, ",")
}

// Get returns the value of a key.
func (t Tags) Get(key string) (string, bool) {
	for _, tag := range t {
		if k, v, _ := strings.Cut(tag, ":"); k == key {
			return v, true
		}
	}
	return "", false
}

// GroupsOf returns the groups that tags belong to: none if a key is missing (Datadog shows such series as N/A and
// monitors leave them out), several if a key has several values. "*" groups by all tags.
func GroupsOf(tags []string, keys []string, a *Account) []Tags {
	if len(keys) == 1 && keys[0] == "*" {
		return []Tags{slices.Sorted(slices.Values(tags))}
	}
	groups := []Tags{{}}
	for _, key := range keys {
		var next []Tags
		for _, tag := range tags {
			a.Spend(1)
			if k, _, _ := strings.Cut(tag, ":"); !strings.EqualFold(k, key) {
				continue
			}
			a.Keep(len(groups), groupBytes)
			for _, g := range groups {
				next = append(next, append(slices.Clone(g), tag))
			}
		}
		groups = next
	}
	return groups
}

// KeyOf returns the key of a tag.
func KeyOf(tag string) string {
	key, _, _ := strings.Cut(tag, ":")
	return key
}

package evaluate

import (
	"slices"
	"strings"
)

// Tags are the tags of a group, key:value in the order of the query's group keys. A simple alert has no tags.
type Tags []string

// String returns the name of the group.
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

// GroupsOf returns the groups of a series with the given tags. The result is empty if a key is missing: Datadog shows
// the series as N/A, and monitors ignore it. A key with several values gives several groups. "*" groups by all tags.
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

// TagKey returns the key of a tag.
func TagKey(tag string) string {
	key, _, _ := strings.Cut(tag, ":")
	return key
}

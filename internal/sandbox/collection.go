package sandbox

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
)

// entry holds what reads of one object need.
type entry struct {
	id      string
	sortKey string // lists are sorted by it, then by id
	body    object // as stored; must not be changed
	// write writes the object as reads return it. Datadog returns sets in any order, and rotation selects one.
	write func(buf *bytes.Buffer, rotation uint64)
}

// collection is the index of one resource.
type collection struct {
	byID   map[string]*entry
	sorted []*entry
}

func newCollections() map[string]*collection {
	all := map[string]*collection{}
	for _, bucket := range optionalBuckets() {
		all[bucket] = &collection{byID: map[string]*entry{}}
	}
	return all
}

// copyCollections returns independent collections with the same entries.
func copyCollections(from map[string]*collection) map[string]*collection {
	all := map[string]*collection{}
	for bucket, c := range from {
		all[bucket] = &collection{byID: maps.Clone(c.byID), sorted: slices.Clone(c.sorted)}
	}
	return all
}

func (e *entry) compare(other *entry) int {
	return cmp.Or(cmp.Compare(e.sortKey, other.sortKey), cmp.Compare(e.id, other.id))
}

// set replaces the entry of an id. A nil entry removes it.
func (c *collection) set(id string, e *entry) {
	if old := c.byID[id]; old != nil {
		at, _ := slices.BinarySearchFunc(c.sorted, old, (*entry).compare)
		c.sorted = slices.Delete(c.sorted, at, at+1)
		delete(c.byID, id)
	}
	if e != nil {
		at, _ := slices.BinarySearchFunc(c.sorted, e, (*entry).compare)
		c.sorted = slices.Insert(c.sorted, at, e)
		c.byID[id] = e
	}
}

package sandbox

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
)

// entry answers reads of one object.
type entry struct {
	id      string
	sortKey string // lists are sorted by it, and objects with the same one by their ids
	body    object // as stored; it must not be changed
	// write writes the object as reads show it. Where Datadog answers a set in any order, turn selects one.
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

// copyCollections returns collections of the same entries that change independently.
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

// set replaces the entry of an id; nil removes it.
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

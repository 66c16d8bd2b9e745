package sandbox

import (
	"slices"
	"sync"
)

// index serves reads without the store. It holds the fields that lists filter by and the encoded bodies, so that
// listing 10,000 monitors by tag decodes none of them.
type index struct {
	mu           sync.RWMutex
	monitors     map[int64]*monitorEntry
	monitorIDs   []int64 // ascending
	dashboards   map[string]*dashboardEntry
	dashboardIDs []string // ascending
	// collections maps the bucket of a resource to its index.
	collections map[string]*collection
}

type monitorEntry struct {
	id     int64
	body   []byte // as stored
	item   []byte // as listed
	name   string // lower case
	tags   []string
	scopes []string
}

type dashboardEntry struct {
	body    []byte // as stored and as returned
	summary []byte
	deleted bool
}

func newIndex() *index {
	return &index{monitors: map[int64]*monitorEntry{}, dashboards: map[string]*dashboardEntry{}, collections: newCollections()}
}

// setMonitor replaces an entry. A nil entry removes it. The caller holds mu.
func (x *index) setMonitor(id int64, entry *monitorEntry) {
	at, known := slices.BinarySearch(x.monitorIDs, id)
	switch {
	case entry != nil && !known:
		x.monitorIDs = slices.Insert(x.monitorIDs, at, id)
	case entry == nil && known:
		x.monitorIDs = slices.Delete(x.monitorIDs, at, at+1)
	}
	if entry == nil {
		delete(x.monitors, id)
	} else {
		x.monitors[id] = entry
	}
}

func (x *index) monitor(id int64) *monitorEntry {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.monitors[id]
}

// setDashboard replaces an entry. The caller holds mu.
func (x *index) setDashboard(id string, entry *dashboardEntry) {
	x.dashboards[id] = entry
	if at, known := slices.BinarySearch(x.dashboardIDs, id); !known {
		x.dashboardIDs = slices.Insert(x.dashboardIDs, at, id)
	}
}

func (x *index) dashboard(id string) *dashboardEntry {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if entry := x.dashboards[id]; entry != nil && !entry.deleted {
		return entry
	}
	return nil
}

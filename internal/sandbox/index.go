package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// index answers reads without the store: what lists filter by, and bodies ready to be sent, so that listing
// 10,000 monitors by tag decodes none of them.
type index struct {
	mu         sync.RWMutex
	monitors   map[int64]*monitorEntry
	order      []int64 // ids of monitors, ascending
	dashboards map[string]*dashboardEntry
	titles     []string // ids of dashboards, ascending
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
	body    []byte // as stored and as got
	summary []byte
	deleted bool
}

func newIndex() *index {
	return &index{monitors: map[int64]*monitorEntry{}, dashboards: map[string]*dashboardEntry{}}
}

func (s *Server) loadIndex() error {
	for _, lookup := range []string{twinBucket, memberBucket} {
		err := s.store.each(lookup, func(_ string, value []byte) error { return json.Unmarshal(value, new([]int64)) })
		if err != nil {
			return errors.New("a list of ids in it cannot be read")
		}
	}
	err := s.store.each(monitorBucket, func(key string, value []byte) error {
		id, err := strconv.ParseInt(key, 10, 64)
		if err != nil {
			return fmt.Errorf("it has a monitor without a number: %q", key)
		}
		entry, err := newMonitorEntry(id, value)
		if err != nil || !utf8.Valid(value) {
			return fmt.Errorf("monitor %d in it cannot be read", id)
		}
		s.index.monitors[id] = entry
		s.index.order = append(s.index.order, id)
		return nil
	})
	if err != nil {
		return err
	}
	slices.Sort(s.index.order)
	err = s.store.each(dashboardBucket, func(key string, value []byte) error {
		entry, err := newDashboardEntry(value)
		if err != nil || !utf8.Valid(value) {
			return fmt.Errorf("dashboard %q in it cannot be read", key)
		}
		s.index.dashboards[key] = entry
		s.index.titles = append(s.index.titles, key)
		return nil
	})
	slices.Sort(s.index.titles)
	return err
}

// publishMonitor makes the index say what the store says about one id. It reads the store instead of being told,
// so that of two writers that finish at once the later one's object stays, whoever publishes last.
func (s *Server) publishMonitor(ctx context.Context, id int64) error {
	s.index.mu.Lock()
	defer s.index.mu.Unlock()
	return s.store.view(func(t tx) error {
		var entry *monitorEntry
		if value := t.get(monitorBucket, monitorKey(id)); value != nil {
			var err error
			if entry, err = newMonitorEntry(id, value); err != nil {
				return err
			}
		}
		s.enter(ctx, monitorKey(id), func(x *index) { x.setMonitor(id, entry) })
		return nil
	})
}

// setMonitor replaces an entry; nil removes it. The caller holds mu.
func (x *index) setMonitor(id int64, entry *monitorEntry) {
	at, known := slices.BinarySearch(x.order, id)
	switch {
	case entry != nil && !known:
		x.order = slices.Insert(x.order, at, id)
	case entry == nil && known:
		x.order = slices.Delete(x.order, at, at+1)
	}
	if entry == nil {
		delete(x.monitors, id)
	} else {
		x.monitors[id] = entry
	}
}

func newMonitorEntry(id int64, stored []byte) (*monitorEntry, error) {
	m, err := decodeObject(stored)
	if err != nil {
		return nil, err
	}
	return &monitorEntry{
		id:     id,
		body:   slices.Clone(stored),
		name:   strings.ToLower(text(m, "name")),
		tags:   texts(m["tags"]),
		scopes: scopes(text(m, "query")),
		item:   encode(listedMonitor(m)),
	}, nil
}

func (x *index) monitor(id int64) *monitorEntry {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.monitors[id]
}

// publishDashboard does for a dashboard what publishMonitor does for a monitor. Deleted ones stay: they can be
// restored.
func (s *Server) publishDashboard(ctx context.Context, id string) error {
	s.index.mu.Lock()
	defer s.index.mu.Unlock()
	return s.store.view(func(t tx) error {
		entry, err := newDashboardEntry(t.get(dashboardBucket, id))
		if err != nil {
			return err
		}
		s.enter(ctx, id, func(x *index) { x.setDashboard(id, entry) })
		return nil
	})
}

// setDashboard replaces an entry. The caller holds mu.
func (x *index) setDashboard(id string, entry *dashboardEntry) {
	x.dashboards[id] = entry
	if at, known := slices.BinarySearch(x.titles, id); !known {
		x.titles = slices.Insert(x.titles, at, id)
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

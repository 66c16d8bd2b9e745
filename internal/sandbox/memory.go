package sandbox

import (
	"maps"
	"slices"
	"sync"
)

// memoryStore is a store in memory.
type memoryStore struct {
	mu      sync.RWMutex
	buckets map[string]map[string][]byte
	numbers map[string]uint64
}

func newMemoryStore() *memoryStore {
	s := &memoryStore{buckets: map[string]map[string][]byte{}, numbers: map[string]uint64{}}
	for _, name := range buckets() {
		s.buckets[name] = map[string][]byte{}
	}
	return s
}

// copy returns an independent store with the same content. The stores share values, because a stored value never
// changes.
func (s *memoryStore) copy() *memoryStore {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := &memoryStore{buckets: make(map[string]map[string][]byte, len(s.buckets)), numbers: maps.Clone(s.numbers)}
	for name, bucket := range s.buckets {
		out.buckets[name] = maps.Clone(bucket)
	}
	return out
}

func (s *memoryStore) update(f func(tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := &memoryTx{store: s, pending: map[memoryKey][]byte{}}
	if err := f(t); err != nil {
		return err
	}
	for k, value := range t.pending {
		if value == nil {
			delete(s.buckets[k.bucket], k.key)
		} else {
			s.buckets[k.bucket][k.key] = value
		}
	}
	return nil
}

func (s *memoryStore) view(f func(tx) error) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return f(&memoryTx{store: s})
}

func (s *memoryStore) each(bucket string, visit func(string, []byte) error) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for key, value := range s.buckets[bucket] {
		if err := visit(key, value); err != nil {
			return err
		}
	}
	return nil
}

func (s *memoryStore) failure() error { return nil }

func (s *memoryStore) failed() <-chan struct{} { return nil }

func (s *memoryStore) close() error { return nil }

type memoryKey struct{ bucket, key string }

// memoryTx keeps writes pending until the function succeeds. A nil value is a removal.
type memoryTx struct {
	store   *memoryStore
	pending map[memoryKey][]byte
}

func (t *memoryTx) get(bucket, key string) []byte {
	if value, written := t.pending[memoryKey{bucket, key}]; written {
		return value
	}
	return t.store.buckets[bucket][key]
}

func (t *memoryTx) put(bucket, key string, value []byte) error {
	t.pending[memoryKey{bucket, key}] = slices.Clone(value)
	return nil
}

func (t *memoryTx) remove(bucket, key string) error {
	t.pending[memoryKey{bucket, key}] = nil
	return nil
}

// next is not undone if the function fails: skipped numbers are harmless, repeated numbers are not.
func (t *memoryTx) next(bucket string) (uint64, error) {
	t.store.numbers[bucket]++
	return t.store.numbers[bucket], nil
}

package ddapi

import "sync"

// keyed is a map from keys to values, which start as zero values. The zero value is ready to use.
type keyed[T any] struct {
	mu  sync.Mutex
	all map[string]*T
}

func (k *keyed[T]) of(key string) *T {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.all == nil {
		k.all = make(map[string]*T)
	}
	if k.all[key] == nil {
		k.all[key] = new(T)
	}
	return k.all[key]
}

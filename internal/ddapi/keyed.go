package ddapi

import "sync"

// keyed holds a T for each key, its zero value at first. It is ready for use as it is.
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

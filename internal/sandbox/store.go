package sandbox

import (
	"errors"
	"time"
)

// ErrInUse is the error that Open wraps if another process uses the file.
var ErrInUse = errors.New("in use by another process")

// The buckets: objects by id, and two lookups that every transaction must keep consistent with the objects. The names
// are part of the file format.
const (
	monitorBucket   = "monitors"
	dashboardBucket = "dashboards"
	duplicateBucket = "twins"   // identity of a monitor -> ids of the monitors that have it
	memberBucket    = "members" // id of a monitor -> ids of the composites that refer to it
	widgetBucket    = "widgets" // only its sequence is used
	sloBucket       = "slos"
	downtimeBucket  = "downtimes"
)

// requiredBuckets returns the buckets that every file has.
func requiredBuckets() []string {
	return []string{monitorBucket, dashboardBucket, duplicateBucket, memberBucket, widgetBucket}
}

// optionalBuckets returns the buckets that the first write creates, so that opening a file of an older version does not
// change it.
func optionalBuckets() []string { return []string{sloBucket, downtimeBucket} }

// buckets returns all buckets that a file can have.
func buckets() []string { return append(requiredBuckets(), optionalBuckets()...) }

// tx is a transaction. Its changes become visible when its function succeeds, and are discarded if it fails.
type tx interface {
	get(bucket, key string) []byte
	put(bucket, key string, value []byte) error
	remove(bucket, key string) error
	// next returns the next number of the bucket, starting at 1. It never returns the same number twice.
	next(bucket string) (uint64, error)
}

// store is a transactional key-value store with buckets.
type store interface {
	// update returns when the transaction is durable. The function can be called more than once.
	update(func(tx) error) error
	view(func(tx) error) error
	each(bucket string, visit func(key string, value []byte) error) error
	// failure returns why writes are no longer possible, or nil. The channel of failed is closed in that case. It can be
	// nil.
	failure() error
	failed() <-chan struct{}
	close() error
}

func openStore(path string, wait time.Duration) (store, error) {
	if path == "" {
		return newMemoryStore(), nil
	}
	return openFile(path, wait)
}

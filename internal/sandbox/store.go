package sandbox

import (
	"errors"
	"time"
)

// ErrInUse is wrapped by Open's error when another process holds the file.
var ErrInUse = errors.New("in use by another process")

// The buckets: objects by id, and two lookups that must agree with them in every transaction.
const (
	monitorBucket   = "monitors"
	dashboardBucket = "dashboards"
	duplicateBucket = "twins"   // identity of a monitor -> ids that have it
	memberBucket    = "members" // id of a monitor -> ids of the composites that refer to it
	widgetBucket    = "widgets" // only its sequence is used
	sloBucket       = "slos"
	downtimeBucket  = "downtimes"
)

// requiredBuckets are in every file.
func requiredBuckets() []string {
	return []string{monitorBucket, dashboardBucket, duplicateBucket, memberBucket, widgetBucket}
}

// optionalBuckets are made when something is first put into them, so that opening the file of an older ddmon does not change it.
func optionalBuckets() []string { return []string{sloBucket, downtimeBucket} }

// buckets are all that a file may have.
func buckets() []string { return append(requiredBuckets(), optionalBuckets()...) }

// tx is one transaction. Nothing it did is seen by others before it ends, and nothing if its function fails.
type tx interface {
	get(bucket, key string) []byte
	put(bucket, key string, value []byte) error
	remove(bucket, key string) error
	// next is the bucket's next number, from 1, never the same twice.
	next(bucket string) (uint64, error)
}

// store keeps buckets of keys.
type store interface {
	// update returns after the transaction is durable. The function may be called more than once.
	update(func(tx) error) error
	view(func(tx) error) error
	each(bucket string, visit func(key string, value []byte) error) error
	// failure returns why nothing can be written any more, or nil; failed is closed then. A nil channel never is.
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

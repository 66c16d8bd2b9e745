package sandbox

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// ErrInUse is wrapped by Open's error when another process holds the file.
var ErrInUse = errors.New("in use by another process")

// The buckets: objects by id, and two lookups that must agree with them in every transaction.
const (
	monitorBucket   = "monitors"
	dashboardBucket = "dashboards"
	twinBucket      = "twins"   // identity of a monitor -> ids that have it
	memberBucket    = "members" // id of a monitor -> ids of the composites that refer to it
	widgetBucket    = "widgets" // only its sequence is used
)

func buckets() []string {
	return []string{monitorBucket, dashboardBucket, twinBucket, memberBucket, widgetBucket}
}

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
	close() error
}

// batchDelay is how long a write waits for others to share its fsync.
const batchDelay = 2 * time.Millisecond

func openStore(path string, wait time.Duration) (store, error) {
	if path == "" {
		return newMemoryStore(), nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("making the sandbox's folder: %w", err)
	}
	// bbolt reads a timeout of zero as "wait for ever".
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: max(wait, time.Millisecond)})
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, fmt.Errorf("the sandbox file %s is %w: wait until that process has ended, stop it, or use another file", path, ErrInUse)
	}
	if errors.Is(err, bolterrors.ErrInvalid) || errors.Is(err, bolterrors.ErrChecksum) || errors.Is(err, bolterrors.ErrVersionMismatch) {
		return nil, fmt.Errorf("%s is no sandbox file (%w): name another file, or remove it to start with an empty sandbox", path, err)
	}
	if err != nil {
		return nil, fmt.Errorf("opening the sandbox file: %w", err)
	}
	db.MaxBatchDelay = batchDelay
	if err := db.Update(makeBuckets); err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("preparing the sandbox file %s: %w", path, err)
	}
	return &boltStore{db}, nil
}

func makeBuckets(t *bolt.Tx) error {
	for _, name := range buckets() {
		if _, err := t.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return nil
}

type boltStore struct{ db *bolt.DB }

func (s *boltStore) update(f func(tx) error) error {
	return s.db.Batch(func(t *bolt.Tx) error { return f(boltTx{t}) })
}

func (s *boltStore) view(f func(tx) error) error {
	return s.db.View(func(t *bolt.Tx) error { return f(boltTx{t}) })
}

func (s *boltStore) each(bucket string, visit func(string, []byte) error) error {
	return s.db.View(func(t *bolt.Tx) error {
		return t.Bucket([]byte(bucket)).ForEach(func(k, v []byte) error { return visit(string(k), v) })
	})
}

func (s *boltStore) close() error { return s.db.Close() }

type boltTx struct{ t *bolt.Tx }

func (b boltTx) get(bucket, key string) []byte { return b.t.Bucket([]byte(bucket)).Get([]byte(key)) }

func (b boltTx) put(bucket, key string, value []byte) error {
	return b.t.Bucket([]byte(bucket)).Put([]byte(key), value)
}

func (b boltTx) remove(bucket, key string) error {
	return b.t.Bucket([]byte(bucket)).Delete([]byte(key))
}

func (b boltTx) next(bucket string) (uint64, error) { return b.t.Bucket([]byte(bucket)).NextSequence() }

package sandbox

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"ddmon/internal/routine"
)

// fileStore is a store in a file. It accepts no more writes after a write failed for a reason other than its own
// function, or after a part of the file could not be read: bbolt's state can then differ from the file.
type fileStore struct {
	db     *bolt.DB
	path   string
	handle *os.File // bbolt's, to close the file if bbolt cannot
	commit func(func(*bolt.Tx) error) error
	queue  chan *queued
	// closing is closed to stop the writer. The writer closes ended.
	closing, ended chan struct{}
	closed         sync.Once

	mu       sync.Mutex
	broken   error
	failures chan struct{} // closed when broken is set
	stuck    bool          // bbolt can hold a lock forever
}

// openFile opens a file store, and creates the file if it does not exist.
func openFile(path string, wait time.Duration) (*fileStore, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("creating the folder of the sandbox file: %w", err)
	}
	if err := checkFile(path, wait); err != nil {
		return nil, err
	}
	s := &fileStore{path: path, queue: make(chan *queued), closing: make(chan struct{}), ended: make(chan struct{}),
		failures: make(chan struct{})}
	err := catchPanics(func() (err error) {
		s.db, err = bolt.Open(path, 0o600, &bolt.Options{Timeout: lockWait(wait), OpenFile: s.openHandle})
		if err == nil {
			err = createBuckets(s.db)
		}
		return err
	})
	if err != nil {
		s.releaseFile()
		return nil, openError(path, err)
	}
	s.commit = s.db.Update
	routine.Start(s.write)
	return s, nil
}

func (s *fileStore) openHandle(name string, flag int, mode os.FileMode) (file *os.File, err error) {
	s.handle, err = os.OpenFile(name, flag, mode)
	return s.handle, err
}

// lockWait is how long bbolt waits for another process. bbolt would wait forever with a timeout of 0.
func lockWait(wait time.Duration) time.Duration { return max(wait, time.Millisecond) }

// checkFile checks a file before bbolt opens it for writing, and does not change it. No other process can write to the
// file during the check.
func checkFile(path string, wait time.Duration) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return openError(path, err)
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s is not a file: use another path for the sandbox", path)
	case info.Size() == 0:
		return nil
	}
	file, err := os.Open(path)
	if err != nil {
		return openError(path, err)
	}
	defer func() { _ = file.Close() }() // read-only
	if _, err := newestMeta(file, info.Size()); err != nil {
		return openError(path, &damageError{err}) // bbolt could not open the file either
	}
	err = catchPanics(func() error {
		db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: lockWait(wait), ReadOnly: true})
		if err != nil {
			return err
		}
		defer func() { _ = db.Close() }() // read-only
		if info, err = file.Stat(); err != nil {
			return err
		}
		if err := verify(file, info.Size()); err != nil {
			return &damageError{err}
		}
		return nil
	})
	if err != nil {
		return openError(path, err)
	}
	return nil
}

// openError adds to an error what is wrong with the file and what to do.
func openError(path string, err error) error {
	const advice = "move it away to keep it, or delete it to start with an empty sandbox"
	var damage *damageError
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return fmt.Errorf("the sandbox file %s is %w: wait for that process to end, or stop it. If it is `ddmon sandbox "+
			"serve`, use its address as DD_HOST in place of --sandbox", path, ErrInUse)
	case errors.Is(err, errNotSandbox), errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum),
		errors.Is(err, bolterrors.ErrVersionMismatch):
		return fmt.Errorf("%s is not a sandbox file (%w): use another file, or %s", path, errNotSandbox, advice)
	case errors.As(err, &damage):
		return fmt.Errorf("the sandbox file %s is damaged (%w): %s", path, err, advice)
	}
	return fmt.Errorf("opening the sandbox file %s: %w", path, err)
}

// createBuckets creates the required buckets that are missing. It does not write to a file that has all of them.
func createBuckets(db *bolt.DB) error {
	complete := true
	err := db.View(func(t *bolt.Tx) error {
		for _, name := range requiredBuckets() {
			complete = complete && t.Bucket([]byte(name)) != nil
		}
		return nil
	})
	if err != nil || complete {
		return err
	}
	return db.Update(func(t *bolt.Tx) error {
		for _, name := range requiredBuckets() {
			if _, err := t.CreateBucketIfNotExists([]byte(name)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *fileStore) view(f func(tx) error) error {
	return s.read(func(t *bolt.Tx) error { return f(boltTx{t}) })
}

func (s *fileStore) each(bucket string, visit func(string, []byte) error) error {
	return s.read(func(t *bolt.Tx) error {
		found := t.Bucket([]byte(bucket))
		if found == nil {
			return nil
		}
		return found.ForEach(func(k, v []byte) error { return visit(string(k), v) })
	})
}

func (s *fileStore) read(f func(*bolt.Tx) error) error {
	if s.isStuck() {
		return s.failure()
	}
	err := catchPanics(func() error { return s.db.View(f) })
	if damage := (*damageError)(nil); errors.As(err, &damage) {
		return s.fail(openError(s.path, err), true)
	}
	return err
}

// fail stops all further writes. It returns the error that stopped them first.
func (s *fileStore) fail(err error, stuck bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stuck = s.stuck || stuck
	if s.broken == nil {
		s.broken = err
		close(s.failures)
	}
	return s.broken
}

func (s *fileStore) failure() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.broken
}

func (s *fileStore) failed() <-chan struct{} { return s.failures }

func (s *fileStore) isStuck() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stuck
}

func (s *fileStore) close() (err error) {
	s.closed.Do(func() {
		close(s.closing)
		<-s.ended
		if s.isStuck() {
			s.releaseFile()
			return
		}
		err = s.db.Close()
	})
	return err
}

// releaseFile closes the file without bbolt, which also releases the file lock.
func (s *fileStore) releaseFile() {
	if s.handle != nil {
		_ = s.handle.Close() // no writes are pending
	}
}

// damageError reports that a part of the file is damaged.
type damageError struct{ why error }

func (e *damageError) Error() string { return e.why.Error() }
func (e *damageError) Unwrap() error { return e.why }

// catchPanics runs a function that uses bbolt. A panic or a missing page of the memory-mapped file becomes a
// damageError instead of ending the process.
func catchPanics(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if reason := recover(); reason != nil {
			err = &damageError{errors.New("part of the file cannot be read")}
		}
	}()
	return f()
}

type boltTx struct{ t *bolt.Tx }

func (b boltTx) get(bucket, key string) []byte {
	found := b.t.Bucket([]byte(bucket))
	if found == nil {
		return nil
	}
	return found.Get([]byte(key))
}

func (b boltTx) put(bucket, key string, value []byte) error {
	found, err := b.ensureBucket(bucket)
	if err != nil {
		return err
	}
	return found.Put([]byte(key), value)
}

func (b boltTx) remove(bucket, key string) error {
	found := b.t.Bucket([]byte(bucket))
	if found == nil {
		return nil
	}
	return found.Delete([]byte(key))
}

func (b boltTx) next(bucket string) (uint64, error) {
	found, err := b.ensureBucket(bucket)
	if err != nil {
		return 0, err
	}
	return found.NextSequence()
}

// ensureBucket returns a bucket, and creates it if it does not exist.
func (b boltTx) ensureBucket(bucket string) (*bolt.Bucket, error) {
	if found := b.t.Bucket([]byte(bucket)); found != nil {
		return found, nil
	}
	return b.t.CreateBucket([]byte(bucket))
}

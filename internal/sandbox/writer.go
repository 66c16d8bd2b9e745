package sandbox

import (
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// queued is a transaction that is waiting for the writer.
type queued struct {
	do   func(tx) error
	done chan error
}

// maxBatch is the maximum number of transactions that share one fsync.
const maxBatch = 1000

func (s *fileStore) update(f func(tx) error) error {
	q := &queued{do: f, done: make(chan error, 1)}
	select {
	case s.queue <- q:
		return s.await(q)
	case <-s.closing:
		return errClosed
	case <-s.ended: // the writer failed
		return errClosed
	}
}

// await waits for the result of a transaction. If the writer failed, there might be no result.
func (s *fileStore) await(q *queued) error {
	select {
	case err := <-q.done:
		return err
	case <-s.ended:
	}
	select {
	case err := <-q.done:
		return err
	default:
		return errClosed
	}
}

var errClosed = errors.New("the sandbox is closed")

// write is the only goroutine that changes the file. The transactions that are queued while it waits for the disk
// become the next batch, as in bbolt's own Batch. That cannot be used, because an unreadable page would end the
// process.
func (s *fileStore) write() error {
	defer close(s.ended)
	for {
		select {
		case first := <-s.queue:
			for batch := s.batch(first); len(batch) > 0; {
				batch = s.try(batch)
			}
		case <-s.closing:
			return nil
		}
	}
}

// batch returns the first transaction and all others that are already queued.
func (s *fileStore) batch(first *queued) []*queued {
	batch := []*queued{first}
	for len(batch) < maxBatch {
		select {
		case next := <-s.queue:
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

// try runs a batch and reports the results. If a transaction fails, try reports only that result and returns the
// others, which must run again without it.
func (s *fileStore) try(batch []*queued) (again []*queued) {
	failed := -1
	err := s.failure()
	if err == nil {
		err = s.transact(batch, &failed)
	}
	if failed >= 0 {
		batch[failed].done <- err
		return append(batch[:failed:failed], batch[failed+1:]...)
	}
	for _, q := range batch {
		q.done <- err
	}
	return nil
}

// transact runs a batch as one transaction. It sets failed to the index of the transaction whose function failed. After
// any other error it stops all further writes.
func (s *fileStore) transact(batch []*queued, failed *int) error {
	err := catchPanics(func() error {
		return s.commit(func(t *bolt.Tx) error {
			for i, q := range batch {
				if err := q.do(boltTx{t}); err != nil {
					*failed = i
					return err
				}
			}
			return nil
		})
	})
	if damage := (*damageError)(nil); errors.As(err, &damage) {
		*failed = -1
		return s.fail(openError(s.path, err), true)
	}
	if err != nil && *failed < 0 {
		return s.fail(fmt.Errorf("cannot write the sandbox file %s: %w. Confirmed writes are saved: free up disk space, then restart the "+
			"sandbox", s.path, err), false)
	}
	return err
}

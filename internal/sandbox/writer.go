package sandbox

import (
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// queued is a transaction that waits for the writer.
type queued struct {
	do   func(tx) error
	done chan error
}

// maxBatch is how many transactions share one fsync at most.
const maxBatch = 1000

func (s *fileStore) update(f func(tx) error) error {
	q := &queued{do: f, done: make(chan error, 1)}
	select {
	case s.queue <- q:
		return s.await(q)
	case <-s.closing:
		return errClosed
	case <-s.ended: // by a fault
		return errClosed
	}
}

// await waits for what the writer says of a transaction. A writer that ended by a fault may have left it without an
// answer.
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

// write is the writer: the one goroutine that changes the file. What is queued while it waits for the disk becomes the next
// transaction, as in bbolt's own Batch; but there a page that cannot be read would end the process.
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

// batch returns what is queued already.
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

// try carries out a batch and answers those in it, but if one of them fails only that one: the others, which it returns,
// have to be done again without it.
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

// transact carries out a batch as one transaction. It sets failed to the one whose function failed, and otherwise ends
// writing if there is an error.
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
		return s.fail(fmt.Errorf("the sandbox file %s cannot be written: %w. What was confirmed before is in it: make room, then start "+
			"the sandbox again", s.path, err), false)
	}
	return err
}

package ddapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
)

// The limits of a response. They are far above what Datadog sends (a page of 1,000 monitors has 2 to 10 MB, a large
// dashboard less than 1 MB), and low enough to protect against a server that never stops sending.
const (
	// maxBody is the maximum size of a successful response's body in bytes, after decompression.
	maxBody = 64 << 20
	// maxObject is the maximum size of one object: the whole body, or one item of a list.
	maxObject = 16 << 20
	// maxErrorBody is the maximum size of an error response's body.
	maxErrorBody = 1 << 20
	// maxHeader is the maximum size of the response headers.
	maxHeader = 256 << 10
	// maxWeight is the maximum memory of one object in bytes; see responseReader.weight.
	maxWeight = 64 << 20
	// smallWeight is the maximum memory of an object that is read in parallel with others. Larger ones are read one at
	// a time.
	smallWeight = 2 << 20
	// maxListWeight is the maximum memory of all objects in one list: 50,000 monitors of usual size. maxMatchWeight is
	// the same for lists that should have only a few objects.
	maxListWeight  = 512 << 20
	maxMatchWeight = 32 << 20
	// maxPages is the maximum number of pages of a list.
	maxPages = 1000
	// maxDepth is the maximum nesting. A dashboard needs about 15 levels.
	maxDepth = 100
)

// limitError reports the limit that a response exceeds: "is longer than 64 MB".
type limitError struct{ what string }

func (e *limitError) Error() string { return "the response " + e.what }

func exceeds(format string, args ...any) error { return &limitError{fmt.Sprintf(format, args...)} }

// megabytes formats a limit.
func megabytes(n int64) string { return fmt.Sprintf("%d MB", n>>20) }

// meter is a reader that enforces the limits of a response, and keeps its first bytes for errors.
type meter struct {
	from   io.Reader
	limit  int64 // of the whole response, in bytes
	total  int64 // bytes read so far
	object int64 // bytes since the last object ended
	kept   []byte
	err    error // why reading ended, other than the end of the response or a limit
	// exclusive waits until this is the only large response being read; nil once it is.
	exclusive func() error
}

// keptBytes is how many of the first bytes of a response are kept for errors.
const keptBytes = 300

// readAhead is how many bytes are read at once. They can extend beyond the current object.
const readAhead = 32 << 10

// readSome reads the bytes that have arrived. In a large object it waits for more: the decoder rescans a number from
// its beginning with every read, and a server could send it byte by byte.
func (m *meter) readSome(p []byte) (n int, err error) {
	if m.object <= 2*readAhead {
		return m.from.Read(p[:min(len(p), readAhead)])
	}
	p = p[:min(int64(len(p)), max(readAhead, m.object/8))]
	for n < len(p) && err == nil {
		var more int
		more, err = m.from.Read(p[n:])
		n += more
	}
	return n, err
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.readSome(p)
	if room := keptBytes - len(m.kept); room > 0 {
		m.kept = append(m.kept, p[:min(n, room)]...)
	}
	m.total += int64(n)
	m.object += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		m.err = err
	}
	switch {
	case m.total > m.limit:
		return 0, exceeds("is longer than %s", megabytes(m.limit))
	case m.object > maxObject:
		return 0, exceeds("contains an object longer than %s", megabytes(maxObject))
	}
	if limit := m.allow(m.object); limit != nil {
		return 0, limit
	}
	return n, err
}

// allow waits until an object of this weight can be read further.
func (m *meter) allow(weight int64) error {
	if weight > maxWeight {
		return exceeds("contains an object that needs more than %s of memory", megabytes(maxWeight))
	}
	if weight <= smallWeight || m.exclusive == nil {
		return nil
	}
	if err := m.exclusive(); err != nil {
		m.err = err
		return err
	}
	m.exclusive = nil
	return nil
}

// semaphore limits how many large responses are read at a time. Unlike with a mutex, waiting can be cancelled.
type semaphore chan struct{}

// acquire waits until the semaphore is free or the context is done.
func (s semaphore) acquire(ctx context.Context) (release func(), err error) {
	select {
	case s <- struct{}{}:
		return func() { <-s }, nil
	case <-ctx.Done():
		return func() {}, ctx.Err()
	}
}

// memoryLimit limits the memory of several objects together. It is safe for concurrent use.
type memoryLimit struct {
	limit int64
	spent atomic.Int64
}

func newMemoryLimit(limit int64) *memoryLimit { return &memoryLimit{limit: limit} }

// spend counts the memory of objects that are kept.
func (a *memoryLimit) spend(weight int64) { a.spent.Add(weight) }

// check returns an error if objects of this weight exceed the limit.
func (a *memoryLimit) check(weight int64) error {
	if a.spent.Load()+weight > a.limit {
		return exceeds("needs, together with earlier responses, more than %s of memory", megabytes(a.limit))
	}
	return nil
}

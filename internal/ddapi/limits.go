package ddapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
)

// The limits of an answer. They are far above what Datadog sends (a page of 1,000 monitors has 2 to 10 MB, a large
// dashboard less than one) and low enough that a server that sends without end costs neither memory nor time.
const (
	// maxBody is how long the body of a success may be, in bytes, after decompression.
	maxBody = 64 << 20
	// maxObject is how long one object may be: the whole body, or one item of a list.
	maxObject = 16 << 20
	// maxErrorBody is how long the body of an error may be.
	maxErrorBody = 1 << 20
	// maxHeader is how long the headers of an answer may be.
	maxHeader = 256 << 10
	// maxWeight is how much memory one object may need, in bytes; see reading.weight.
	maxWeight = 64 << 20
	// smallWeight is how much memory an object may need while others are read at the same time. Of larger ones one is
	// read after the other.
	smallWeight = 2 << 20
	// maxListWeight is how much memory all objects together may need that one list returns: 50,000 monitors of usual
	// size. maxMatchWeight is the same where only a few are expected.
	maxListWeight  = 512 << 20
	maxMatchWeight = 32 << 20
	// maxPages is how many pages one list may have.
	maxPages = 1000
	// maxDepth is how deep an answer may be nested. A dashboard needs about 15.
	maxDepth = 100
)

// limitError says which limit an answer exceeds, as the end of a sentence about it: "is longer than 64 MB".
type limitError struct{ what string }

func (e *limitError) Error() string { return "the answer " + e.what }

func exceeds(format string, args ...any) error { return &limitError{fmt.Sprintf(format, args...)} }

// megabytes writes a limit for people.
func megabytes(n int64) string { return fmt.Sprintf("%d MB", n>>20) }

// meter passes on the text of an answer up to its limits, and keeps the first bytes for an error.
type meter struct {
	from   io.Reader
	limit  int64 // of the whole text, in bytes
	total  int64 // bytes read so far
	object int64 // of them, those since the last object ended
	kept   []byte
	err    error // why reading ended, if neither by the end of the answer nor by a limit
	// alone waits until this is the only large answer being read; nil once it is.
	alone func() error
}

// keptBytes is how much of the beginning of an answer is kept for an error.
const keptBytes = 300

// readAhead is how much is read at once, in bytes, which may be more than the object being read has.
const readAhead = 32 << 10

// readSome reads what has arrived. In a large object it waits for a part of its size: the decoder scans a number from its
// beginning whenever more has come, and a server could send it byte by byte.
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
		return 0, exceeds("holds an object longer than %s", megabytes(maxObject))
	}
	if limit := m.allow(m.object); limit != nil {
		return 0, limit
	}
	return n, err
}

// allow returns once an object of this weight may be read on.
func (m *meter) allow(weight int64) error {
	if weight > maxWeight {
		return exceeds("holds an object that needs more than %s of memory", megabytes(maxWeight))
	}
	if weight <= smallWeight || m.alone == nil {
		return nil
	}
	if err := m.alone(); err != nil {
		m.err = err
		return err
	}
	m.alone = nil
	return nil
}

// turns lets one large answer after the other be read. It is a semaphore of one, so that waiting can be cut short.
type turns chan struct{}

// take waits for a turn until the context is done. It returns a function that gives the turn back.
func (t turns) take(ctx context.Context) (giveBack func(), err error) {
	select {
	case t <- struct{}{}:
		return func() { <-t }, nil
	case <-ctx.Done():
		return func() {}, ctx.Err()
	}
}

// allowance is what is left of a limit on the memory of several objects. It is safe for concurrent use.
type allowance struct {
	limit int64
	spent atomic.Int64
}

func newAllowance(limit int64) *allowance { return &allowance{limit: limit} }

// spend counts the memory of objects that stay.
func (a *allowance) spend(weight int64) { a.spent.Add(weight) }

// allows reports as an error that there is no room for objects of this weight.
func (a *allowance) allows(weight int64) error {
	if a.spent.Load()+weight > a.limit {
		return exceeds("needs, with those before it, more than %s of memory", megabytes(a.limit))
	}
	return nil
}

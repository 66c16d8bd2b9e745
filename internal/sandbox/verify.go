package sandbox

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"slices"
)

// bbolt maps its file into memory and trusts it: a damaged page can make it access invalid memory or recurse until the
// stack overflows, and the process cannot recover from either. So verify checks the structure of the file first, with
// ordinary reads. These constants describe bbolt's file format, version 2, which has not changed since 2013.
const (
	boltMagic   = 0xED0CDAED
	boltVersion = 2

	pageHeaderSize   = 16
	elementSize      = 16
	bucketHeaderSize = 16
	metaSize         = 64

	branchPage   = 0x01
	leafPage     = 0x02
	freelistPage = 0x10

	bucketElement = 0x01
	noFreelist    = ^uint64(0)
	// maxDepth is far above the depth of any tree that fits on a disk.
	maxDepth = 40
)

// errNotSandbox reports that a file is not a sandbox file.
var errNotSandbox = errors.New("not created by ddmon")

// verifier walks the pages of the latest transaction in the file.
type verifier struct {
	file     io.ReaderAt
	pageSize uint64
	pages    uint64          // the number of pages in use; all page ids are lower
	seen     map[uint64]bool // pages reached so far
}

// verify checks that every page can be read and is consistent with the pages that refer to it, so that bbolt can use
// the file safely.
func verify(file io.ReaderAt, size int64) error {
	m, err := newestMeta(file, size)
	if err != nil {
		return err
	}
	v := &verifier{file: file, pageSize: uint64(m.pageSize), pages: m.pages, seen: map[uint64]bool{}}
	if v.pages > uint64(size)/v.pageSize {
		return fmt.Errorf("the file is truncated: it has %d bytes, expected at least %d", size, v.pages*v.pageSize)
	}
	if err := v.freelist(m.freelist); err != nil {
		return err
	}
	return v.tree(m.root, span{}, 0, true)
}

// meta holds the relevant fields of a meta page.
type meta struct {
	pageSize              uint32
	root, freelist, pages uint64
	transaction           uint64
}

// newestMeta reads the two meta pages, which bbolt writes alternately, and returns the later one. If one is damaged,
// bbolt would silently continue from the older state and lose the last writes, so newestMeta returns an error.
func newestMeta(file io.ReaderAt, size int64) (meta, error) {
	first, err := readMeta(file, 0)
	if err != nil {
		// The second meta page follows a page of unknown size. These are the sizes that bbolt tries.
		for n := int64(1024); n <= 16<<20 && n < size-1024; n <<= 1 {
			if _, err := readMeta(file, n); err == nil {
				return meta{}, errHeader
			}
		}
		return meta{}, errNotSandbox
	}
	if size < 2*int64(first.pageSize) {
		return meta{}, errors.New("the file is truncated")
	}
	second, err := readMeta(file, int64(first.pageSize))
	if err != nil || second.pageSize != first.pageSize {
		return meta{}, errHeader
	}
	if second.transaction > first.transaction {
		return second, nil
	}
	return first, nil
}

// errHeader reports that one of the two meta pages is damaged.
var errHeader = errors.New("one of the two file headers is invalid")

func readMeta(file io.ReaderAt, offset int64) (meta, error) {
	raw := make([]byte, pageHeaderSize+metaSize)
	if _, err := file.ReadAt(raw, offset); err != nil {
		return meta{}, err
	}
	raw = raw[pageHeaderSize:]
	u32, u64 := binary.NativeEndian.Uint32, binary.NativeEndian.Uint64
	sum := fnv.New64a()
	_, _ = sum.Write(raw[:56])
	m := meta{pageSize: u32(raw[8:]), root: u64(raw[16:]), freelist: u64(raw[32:]), pages: u64(raw[40:]), transaction: u64(raw[48:])}
	validSize := m.pageSize >= 1024 && m.pageSize <= 16<<20 && m.pageSize&(m.pageSize-1) == 0
	if u32(raw) != boltMagic || u32(raw[4:]) != boltVersion || u64(raw[56:]) != sum.Sum64() || !validSize {
		return meta{}, errNotSandbox
	}
	return m, nil
}

// page is a page with its overflow pages and the fields of its header.
type page struct {
	id    uint64
	flags uint16
	count int
	raw   []byte
}

// read reads a page. It returns an error if another page has already referred to it.
func (v *verifier) read(id uint64) (page, error) {
	if id < 2 || id >= v.pages {
		return page{}, fmt.Errorf("invalid reference to page %d of %d", id, v.pages)
	}
	header := make([]byte, pageHeaderSize)
	if _, err := v.file.ReadAt(header, int64(id*v.pageSize)); err != nil {
		return page{}, fmt.Errorf("cannot read page %d: %w", id, err)
	}
	overflow := uint64(binary.NativeEndian.Uint32(header[12:]))
	p := page{id: id, flags: binary.NativeEndian.Uint16(header[8:]), count: int(binary.NativeEndian.Uint16(header[10:]))}
	if binary.NativeEndian.Uint64(header) != id || id+overflow >= v.pages {
		return page{}, fmt.Errorf("page %d has an invalid header", id)
	}
	for n := id; n <= id+overflow; n++ {
		if v.seen[n] {
			return page{}, fmt.Errorf("page %d is referenced twice", n)
		}
		v.seen[n] = true
	}
	p.raw = make([]byte, (overflow+1)*v.pageSize)
	if _, err := v.file.ReadAt(p.raw, int64(id*v.pageSize)); err != nil {
		return page{}, fmt.Errorf("cannot read page %d: %w", id, err)
	}
	return p, nil
}

// freelist checks the list of free pages. It marks them as seen, because no tree can contain them.
func (v *verifier) freelist(id uint64) error {
	if id == noFreelist {
		return nil
	}
	p, err := v.read(id)
	if err != nil {
		return err
	}
	ids, count := p.raw[pageHeaderSize:], uint64(p.count)
	if p.count == 0xFFFF {
		count, ids = binary.NativeEndian.Uint64(ids), ids[8:]
	}
	if p.flags != freelistPage || count > uint64(len(ids)/8) {
		return fmt.Errorf("page %d is not a list of free pages", id)
	}
	for i := range count {
		free := binary.NativeEndian.Uint64(ids[8*i:])
		if free < 2 || free >= v.pages || v.seen[free] {
			return fmt.Errorf("page %d is both free and in use", free)
		}
		v.seen[free] = true
	}
	return nil
}

// span is a range of keys from from (inclusive) to to (exclusive). A nil bound is open.
type span struct{ from, to []byte }

func (s span) contains(key []byte) bool {
	return (s.from == nil || bytes.Compare(key, s.from) >= 0) && (s.to == nil || bytes.Compare(key, s.to) < 0)
}

// tree checks the subtree at a page. outermost is true for the root bucket, whose elements are buckets.
func (v *verifier) tree(id uint64, within span, depth int, outermost bool) error {
	p, err := v.read(id)
	if err != nil {
		return err
	}
	switch {
	case depth > maxDepth:
		return fmt.Errorf("page %d is nested too deeply", id)
	case p.flags == branchPage && p.count > 0:
		return v.branch(p, within, depth, outermost)
	case p.flags == leafPage:
		return v.leaf(p, within, outermost)
	}
	return fmt.Errorf("page %d is not a tree page", id)
}

func (v *verifier) branch(p page, within span, depth int, outermost bool) error {
	keys, children := make([][]byte, p.count), make([]uint64, p.count)
	for i := range p.count {
		at := pageHeaderSize + i*elementSize
		if at+elementSize > len(p.raw) {
			return p.broken()
		}
		element := p.raw[at:]
		position, keySize := binary.NativeEndian.Uint32(element), binary.NativeEndian.Uint32(element[4:])
		children[i] = binary.NativeEndian.Uint64(element[8:])
		start := uint64(at) + uint64(position)
		if start+uint64(keySize) > uint64(len(p.raw)) {
			return p.broken()
		}
		keys[i] = p.raw[start : start+uint64(keySize)]
		if !within.contains(keys[i]) || i > 0 && bytes.Compare(keys[i-1], keys[i]) >= 0 {
			return p.broken()
		}
	}
	for i, child := range children {
		below := span{keys[i], within.to}
		if i+1 < len(keys) {
			below.to = keys[i+1]
		}
		if err := v.tree(child, below, depth+1, outermost); err != nil {
			return err
		}
	}
	return nil
}

func (p page) broken() error { return fmt.Errorf("page %d has an invalid element", p.id) }

func (v *verifier) leaf(p page, within span, outermost bool) error {
	var last []byte
	for i := range p.count {
		isBucket, key, value, ok := p.element(i)
		if !ok || !within.contains(key) || last != nil && bytes.Compare(last, key) >= 0 || isBucket != outermost {
			return p.broken()
		}
		last = key
		if !isBucket {
			continue
		}
		if !slices.Contains(buckets(), string(key)) {
			return errNotSandbox
		}
		if err := v.bucket(p, value); err != nil {
			return err
		}
	}
	return nil
}

// element returns an element of a leaf.
func (p page) element(i int) (isBucket bool, key, value []byte, ok bool) {
	at := pageHeaderSize + i*elementSize
	if at+elementSize > len(p.raw) {
		return false, nil, nil, false
	}
	u32 := binary.NativeEndian.Uint32
	element := p.raw[at:]
	start := uint64(at) + uint64(u32(element[4:]))
	middle := start + uint64(u32(element[8:]))
	end := middle + uint64(u32(element[12:]))
	if end > uint64(len(p.raw)) || u32(element) > bucketElement {
		return false, nil, nil, false
	}
	return u32(element) == bucketElement, p.raw[start:middle], p.raw[middle:end], true
}

// bucket checks a bucket of objects, which is a separate tree or, while it is small, a leaf inside the element's value.
func (v *verifier) bucket(p page, value []byte) error {
	if len(value) < bucketHeaderSize {
		return p.broken()
	}
	if root := binary.NativeEndian.Uint64(value); root != 0 {
		return v.tree(root, span{}, 0, false)
	}
	inline := value[bucketHeaderSize:]
	if len(inline) < pageHeaderSize || binary.NativeEndian.Uint16(inline[8:]) != leafPage {
		return p.broken()
	}
	return v.leaf(page{id: p.id, count: int(binary.NativeEndian.Uint16(inline[10:])), raw: inline}, span{}, false)
}

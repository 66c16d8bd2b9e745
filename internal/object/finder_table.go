package object

import (
	"cmp"
	"encoding/binary"
	"slices"
	"sort"
	"strings"
)

// table finds all its patterns in one pass over the input. The patterns are sorted, so patterns with the same prefix
// are adjacent: at each position of the input, a binary search for each byte narrows the range of matching patterns.
// Thousands of patterns with the same prefix are not compared one by one.
type table struct {
	patterns []pattern
	sorted   bool
	// begin maps the first four bytes of patterns, or all bytes if there are fewer, to ranges of patterns.
	begin [indexed + 1]map[uint32]span
}

// pattern is a string to find.
type pattern struct {
	text, tag string
	alone     bool // matches only whole words
	own, part bool // see Finder.Own
}

// search has the options of a search.
type search struct {
	inOutput bool // see Finder.FindInOutput
	// cuts are the positions in the original, in ascending order, at which a string could have been truncated.
	cuts []int
}

// admits reports whether a match of a pattern at [from,to) is accepted.
func (s search) admits(p *pattern, text string, from, to int) bool {
	if s.inOutput && p.own {
		return false
	}
	return !p.alone && (!s.inOutput || !p.part) || alone(text, from, to)
}

type span struct{ from, to int }

// indexed is the number of bytes that the index looks up in one step.
const indexed = 4

func (t *table) add(p pattern) {
	if p.text != "" {
		t.patterns, t.sorted = append(t.patterns, p), false
	}
}

// sort sorts the table and builds its index after patterns were added.
func (t *table) sort() {
	if t.sorted {
		return
	}
	slices.SortFunc(t.patterns, func(a, b pattern) int { return cmp.Or(strings.Compare(a.text, b.text), strings.Compare(a.tag, b.tag)) })
	t.begin = [indexed + 1]map[uint32]span{}
	for i, p := range t.patterns {
		n := min(len(p.text), indexed)
		if t.begin[n] == nil {
			t.begin[n] = make(map[uint32]span)
		}
		key := beginning(p.text[:n])
		in, ok := t.begin[n][key]
		if !ok {
			in.from = i
		}
		in.to = i + 1
		t.begin[n][key] = in
	}
	t.sorted = true
}

// beginning encodes up to four bytes as a number.
func beginning(s string) uint32 {
	var b [indexed]byte
	copy(b[:], s)
	return binary.BigEndian.Uint32(b[:])
}

// shortestPrefix is the minimum length of a truncated pattern.
const shortestPrefix = 8

// mostSteps limits the comparisons for each byte of the input. Only input and patterns that repeat themselves over
// thousands of bytes, such as a single repeated letter, need more. All of such input is sensitive.
const mostSteps = 256

// find returns the matches of patterns, and of prefixes of patterns that end at one of the cuts. of is v in the form of
// the patterns. The matches are positions in the original of v.
func (t *table) find(v, of view, how search) []Found {
	if len(t.patterns) == 0 {
		return nil
	}
	t.sort()
	var found []Found
	text, original := string(of.text), string(v.text)
	steps := mostSteps + mostSteps*len(text)
	for i := range text {
		for n := 1; n <= indexed && i+n <= len(text); n++ {
			in, ok := t.begin[n][beginning(text[i:i+n])]
			if !ok {
				continue
			}
			matched := t.walk(in, n, text[i:], func(p *pattern) {
				from, to := of.at[i], of.at[i+len(p.text)]
				if how.admits(p, original, v.offset(from), v.offset(to)) {
					found = append(found, Found{From: from, To: to, Tag: p.tag})
				}
			})
			if steps -= matched; steps < 0 {
				return append(found, Found{From: of.at[0], To: of.at[len(text)], Tag: t.patterns[in.from].tag})
			}
			if matched >= shortestPrefix {
				if to := lastCut(how.cuts, of.at[i+shortestPrefix], of.at[i+matched]); to > 0 {
					found = append(found, Found{From: of.at[i], To: to, Tag: t.patterns[in.from].tag})
				}
			}
		}
	}
	return found
}

// walk calls f for the patterns in a range that are prefixes of s. The first n bytes of all patterns in the range equal
// those of s. It returns the length of the longest prefix of s that is a prefix of a pattern.
func (t *table) walk(in span, n int, s string, f func(*pattern)) int {
	for {
		for in.from < in.to && len(t.patterns[in.from].text) == n {
			f(&t.patterns[in.from])
			in.from++
		}
		if n == len(s) || in.from == in.to {
			return n
		}
		in = t.narrow(in, n, s[n])
		if in.from == in.to {
			return n
		}
		n++
	}
}

// narrow returns the part of a range whose patterns have the byte b at index n.
func (t *table) narrow(in span, n int, b byte) span {
	if t.patterns[in.from].text[n] == b && t.patterns[in.to-1].text[n] == b {
		return in
	}
	size := in.to - in.from
	from := in.from + sort.Search(size, func(i int) bool { return t.patterns[in.from+i].text[n] >= b })
	to := in.from + sort.Search(size, func(i int) bool { return t.patterns[in.from+i].text[n] > b })
	return span{from, to}
}

// lastCut returns the last of the cuts in [from,to], or 0.
func lastCut(cuts []int, from, to int) int {
	n := sort.SearchInts(cuts, to+1)
	if n == 0 || cuts[n-1] < from {
		return 0
	}
	return cuts[n-1]
}

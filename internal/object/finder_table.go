package object

import (
	"cmp"
	"encoding/binary"
	"slices"
	"sort"
	"strings"
)

// table finds all its texts in one pass over another text. The texts are sorted, so those that begin alike are next to
// each other: at each place of the other text, the range of those that still match is narrowed byte by byte, by binary
// search. Thousands of texts with one beginning are not compared one by one.
type table struct {
	patterns []pattern
	sorted   bool
	// begin are the ranges of the patterns by their first four bytes, or by all of them if there are fewer.
	begin [indexed + 1]map[uint32]span
}

// pattern is a text to find.
type pattern struct {
	text, tag string
	alone     bool // found only where it does not go on
	own, part bool // see Finder.Own
}

// search says how to look for patterns.
type search struct {
	inOutput bool // see Finder.FindInOutput
	// cuts are the places of the original, in ascending order, at which a text may have been cut.
	cuts []int
}

// admits reports whether a pattern counts at [from,to) of a text.
func (s search) admits(p *pattern, text string, from, to int) bool {
	if s.inOutput && p.own {
		return false
	}
	return !p.alone && (!s.inOutput || !p.part) || alone(text, from, to)
}

type span struct{ from, to int }

// indexed is how many bytes of a text are looked up at once.
const indexed = 4

func (t *table) add(p pattern) {
	if p.text != "" {
		t.patterns, t.sorted = append(t.patterns, p), false
	}
}

// sort puts the table in order after patterns were added.
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

// beginning is up to four bytes as a number.
func beginning(s string) uint32 {
	var b [indexed]byte
	copy(b[:], s)
	return binary.BigEndian.Uint32(b[:])
}

// shortestPrefix is from which length on the beginning of a text is found at the end of one that was cut.
const shortestPrefix = 8

// mostSteps is how many bytes of patterns are compared for each byte of a text. More are needed only where both repeat
// themselves over thousands of bytes, like a text of one letter. All of such a text counts as sensitive.
const mostSteps = 256

// find returns the places of the patterns in of, which is written as the patterns are, as places of the text that v shows;
// and those of beginnings of patterns that end at one of the cuts.
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
			reach := t.walk(in, n, text[i:], func(p *pattern) {
				from, to := of.at[i], of.at[i+len(p.text)]
				if how.admits(p, original, v.place(from), v.place(to)) {
					found = append(found, Found{From: from, To: to, Tag: p.tag})
				}
			})
			if steps -= reach; steps < 0 {
				return append(found, Found{From: of.at[0], To: of.at[len(text)], Tag: t.patterns[in.from].tag})
			}
			if reach >= shortestPrefix {
				if to := lastCut(how.cuts, of.at[i+shortestPrefix], of.at[i+reach]); to > 0 {
					found = append(found, Found{From: of.at[i], To: to, Tag: t.patterns[in.from].tag})
				}
			}
		}
	}
	return found
}

// walk calls f for the patterns in a range that s begins with, all of which share their first n bytes with it. It returns
// how many bytes of s are the beginning of a pattern.
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

// narrow returns the part of a range whose patterns have a byte at place n.
func (t *table) narrow(in span, n int, b byte) span {
	if t.patterns[in.from].text[n] == b && t.patterns[in.to-1].text[n] == b {
		return in
	}
	size := in.to - in.from
	from := in.from + sort.Search(size, func(i int) bool { return t.patterns[in.from+i].text[n] >= b })
	to := in.from + sort.Search(size, func(i int) bool { return t.patterns[in.from+i].text[n] > b })
	return span{from, to}
}

// lastCut returns the last of the cuts in [from,to]; 0 if there is none.
func lastCut(cuts []int, from, to int) int {
	n := sort.SearchInts(cuts, to+1)
	if n == 0 || cuts[n-1] < from {
		return 0
	}
	return cuts[n-1]
}

package ddquery

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// cursor is the lexer: it reads tokens off src on demand, because what a token is depends on where it stands (a dash
// is part of a tag value and of a log source's name, and a minus elsewhere). Methods leave pos behind the token they
// took; white space is skipped before a token, never behind it, so that pos is always a node's end.
type cursor struct {
	src string
	pos int
	// base and gaps place src in the caller's text: src may be the inside of a string with escapes.
	base  int
	gaps  []int
	depth int
	// formula says that names are variables rather than metrics.
	formula bool
}

// offset returns where src[i] stands in the caller's text.
func (c *cursor) offset(i int) int {
	before, _ := slices.BinarySearch(c.gaps, i) // gaps ascend
	return c.base + i + before
}

// span returns the place of src[from:pos].
func (c *cursor) span(from int) Span { return Span{c.offset(from), c.offset(c.pos)} }

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }
func isDigit(b byte) bool { return '0' <= b && b <= '9' }
func isAlpha(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }
func isQuote(b byte) bool { return b == '"' || b == '\'' }
func isName(b byte) bool  { return isAlpha(b) || isDigit(b) || b == '_' }

func (c *cursor) skipSpace() {
	for c.pos < len(c.src) && isSpace(c.src[c.pos]) {
		c.pos++
	}
}

// at returns the byte at i, 0 behind the end.
func (c *cursor) at(i int) byte {
	if i < len(c.src) {
		return c.src[i]
	}
	return 0
}

// ahead returns the index of the next byte that is not white space, without moving.
func (c *cursor) ahead() int {
	i := c.pos
	for i < len(c.src) && isSpace(c.src[i]) {
		i++
	}
	return i
}

// peek returns the next byte that is not white space, 0 at the end, without moving.
func (c *cursor) peek() byte { return c.at(c.ahead()) }

// done reports whether only white space is left. A NUL byte is not the end.
func (c *cursor) done() bool { return c.ahead() >= len(c.src) }

// take consumes white space and b if b comes next.
func (c *cursor) take(b byte) bool {
	i := c.ahead()
	if i >= len(c.src) || c.src[i] != b {
		return false
	}
	c.pos = i + 1
	return true
}

// expect consumes b or fails; after says in words what it belongs to: "the time aggregation".
func (c *cursor) expect(b byte, after string) {
	if !c.take(b) {
		c.failHere("expected_"+charName(b), "expected "+string(b)+" "+after, "")
	}
}

func charName(b byte) string {
	names := map[byte]string{'(': "paren", ')': "close_paren", '{': "brace", '}': "close_brace", ':': "colon", ',': "comma"}
	return names[b]
}

// ident consumes a name of letters, digits and any byte of extra; ok is false (and nothing consumed) without one.
func (c *cursor) ident(extra string) (*Ident, bool) {
	from := c.ahead()
	i := from
	for i < len(c.src) && (isName(c.src[i]) || strings.IndexByte(extra, c.src[i]) >= 0) {
		i++
	}
	if i == from {
		return nil, false
	}
	c.pos = i
	return &Ident{c.span(from), c.src[from:i]}, true
}

// wordEnd returns the end of the word at pos, at least one character long, for an error's range.
func (c *cursor) wordEnd() int {
	i := c.pos
	for i < len(c.src) && (isName(c.src[i]) || c.src[i] == '.' || c.src[i] >= utf8.RuneSelf) {
		i++
	}
	if i == c.pos {
		i++
	}
	return min(i, len(c.src))
}

// enter counts a level of nesting; the caller leaves with c.depth--.
func (c *cursor) enter() {
	if c.depth++; c.depth > maxDepth {
		c.failHere("too_deep", "this is nested too deeply", "take parentheses away")
	}
}

// end fails unless the text is used up.
func (c *cursor) end(after string) {
	if !c.done() {
		c.failHere("trailing", "nothing may follow "+after, "take it away, or write what has to stand before it")
	}
}

package ddquery

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// cursor is the lexer. It reads tokens from src on demand, because tokens depend on the context: a dash is part of a
// tag value or the name of a log source, but a minus elsewhere. Methods leave pos after the consumed token. They skip
// white space before a token, never after it, so pos is always the end of a node.
type cursor struct {
	src string
	pos int
	// base and gaps map src to the caller's source, because src can be the value of a string with escapes.
	base  int
	gaps  []int
	depth int
	// formula reports that names are variables, not metrics.
	formula bool
}

// offset returns the offset of src[i] in the caller's source.
func (c *cursor) offset(i int) int {
	before, _ := slices.BinarySearch(c.gaps, i) // gaps is sorted
	return c.base + i + before
}

// span returns the position of src[from:pos].
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

// at returns the byte at i, 0 after the end.
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

// done reports whether only white space follows. A NUL byte is not the end.
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

// expect consumes b or fails. where completes the message: "after the time aggregation".
func (c *cursor) expect(b byte, where string) {
	if !c.take(b) {
		c.failHere(expectedCode(b), "expected "+string(b)+" "+where, "")
	}
}

// expectedCode returns the code of a missing character.
func expectedCode(b byte) string {
	codes := map[byte]string{
		'(': "expected_paren", ')': "expected_close_paren", '{': "expected_brace", '}': "expected_close_brace",
		':': "expected_colon", ',': "expected_comma",
	}
	return codes[b]
}

// ident consumes a name of letters, digits and the bytes in extra. Without one, it consumes nothing and returns false.
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

// wordEnd returns the end of the word at pos for the range of an error. The word has at least one character.
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

// enter increments the nesting level. The caller must decrement c.depth.
func (c *cursor) enter() {
	if c.depth++; c.depth > maxDepth {
		c.failHere("too_deep", "the query is nested too deeply", "remove parentheses")
	}
}

// end fails unless the whole source is consumed.
func (c *cursor) end(after string) {
	if !c.done() {
		c.failHere("trailing", "unexpected text after "+after, "remove it, or write the missing operator before it")
	}
}

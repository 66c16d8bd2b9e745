package ddquery

import (
	"strings"
	"unicode"
)

// Error is a syntax error at [Offset, End) of the source. At the end of the source, both are its length.
type Error struct {
	Offset, End int
	// Code is stable across versions: "window_unit".
	Code string
	// Message says in one sentence what is wrong, Hint what to write instead. Hint can be empty.
	Message, Hint string
}

// Error returns the message and the hint.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + ": " + e.Hint
}

// fail stops the parser with an error at src[from:to]. Parsers recurse deeply and stop at the first error, so fail
// panics, and every entry point defers catch. The panic never leaves the package.
func (c *cursor) fail(from, to int, code, message, hint string) {
	panic(&Error{
		Offset: c.offset(from), End: c.offset(max(from, min(to, len(c.src)))), Code: code, Message: oneLine(message), Hint: oneLine(hint),
	})
}

// oneLine replaces control characters, because messages quote the query and must be a single line.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

// failHere stops the parser with an error at the next word or character.
func (c *cursor) failHere(code, message, hint string) {
	c.skipSpace()
	c.fail(c.pos, c.wordEnd(), code, message, hint)
}

// catch converts the panic of fail into an error.
func catch(err *error) {
	switch r := recover().(type) {
	case nil:
	case *Error:
		*err = r
	default:
		panic(r)
	}
}

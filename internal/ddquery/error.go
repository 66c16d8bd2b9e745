package ddquery

import (
	"strings"
	"unicode"
)

// Error is a fault of syntax at [Offset, End) of the parsed text; at its end both are its length.
type Error struct {
	Offset, End int
	// Code is stable across versions: "window_unit".
	Code string
	// Message says in one sentence what is wrong, Hint what to write instead; Hint may be empty.
	Message, Hint string
}

// Error returns the message and the hint.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + ": " + e.Hint
}

// fail ends the parse with an error over src[from:to]. Parsers descend deeply and stop at the first fault, so it
// unwinds by panic to catch, which every entry point defers; it never leaves the package.
func (c *cursor) fail(from, to int, code, message, hint string) {
	panic(&Error{
		Offset: c.offset(from), End: c.offset(max(from, min(to, len(c.src)))), Code: code, Message: oneLine(message), Hint: oneLine(hint),
	})
}

// oneLine keeps a sentence that quotes the query on one line, whatever the query has.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

// failHere ends the parse with an error over the next word or character.
func (c *cursor) failHere(code, message, hint string) {
	c.skipSpace()
	c.fail(c.pos, c.wordEnd(), code, message, hint)
}

// catch turns the unwinding of fail into an ordinary error.
func catch(err *error) {
	switch r := recover().(type) {
	case nil:
	case *Error:
		*err = r
	default:
		panic(r)
	}
}

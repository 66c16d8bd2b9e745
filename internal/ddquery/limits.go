package ddquery

import "fmt"

// How long a text may be, in bytes. What reads a query recurses and compares parts of it with each other, so a text
// without bound would take time and memory without bound. A scope that lists a thousand hosts is 40,000 bytes.
const (
	// MaxQuery is the length of a query, a formula or a search.
	MaxQuery = 64 << 10
	// MaxMessage is the length of a notification message.
	MaxMessage = 256 << 10
	// maxDepth bounds the nesting of parentheses and of a message's blocks.
	maxDepth = 200
	// maxChain bounds the operands of one chain of arithmetic, which nests to the left.
	maxChain = 5000
	// mostProblems are the faults of a message that its parser keeps.
	mostProblems = 1000
)

// newCursor returns a cursor at the start of a text. It fails, as all of a cursor's methods do, if that is too long.
func newCursor(text string) *cursor {
	c := &cursor{src: text}
	if len(text) > MaxQuery {
		c.fail(0, 0, "too_long", fmt.Sprintf("this has %d bytes, and at most %d are read (limit MaxQuery)", len(text), MaxQuery),
			"split it into several monitors or widgets, or name fewer tags")
	}
	return c
}

// messageTooLong is what is wrong with a message that is not read.
func messageTooLong(message string) *Error {
	return &Error{
		Code:    "too_long",
		Message: fmt.Sprintf("this has %d bytes, and at most %d are read (limit MaxMessage)", len(message), MaxMessage),
		Hint:    "put details on a page of their own and link to it",
	}
}

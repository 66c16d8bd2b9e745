package ddquery

import "fmt"

// Limits of the input, lengths in bytes. The parser recurses, and checks compare parts of a query with each other, so
// an unlimited query would need unlimited time and memory. A scope with a thousand hosts has 40,000 bytes.
const (
	// MaxQuery is the maximum length of a query, a formula or a search.
	MaxQuery = 64 << 10
	// MaxMessage is the maximum length of a notification message.
	MaxMessage = 256 << 10
	// maxDepth is the maximum nesting of parentheses and of blocks in a message.
	maxDepth = 200
	// maxChain is the maximum number of operands in a chain of arithmetic, which nests to the left.
	maxChain = 5000
	// maxTemplateErrors is the maximum number of errors that the parser reports for a message.
	maxTemplateErrors = 1000
)

// newCursor returns a cursor at the start of a query. Like the cursor's methods, it fails if the query is too long.
func newCursor(text string) *cursor {
	c := &cursor{src: text}
	if len(text) > MaxQuery {
		c.fail(0, 0, "too_long", fmt.Sprintf("the query has %d bytes; the maximum is %d (limit MaxQuery)", len(text), MaxQuery),
			"split it into several monitors or widgets, or use fewer tags")
	}
	return c
}

// messageTooLong returns the error for a message that is too long to parse.
func messageTooLong(message string) *Error {
	return &Error{
		Code:    "too_long",
		Message: fmt.Sprintf("the message has %d bytes; the maximum is %d (limit MaxMessage)", len(message), MaxMessage),
		Hint:    "move details to a separate page and link to it",
	}
}

package kind

import (
	"fmt"

	"ddmon/internal/ddquery"
	"ddmon/internal/object"
)

// idBytes is how long the id is that a reference in a text stands for, at most.
const idBytes = 24

// length refuses a query or message that is too long to be read. Every command loads a body through Check, so that
// none of them reads it.
func (c *checker) length(f *Field, v any) {
	if f == nil {
		return
	}
	most, limit, advice := 0, "", ""
	switch {
	case f.Query || f.Name == "formula":
		most, limit, advice = ddquery.MaxQuery, "MaxQuery", "Split it into several monitors or widgets, or name fewer tags."
	case f.Name == "message" || f.Name == "escalation_message":
		most, limit, advice = ddquery.MaxMessage, "MaxMessage", "Put details on a page of their own and link to it."
	default:
		return
	}
	if n := textLength(v); n > most {
		c.report(CodeLimit, Error, func() (string, string) {
			return "Text too long", fmt.Sprintf("%s has %d bytes, and at most %d are read (limit %s). %s", c.subject(), n, most, limit, advice)
		})
	}
}

// textLength is how long a text is in bytes, with its references filled in.
func textLength(v any) int {
	switch v := v.(type) {
	case string:
		return len(v)
	case object.Text:
		n := 0
		for _, p := range v {
			if n += len(p.Literal); p.Ref != nil {
				n += idBytes
			}
		}
		return n
	}
	return 0
}

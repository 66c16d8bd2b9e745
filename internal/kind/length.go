package kind

import (
	"fmt"

	"ddmon/internal/ddquery"
	"ddmon/internal/object"
)

// idBytes is the maximum length of an id that replaces a reference in a string.
const idBytes = 24

// length reports a query or message that is too long to be parsed. Every command loads bodies through Check, so no
// command parses it.
func (c *checker) length(f *Field, v any) {
	if f == nil {
		return
	}
	most, limit, advice := 0, "", ""
	switch {
	case f.Query || f.Name == "formula":
		most, limit, advice = ddquery.MaxQuery, "MaxQuery", "Split it into several monitors or widgets, or use fewer tags."
	case f.Name == "message" || f.Name == "escalation_message":
		most, limit, advice = ddquery.MaxMessage, "MaxMessage", "Move details to a separate page and link to it."
	default:
		return
	}
	if n := textLength(v); n > most {
		c.report(CodeLimit, Error, func() (string, string) {
			return "String too long", fmt.Sprintf("%s has %d bytes, but at most %d are allowed (limit %s). %s", capitalized(c.subject()), n, most, limit, advice)
		})
	}
}

// textLength returns the length of a string in bytes, with ids in place of its references.
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

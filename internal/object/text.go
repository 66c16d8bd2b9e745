package object

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Text is a string in a body with ids that are not known yet, stored as parts so that ids can be filled in later
// without HCL. A string without references is a plain Go string, never a Text.
type Text []Part

// Part is one part of a Text: a literal string or, if Ref is set, the id of another object.
type Part struct {
	Literal string   `json:"text,omitempty"`
	Ref     *Address `json:"id_of,omitempty"`
}

// Resolve fills in ids. It returns a string if all ids are known, else a Text with the unknown ids.
func (t Text) Resolve(id func(Address) (string, bool)) any {
	var b strings.Builder
	var rest Text
	for _, part := range t {
		if part.Ref == nil {
			b.WriteString(part.Literal)
			continue
		}
		if s, ok := id(*part.Ref); ok {
			b.WriteString(s)
			continue
		}
		if b.Len() > 0 {
			rest = append(rest, Part{Literal: b.String()})
			b.Reset()
		}
		rest = append(rest, part)
	}
	if len(rest) == 0 {
		return b.String()
	}
	if b.Len() > 0 {
		rest = append(rest, Part{Literal: b.String()})
	}
	return rest
}

// String formats the string for output, with each unknown id as ${address.id}.
func (t Text) String() string {
	var b strings.Builder
	for _, part := range t {
		if part.Ref == nil {
			b.WriteString(part.Literal)
		} else {
			b.WriteString("${" + part.Ref.String() + ".id}")
		}
	}
	return b.String()
}

// textKey marks a Text in JSON, where it would otherwise be an object like any other.
const textKey = "ddmon:text"

// MarshalJSON writes {"ddmon:text": [parts]}.
func (t Text) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string][]Part{textKey: t})
}

// UnmarshalJSON decodes the output of MarshalJSON.
func (t *Text) UnmarshalJSON(raw []byte) error {
	var wrapped map[string][]Part
	if err := json.Unmarshal(raw, &wrapped); err != nil {
		return err
	}
	parts, ok := wrapped[textKey]
	if !ok || len(wrapped) != 1 {
		return fmt.Errorf("a string with references must be an object with the single key %q", textKey)
	}
	*t = parts
	return nil
}

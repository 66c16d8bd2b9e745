package object

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Text is a string in a body that holds ids not known when it was written, kept as its parts so that they can be
// filled in later without HCL. A string without references is a plain Go string, never a Text.
type Text []Part

// Part is one piece of a Text: literal text or, if Ref is set, the id of another object.
type Part struct {
	Literal string   `json:"text,omitempty"`
	Ref     *Address `json:"id_of,omitempty"`
}

// Resolve fills in ids. It returns a string if all of them are known, else a Text with the known ones filled in.
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

// String shows the text to a person, each unknown id as ${address.id}.
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

// UnmarshalJSON reads what MarshalJSON wrote.
func (t *Text) UnmarshalJSON(raw []byte) error {
	var wrapped map[string][]Part
	if err := json.Unmarshal(raw, &wrapped); err != nil {
		return err
	}
	parts, ok := wrapped[textKey]
	if !ok || len(wrapped) != 1 {
		return fmt.Errorf("a text with references is an object with the one key %q", textKey)
	}
	*t = parts
	return nil
}

// ResolveRefs returns v with the ids that id knows filled into every Text in it. What holds none is shared, not copied.
func ResolveRefs(v any, id func(Address) (string, bool)) any {
	out, _ := resolve(v, id)
	return out
}

func resolve(v any, id func(Address) (string, bool)) (any, bool) {
	switch v := v.(type) {
	case Text:
		return v.Resolve(id), true
	case []any:
		var out []any
		for i, e := range v {
			if r, changed := resolve(e, id); changed {
				if out == nil {
					out = append([]any(nil), v...)
				}
				out[i] = r
			}
		}
		if out != nil {
			return out, true
		}
	case map[string]any:
		var out map[string]any
		for k, e := range v {
			if r, changed := resolve(e, id); changed {
				if out == nil {
					out = make(map[string]any, len(v))
					for k, e := range v {
						out[k] = e
					}
				}
				out[k] = r
			}
		}
		if out != nil {
			return out, true
		}
	}
	return v, false
}

// WalkRefs calls f for every reference in v with the path of the string that holds it.
func WalkRefs(v any, f func(Path, Address)) { walkRefs(v, nil, f) }

func walkRefs(v any, p Path, f func(Path, Address)) {
	switch v := v.(type) {
	case Text:
		for _, part := range v {
			if part.Ref != nil {
				f(p, *part.Ref)
			}
		}
	case []any:
		for i, e := range v {
			walkRefs(e, p.With(i), f)
		}
	case map[string]any:
		for _, k := range SortedKeys(v) {
			walkRefs(v[k], p.With(k), f)
		}
	}
}

package lang

import (
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/object"
)

// An id is not known while a configuration is evaluated. It is a string all the same, so that templates and
// functions can place it in a text: a sentinel, which no person types, with a number between two private-use runes
// (of the Basic Multilingual Plane, because the writer of YAML escapes others).
// The value carries a refMark as well, which survives what destroys the sentinel: a comparison, a condition.
// After evaluation a text is split at its sentinels; a mark without its sentinel is an id that decided something.
const (
	sentinelOpen  = "\uE4F7"
	sentinelClose = "\uE4F8"
)

// References numbers the objects whose ids are mentioned.
type References struct {
	addresses []object.Address
	numeric   []bool // for each address, whether its id is a number
	numbers   map[object.Address]int
}

func newReferences() *References { return &References{numbers: map[object.Address]int{}} }

// Any reports whether an id is mentioned anywhere.
func (r *References) Any() bool { return len(r.addresses) > 0 }

// ID returns the value of an object's id, a string. numeric says that the id is a number, so that tonumber accepts it.
func (r *References) ID(a object.Address, numeric bool) cty.Value {
	n, ok := r.numbers[a]
	if !ok {
		n = len(r.addresses)
		r.numbers[a] = n
		r.addresses, r.numeric = append(r.addresses, a), append(r.numeric, numeric)
	}
	return cty.StringVal(sentinel(n)).Mark(refMark(a))
}

func sentinel(n int) string { return sentinelOpen + strconv.Itoa(n) + sentinelClose }

// split takes a text apart at its sentinels. It is false if part of a sentinel is left over.
func (r *References) split(s string) (object.Text, bool) {
	s, ok := r.spellNumbers(s)
	if !ok {
		return nil, false
	}
	var t object.Text
	for s != "" {
		before, after, found := strings.Cut(s, sentinelOpen)
		if strings.Contains(before, sentinelClose) {
			return nil, false
		}
		if before != "" {
			t = append(t, object.Part{Literal: before})
		}
		if !found {
			break
		}
		number, rest, closed := strings.Cut(after, sentinelClose)
		n, err := strconv.Atoi(number)
		if !closed || err != nil || n < 0 || n >= len(r.addresses) {
			return nil, false
		}
		a := r.addresses[n]
		t = append(t, object.Part{Ref: &a})
		s = rest
	}
	return t, true
}

// mentioned returns the addresses whose sentinels stand in a text.
func (r *References) mentioned(s string) ([]object.Address, bool) {
	if !strings.Contains(s, sentinelOpen) && !strings.Contains(s, sentinelClose) && !strings.Contains(s, numberOpen) {
		return nil, true
	}
	t, ok := r.split(s)
	var found []object.Address
	for _, part := range t {
		if part.Ref != nil {
			found = append(found, *part.Ref)
		}
	}
	return found, ok
}

// mark gives every text and number with sentinels in it its refMarks back. It is false if a sentinel was damaged.
func (r *References) mark(v cty.Value) (cty.Value, bool) {
	whole := true
	marked, err := cty.Transform(v, func(_ cty.Path, v cty.Value) (cty.Value, error) {
		if !v.IsKnown() || v.IsNull() || v.Type() != cty.String && v.Type() != cty.Number {
			return v, nil
		}
		bare, marks := v.Unmark()
		found, ok := r.mentioned(textOf(bare))
		whole = whole && ok
		for _, a := range found {
			bare = bare.Mark(refMark(a))
		}
		return bare.WithMarks(marks), nil
	})
	return marked, whole && err == nil
}

// textOf is a text, or a number as a text if it is large enough to be an id's.
func textOf(v cty.Value) string {
	if v.Type() == cty.String {
		return v.AsString()
	}
	if f := v.AsBigFloat(); f.MantExp(nil) >= numberBits {
		return f.Text('f', 0)
	}
	return ""
}

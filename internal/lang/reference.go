package lang

import (
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/object"
)

// An id is not known while a configuration is evaluated. To let templates and functions use it in a string, its value
// is a sentinel: a number between two private-use runes, which no configuration contains. (The runes are in the Basic
// Multilingual Plane, because the YAML encoder escapes others.)
//
// The value also has a refMark, which survives operations that lose the sentinel, such as a comparison or a condition.
// After evaluation, strings are split at their sentinels. A mark without its sentinel means that an id decided
// something.
const (
	sentinelOpen  = "\uE4F7"
	sentinelClose = "\uE4F8"
)

// References numbers the objects whose ids are referenced.
type References struct {
	addresses []object.Address
	numeric   []bool // for each address, whether its id is a number
	numbers   map[object.Address]int
}

func newReferences() *References { return &References{numbers: map[object.Address]int{}} }

// Any reports whether any id is referenced.
func (r *References) Any() bool { return len(r.addresses) > 0 }

// ID returns the value of an object's id, a string. If numeric is set, the id is a number, and tonumber accepts it.
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

// split splits a string at its sentinels. It is false if a sentinel is incomplete.
func (r *References) split(s string) (object.Text, bool) {
	s, ok := r.normalizeNumbers(s)
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

// referenced returns the addresses whose sentinels are in a string.
func (r *References) referenced(s string) ([]object.Address, bool) {
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

// mark restores the refMarks of all strings and numbers that contain sentinels. It is false if a sentinel is
// incomplete.
func (r *References) mark(v cty.Value) (cty.Value, bool) {
	whole := true
	marked, err := cty.Transform(v, func(_ cty.Path, v cty.Value) (cty.Value, error) {
		if !v.IsKnown() || v.IsNull() || v.Type() != cty.String && v.Type() != cty.Number {
			return v, nil
		}
		bare, marks := v.Unmark()
		found, ok := r.referenced(textOf(bare))
		whole = whole && ok
		for _, a := range found {
			bare = bare.Mark(refMark(a))
		}
		return bare.WithMarks(marks), nil
	})
	return marked, whole && err == nil
}

// textOf returns a string, or the digits of a number that is large enough for a sentinel.
func textOf(v cty.Value) string {
	if v.Type() == cty.String {
		return v.AsString()
	}
	if f := v.AsBigFloat(); f.MantExp(nil) >= numberBits {
		return f.Text('f', 0)
	}
	return ""
}

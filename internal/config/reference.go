package config

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

// refMark marks a value that depends on the id of an object.
type refMark object.Address

// sensitiveMark marks a value that depends on the sensitive variable of that name.
type sensitiveMark string

// references numbers the objects whose ids are mentioned.
type references struct {
	addresses []object.Address
	numbers   map[object.Address]int
	// learn is called with the results of functions, if it is set.
	learn func(cty.Value)
}

func newReferences() *references { return &references{numbers: map[object.Address]int{}} }

// id returns the value of an object's id.
func (r *references) id(a object.Address) cty.Value {
	n, ok := r.numbers[a]
	if !ok {
		n = len(r.addresses)
		r.numbers[a] = n
		r.addresses = append(r.addresses, a)
	}
	return cty.StringVal(sentinelOpen + strconv.Itoa(n) + sentinelClose).Mark(refMark(a))
}

// split takes a text apart at its sentinels. It is false if part of a sentinel is left over.
func (r *references) split(s string) (object.Text, bool) {
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
func (r *references) mentioned(s string) ([]object.Address, bool) {
	if !strings.Contains(s, sentinelOpen) && !strings.Contains(s, sentinelClose) {
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

// strip takes the refMarks off a value, at any depth, and leaves the other marks. It reports whether there were any.
func strip(v cty.Value) (cty.Value, bool) {
	if !hasReference(v) {
		return v, false
	}
	return without[refMark](v), true
}

// without takes the marks of one type off a value, at any depth.
func without[mark any](v cty.Value) cty.Value {
	bare, paths := v.UnmarkDeepWithPaths()
	var kept []cty.PathValueMarks
	for _, p := range paths {
		marks := cty.ValueMarks{}
		for m := range p.Marks {
			if _, drop := m.(mark); !drop {
				marks[m] = struct{}{}
			}
		}
		if len(marks) > 0 {
			kept = append(kept, cty.PathValueMarks{Path: p.Path, Marks: marks})
		}
	}
	return bare.MarkWithPaths(kept)
}

// mark gives every text with sentinels in it its refMarks back. It is false if a sentinel was damaged.
func (r *references) mark(v cty.Value) (cty.Value, bool) {
	whole := true
	marked, err := cty.Transform(v, func(_ cty.Path, v cty.Value) (cty.Value, error) {
		if v.Type() != cty.String || !v.IsKnown() || v.IsNull() {
			return v, nil
		}
		bare, marks := v.Unmark()
		found, ok := r.mentioned(bare.AsString())
		whole = whole && ok
		for _, a := range found {
			bare = bare.Mark(refMark(a))
		}
		return bare.WithMarks(marks), nil
	})
	return marked, whole && err == nil
}

// hasReference reports whether a value, or one inside it, depends on an id.
func hasReference(v cty.Value) bool {
	return hasMark[refMark](v)
}

// hasSensitive reports whether a value, or one inside it, depends on a sensitive variable.
func hasSensitive(v cty.Value) bool {
	return hasMark[sensitiveMark](v)
}

// hasMark reports whether a value, or one inside it, has a mark of one type. A set has the marks of all that is in it,
// and going through one takes long.
func hasMark[mark any](v cty.Value) bool {
	v, marks := v.Unmark()
	for m := range marks {
		if _, found := m.(mark); found {
			return true
		}
	}
	if t := v.Type(); v.IsNull() || !v.IsKnown() || t.IsSetType() || !v.CanIterateElements() {
		return false
	}
	for it := v.ElementIterator(); it.Next(); {
		if _, e := it.Element(); hasMark[mark](e) {
			return true
		}
	}
	return false
}

package kind

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"ddmon/internal/object"
)

// extraKey is the key under which any object can contain fields that the tables do not have.
const extraKey = "extra"

// CheckOptions are options for Check.
type CheckOptions struct {
	// UnknownWarns reports unknown fields and values as warnings: the body was exported from Datadog, which can be
	// newer than the tables.
	UnknownWarns bool
}

// Check checks a value of a body against its type and returns the problems, ordered by path. Null is a missing value;
// an object.Text or object.Ref is a string or number that is not known yet. Fields in extra are not checked. A nil type
// accepts everything. What Convert converts has the right type.
func Check(t *Type, v any, o CheckOptions) []Problem {
	c := checker{options: o, root: t}
	c.value(t, nil, v)
	slices.SortStableFunc(c.problems, func(a, b Problem) int {
		return cmp.Or(comparePaths(a.Path, b.Path), cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Code, b.Code))
	})
	return c.problems
}

// countErrors returns the number of errors that Check would report, without building them.
func countErrors(t *Type, v any) int {
	c := checker{counting: true, root: t}
	c.value(t, nil, v)
	return c.errors
}

// checker walks a body. Its path is not an object.Path, because each of its steps would need an allocation.
type checker struct {
	options  CheckOptions
	root     *Type
	path     []step
	problems []Problem
	counting bool
	errors   int
	objects  []enclosing // around the current value, outermost first
	places   map[searched]map[string]*place
}

// step is one step of a path; its index is notIndex if it is a key.
type step struct {
	key   string
	index int
}

const notIndex = -1

func keyStep(key string) step { return step{key: key, index: notIndex} }

func (c *checker) push(s step) { c.path = append(c.path, s) }
func (c *checker) pop()        { c.path = c.path[:len(c.path)-1] }

// value checks v. f is the field that holds it; nil for an element or the root.
func (c *checker) value(t *Type, f *Field, v any) {
	if v == nil || t == nil {
		return
	}
	switch t.Shape {
	case Any:
		return
	case Union:
		c.union(t, f, v)
		return
	case Object:
		if in, ok := v.(map[string]any); ok {
			c.object(t, in)
			return
		}
	case Map:
		if in, ok := v.(map[string]any); ok {
			for key, e := range in {
				c.member(t, keyStep(key), e)
			}
			return
		}
	case List:
		if list, ok := v.([]any); ok {
			for i, e := range list {
				c.member(t, step{index: i}, e)
			}
			return
		}
	default:
		if t.accepts(v) || t.scalar(v) != nil { // Convert makes it fit
			c.enum(t, f, v)
			c.length(f, v)
			return
		}
	}
	c.wrongType(t, v)
}

// member checks an element of a list or map.
func (c *checker) member(of *Type, at step, v any) {
	c.push(at)
	if v == nil && !of.NullElem && of.Elem.Shape != Any {
		c.wrongType(of.Elem, v)
	}
	c.value(of.Elem, nil, v)
	c.pop()
}

func (c *checker) object(t *Type, in map[string]any) {
	c.required(t, in)
	c.objects = append(c.objects, enclosing{t, len(c.path)})
	extra, _ := in[extraKey].(map[string]any)
	for key, v := range in {
		f := t.Fields[key]
		c.push(keyStep(key))
		switch {
		case f != nil:
			c.field(f, v)
		case key == extraKey:
			c.extra(t, in, v)
		case t.elem != nil:
			c.value(t.elem.Type, t.elem, v)
		default:
			if _, both := extra[key]; !both { // extra reports it
				c.unknown(t, key)
			}
		}
		c.pop()
	}
	c.objects = c.objects[:len(c.objects)-1]
}

// required reports the required fields that an object lacks. Of an object with none of the fields of its type, only
// Datadog knows what it needs, except for strict fields.
func (c *checker) required(t *Type, in map[string]any) {
	extra, _ := in[extraKey].(map[string]any)
	var absent []*Field
	for _, f := range t.required {
		v, isSet := in[f.Name]
		if _, ok := extra[f.Name]; v == nil && !ok && (!isSet || !f.Nullable) {
			absent = append(absent, f)
		}
	}
	if len(absent) == 0 {
		return
	}
	newer := c.isNewer(t, in)
	isUnknown := newer && !t.knowsFieldOf(in)
	for _, f := range absent {
		if !isUnknown || f.Strict {
			c.missing(f, newer)
		}
	}
}

func (c *checker) field(f *Field, v any) {
	switch {
	case v == nil:
		return
	case f.ReadOnly:
		c.readOnly(f)
		return
	case f.Deprecated && (f.Default == nil || !object.Equal(v, f.Default)):
		c.deprecated(f) // the default has no effect, and every export contains it
	}
	c.value(f.Type, f, v)
}

// extra checks only that it is an object, that none of its fields is also set in the object that contains it, and that
// the tables do not have one of them in another place: Datadog would ignore it here.
func (c *checker) extra(t *Type, in map[string]any, v any) {
	extra, ok := v.(map[string]any)
	if !ok {
		if v != nil {
			c.wrongType(&Type{Shape: Object}, v)
		}
		return
	}
	for key := range extra {
		advice := ""
		if t.Fields[key] == nil && t.elem == nil {
			advice = c.elsewhere(key)
		}
		_, both := in[key]
		c.push(keyStep(key))
		switch {
		case advice != "":
			c.misplaced(advice)
		case both:
			c.duplicate(key)
		}
		c.pop()
	}
}

func (c *checker) enum(t *Type, f *Field, v any) {
	if !inEnum(t, v) {
		c.invalid(v.(string), t.Enum, f != nil && f.Strict)
	}
}

// isInteger reports whether a number is an integer in any notation (2, 2.0, 2e3).
func isInteger(n json.Number) bool {
	if !strings.ContainsAny(string(n), ".eE") {
		return true
	}
	return !strings.ContainsAny(object.CanonicalNumber(n), "./eE")
}

// isNumeric reports whether v is a number or a numeric string.
func isNumeric(v any) bool {
	switch v := v.(type) {
	case json.Number:
		return true
	case string:
		return isNumber(v)
	}
	return false
}

// isNumber reports whether text is a JSON number.
func isNumber(text string) bool {
	return text != "" && (text[0] == '-' || text[0] >= '0' && text[0] <= '9') && json.Valid([]byte(text))
}

func comparePaths(a, b object.Path) int {
	return slices.CompareFunc(a, b, func(x, y any) int {
		i, xIsIndex := x.(int)
		j, yIsIndex := y.(int)
		if xIsIndex && yIsIndex {
			return cmp.Compare(i, j)
		}
		k, _ := x.(string)
		l, _ := y.(string)
		return cmp.Compare(k, l)
	})
}

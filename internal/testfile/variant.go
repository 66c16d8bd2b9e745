package testfile

import (
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/config"
	"ddmon/internal/lang"
	"ddmon/internal/object"
)

// variant is the stack evaluated with other values for some variables.
type variant struct {
	values map[string]cty.Value
	stack  *config.Evaluation // nil if it has errors
}

// withVariables returns the stack evaluated with the variables in e, or nil if there are errors. A stack that already
// has errors is not evaluated again, because that would report the same errors again.
func (r *reader) withVariables(e hclsyntax.Expression, each lang.Names, test string) *config.Evaluation {
	before := r.report.Len()
	values, ok := r.readVariables(e, each)
	if !ok || !r.stackValid || r.report.HasErrorsSince(before) {
		return nil
	}
	if len(values) == 0 {
		return r.stack
	}
	for _, v := range r.variants {
		if maps.EqualFunc(v.values, values, func(a, b cty.Value) bool { return a.RawEquals(b) }) {
			return v.stack
		}
	}
	v := variant{values, r.stack.With(values, fmt.Sprintf("test %q at %s", test, lang.Position(e.Range())))}
	r.variants = append(r.variants, v)
	return v.stack
}

// readVariables evaluates the variables attribute of a test. It returns false if the values are unknown or invalid.
func (r *reader) readVariables(e hclsyntax.Expression, each lang.Names) (map[string]cty.Value, bool) {
	f := lang.NewFields(r.stack.Scope, each)
	f.Read("variables", e)
	value, given := f.Value("variables")
	if !given {
		return nil, true // null
	}
	value, marks := value.Unmark()
	if !value.IsWhollyKnown() {
		return nil, false
	}
	if t := value.Type(); !t.IsObjectType() && !t.IsMapType() {
		f.InvalidType("variables", "an object with the values of the variables to override, such as variables = { notify = [\"@slack-test\"] }")
		return nil, false
	}
	inside := lang.Locate(r.report.Meter, e)
	values := map[string]cty.Value{}
	for it := value.ElementIterator(); it.Next(); {
		key, element := it.Element()
		name := key.AsString()
		at, keyAt := e.Range(), e.Range()
		for _, in := range inside {
			if slices.Equal(in.Path, object.Path{name}) {
				at, keyAt = in.Value, in.Key
			}
		}
		// The marks of any part apply to the whole value, because conversion can move parts.
		bare, inner := element.UnmarkDeep()
		converted, detail, ok := r.stack.Variable(name, bare, at, "The value")
		if !ok {
			r.report.Error("undeclared_variable", "Undeclared variable", detail, keyAt)
			continue
		}
		values[name] = converted.WithMarks(marks, inner)
	}
	return values, true
}

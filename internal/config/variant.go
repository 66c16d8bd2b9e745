package config

import (
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/object"
)

// variant is the stack as it is with other values of some variables.
type variant struct {
	values map[string]cty.Value
	loader *loader // nil if it has errors
}

// withVariables returns the stack with the variables that a test gives, which e says; nil if that has errors.
func (l *loader) withVariables(e hclsyntax.Expression, each names, sound bool, test string) *loader {
	before := len(l.diags)
	values, ok := l.testVariables(e, each)
	if !ok || !sound || l.hasErrorsSince(before) {
		return nil
	}
	if len(values) == 0 {
		return l
	}
	for _, v := range l.variants {
		if maps.EqualFunc(v.values, values, func(a, b cty.Value) bool { return a.RawEquals(b) }) {
			return v.loader
		}
	}
	v := variant{values, l.evaluateWith(values, fmt.Sprintf("test %q at %s", test, position(e.Range())))}
	l.variants = append(l.variants, v)
	return v.loader
}

// testVariables evaluates the attribute variables of a test; false if nothing is known of its values.
func (l *loader) testVariables(e hclsyntax.Expression, each names) (map[string]cty.Value, bool) {
	f := l.newFields(each)
	f.read("variables", e)
	value := f.values["variables"]
	if !f.given("variables") {
		return nil, true // null
	}
	value, marks := value.Unmark()
	if !value.IsWhollyKnown() {
		return nil, false
	}
	if t := value.Type(); !t.IsObjectType() && !t.IsMapType() {
		f.wrongType("variables", "an object with a value for each variable that is to be another one, such as variables = { notify = [\"@slack-test\"] }")
		return nil, false
	}
	var inside []located
	locate(l.meter, e, nil, &inside)
	values := map[string]cty.Value{}
	for it := value.ElementIterator(); it.Next(); {
		key, element := it.Element()
		name := key.AsString()
		at, keyAt := e.Range(), e.Range()
		for _, in := range inside {
			if slices.Equal(in.path, object.Path{name}) {
				at, keyAt = in.value, in.key
			}
		}
		if l.variables[name] == nil {
			l.error("undeclared_variable", "Undeclared variable", l.undeclared(name), keyAt)
			continue
		}
		values[name] = l.testVariable(l.variables[name], element, marks, at)
	}
	return values, true
}

// testVariable brings a value into the variable's type. What was secret about any part of it is so about the whole:
// conversion may move the parts.
func (l *loader) testVariable(v *variable, value cty.Value, marks cty.ValueMarks, at hcl.Range) cty.Value {
	value, inner := value.UnmarkDeep()
	return l.converted(v, value, at, "The value").WithMarks(marks, inner)
}

// evaluateWith evaluates the stack with other values of some variables; nil, with the reasons reported, if that has
// errors.
func (l *loader) evaluateWith(values map[string]cty.Value, who string) *loader {
	v := newLoader(l.options, l.stack.Files, l.meter)
	v.declareAll(l.root, l.config)
	given := maps.Clone(l.given)
	maps.Copy(given, values)
	v.settleAll(given)
	v.evaluate()
	merge(l.stack.Sensitive, v.stack.Sensitive)
	merge(l.stack.Derived, v.derived())
	failed := v.diags.HasErrors()
	for _, d := range v.diags {
		if !slices.ContainsFunc(l.diags, func(known *hcl.Diagnostic) bool { return sameProblem(known, d) }) {
			d.Detail += " (With the variables of " + who + ".)"
			l.add(d)
		}
	}
	v.diags = nil
	if failed {
		return nil
	}
	return v
}

// sameProblem reports whether two diagnostics, of two evaluations of the same files, are about the same.
func sameProblem(a, b *hcl.Diagnostic) bool {
	if (a.Subject == nil) != (b.Subject == nil) || a.Subject != nil && *a.Subject != *b.Subject {
		return false
	}
	return a.Summary == b.Summary && a.Detail == b.Detail
}

package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/diag"
)

// fields reads the attributes of one block of ddmon's own, such as a metric or an expect. What is wrong with one is
// reported, and the attribute then reads as not given; so does null.
type fields struct {
	*loader
	inner      names
	innerNames []string
	values     map[string]cty.Value // of the attributes that are given; unknown if that is an error reported before
	ranges     map[string]hcl.Range
}

func (l *loader) newFields(inner names) *fields {
	return &fields{loader: l, inner: inner, innerNames: slices.Collect(maps.Keys(inner)), values: map[string]cty.Value{}, ranges: map[string]hcl.Range{}}
}

// readFields evaluates the attributes named.
func (l *loader) readFields(b *hclsyntax.Block, inner names, attributes []string) *fields {
	f := l.newFields(inner)
	for _, name := range attributes {
		if a := b.Body.Attributes[name]; a != nil {
			f.read(name, a.Expr)
		}
	}
	return f
}

func (f *fields) read(name string, e hclsyntax.Expression) {
	f.ranges[name] = e.Range()
	value, ok := f.value(newExpression(e, f.innerNames), f.inner)
	switch {
	case ok && hasReference(value):
		f.unknownID(e.Range())
		value = cty.DynamicVal
	case ok && value.IsNull():
		return
	}
	f.values[name] = value
}

// given reports whether an attribute has a value, be it one that is wrong.
func (f *fields) given(name string) bool { _, ok := f.values[name]; return ok }

// sensitive are the names of the attributes whose values come from sensitive variables. nil if none do.
func (f *fields) sensitive() map[string]bool {
	var names map[string]bool
	for name, v := range f.values {
		if hasSensitive(v) {
			if names == nil {
				names = map[string]bool{}
			}
			names[name] = true
			f.learn(v)
		}
	}
	return names
}

// bare returns a value without marks; false if there is none to work with.
func (f *fields) bare(name string) (cty.Value, bool) {
	v, ok := f.values[name]
	if !ok || !v.IsWhollyKnown() {
		return cty.NilVal, false
	}
	v, _ = v.UnmarkDeep()
	return v, true
}

// sensitiveSummary says that a value is secret which must not be.
const sensitiveSummary = "Value is sensitive"

// open is bare for a value that is shown to people, which a secret may not be.
func (f *fields) open(name string) (cty.Value, bool) {
	if f.given(name) && hasSensitive(f.values[name]) {
		f.wrong(name, sensitiveSummary, name+" is shown in output, so it cannot be sensitive. Wrap what is not secret in nonsensitive().")
		return cty.NilVal, false
	}
	return f.bare(name)
}

// wrong reports what is wrong with an attribute's value.
func (f *fields) wrong(name, summary, detail string) {
	if v, ok := f.values[name]; ok && hasSensitive(v) && summary != sensitiveSummary {
		detail = "What is wrong with " + name + " is not shown, because its value is sensitive."
	}
	f.error("invalid_value", summary, detail, f.ranges[name])
}

func (f *fields) wrongType(name, want string) {
	f.error("wrong_type", "Wrong type of value", fmt.Sprintf("%s is %s.", name, want), f.ranges[name])
}

// text reads an attribute that is a text; example is how to write one.
func (f *fields) text(name, example string) (string, bool) {
	v, ok := f.open(name)
	if !ok {
		return "", false
	}
	if v.Type() != cty.String {
		f.wrongType(name, "a text, such as "+name+" = "+example)
		return "", false
	}
	if v.AsString() == "" {
		f.wrong(name, "Value is empty", fmt.Sprintf("%s is empty. Write a text, such as %s = %s, or leave it out.", name, name, example))
		return "", false
	}
	return v.AsString(), true
}

// texts reads an attribute that is a list of texts, none of them empty.
func (f *fields) texts(name, example string) []string {
	v, ok := f.bare(name)
	if !ok {
		return nil
	}
	list, ok := textsOf(v)
	if !ok {
		f.wrongType(name, "a list of texts that are not empty, such as "+name+" = "+example)
	}
	return list
}

// textsOf takes a list of texts apart; false if the value is none.
func textsOf(v cty.Value) ([]string, bool) {
	if t := v.Type(); !t.IsTupleType() && !t.IsListType() && !t.IsSetType() {
		return nil, false
	}
	list := []string{}
	for it := v.ElementIterator(); it.Next(); {
		_, e := it.Element()
		if e.Type() != cty.String || e.IsNull() || e.AsString() == "" {
			return nil, false
		}
		list = append(list, e.AsString())
	}
	return list, true
}

// duration reads an attribute that is a span of time.
func (f *fields) duration(name string) (time.Duration, bool) {
	text, ok := f.text(name, `"5m"`)
	if !ok {
		return 0, false
	}
	d, ok := parseDuration(text)
	if !ok {
		f.wrong(name, "Not a duration", fmt.Sprintf("%q is no duration. Write a number and a unit of d, h, m or s: \"5m\", \"1h30m\", \"90s\", \"1d\".", text))
	}
	return d, ok
}

// flag reads an attribute that is true or false.
func (f *fields) flag(name string) bool {
	v, ok := f.open(name)
	if !ok {
		return false
	}
	if v.Type() != cty.Bool {
		f.wrongType(name, "either true or false")
		return false
	}
	return v.True()
}

// oneOf reads an attribute that has one of few values.
func (f *fields) oneOf(name string, allowed []string) string {
	text, ok := f.text(name, fmt.Sprintf("%q", allowed[0]))
	if !ok {
		return ""
	}
	value, _ := f.among(name, text, allowed)
	return value
}

// among returns the allowed value that a text spells, whatever the case.
func (f *fields) among(name, text string, allowed []string) (string, bool) {
	for _, a := range allowed {
		if strings.EqualFold(a, text) {
			return a, true
		}
	}
	f.wrong(name, "Value not allowed", fmt.Sprintf("%s is one of %s, not %q.%s", name, strings.Join(listed(allowed), ", "), text, diag.DidYouMean(text, allowed)))
	return "", false
}

package lang

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

// Fields reads the attributes of one block of ddmon's own, such as a metric or an expect. What is wrong with one is
// reported, and the attribute then reads as not given; so does null.
type Fields struct {
	// Ranges are the places of the values, by the name of the attribute.
	Ranges     map[string]hcl.Range
	scope      *Scope
	inner      Names
	innerNames []string
	values     map[string]cty.Value // of the attributes that are given; unknown if that is an error reported before
}

// NewFields returns fields without any, whose expressions see inner names.
func NewFields(s *Scope, inner Names) *Fields {
	return &Fields{scope: s, inner: inner, innerNames: slices.Collect(maps.Keys(inner)), values: map[string]cty.Value{}, Ranges: map[string]hcl.Range{}}
}

// ReadFields evaluates the attributes named.
func ReadFields(s *Scope, b *hclsyntax.Block, inner Names, attributes []string) *Fields {
	f := NewFields(s, inner)
	for _, name := range attributes {
		if a := b.Body.Attributes[name]; a != nil {
			f.Read(name, a.Expr)
		}
	}
	return f
}

// Read evaluates one attribute.
func (f *Fields) Read(name string, e hclsyntax.Expression) {
	f.Ranges[name] = e.Range()
	value, ok := f.scope.Value(NewExpression(e, f.innerNames), f.inner)
	switch {
	case ok && HasReference(value):
		f.scope.UnknownID(e.Range())
		value = cty.DynamicVal
	case ok && value.IsNull():
		return
	}
	f.values[name] = value
}

// Value returns an attribute's value with its marks; false if it has none.
func (f *Fields) Value(name string) (cty.Value, bool) {
	v, ok := f.values[name]
	return v, ok
}

// Given reports whether an attribute has a value, be it one that is wrong.
func (f *Fields) Given(name string) bool { _, ok := f.values[name]; return ok }

// Sensitive are the names of the attributes whose values come from sensitive variables. nil if none do.
func (f *Fields) Sensitive() map[string]bool {
	var names map[string]bool
	for name, v := range f.values {
		if HasSensitive(v) {
			if names == nil {
				names = map[string]bool{}
			}
			names[name] = true
			f.scope.Secrets.Learn(v)
		}
	}
	return names
}

// Bare returns a value without marks; false if there is none to work with.
func (f *Fields) Bare(name string) (cty.Value, bool) {
	v, ok := f.values[name]
	if !ok || !v.IsWhollyKnown() {
		return cty.NilVal, false
	}
	v, _ = v.UnmarkDeep()
	return v, true
}

// sensitiveSummary says that a value is secret which must not be.
const sensitiveSummary = "Value is sensitive"

// Open is bare for a value that is shown to people, which a secret may not be.
func (f *Fields) Open(name string) (cty.Value, bool) {
	if f.Given(name) && HasSensitive(f.values[name]) {
		f.Wrong(name, sensitiveSummary, name+" is shown in output, so it cannot be sensitive. Wrap what is not secret in nonsensitive().")
		return cty.NilVal, false
	}
	return f.Bare(name)
}

// Wrong reports what is wrong with an attribute's value.
func (f *Fields) Wrong(name, summary, detail string) {
	if v, ok := f.values[name]; ok && HasSensitive(v) && summary != sensitiveSummary {
		detail = "What is wrong with " + name + " is not shown, because its value is sensitive."
	}
	f.scope.Report.Error("invalid_value", summary, detail, f.Ranges[name])
}

// WrongType reports that an attribute's value is not what is wanted, as "a text".
func (f *Fields) WrongType(name, want string) {
	f.scope.Report.Error("wrong_type", "Wrong type of value", fmt.Sprintf("%s is %s.", name, want), f.Ranges[name])
}

// Text reads an attribute that is a text; example is how to write one.
func (f *Fields) Text(name, example string) (string, bool) {
	v, ok := f.Open(name)
	if !ok {
		return "", false
	}
	if v.Type() != cty.String {
		f.WrongType(name, "a text, such as "+name+" = "+example)
		return "", false
	}
	if v.AsString() == "" {
		f.Wrong(name, "Value is empty", fmt.Sprintf("%s is empty. Write a text, such as %s = %s, or leave it out.", name, name, example))
		return "", false
	}
	return v.AsString(), true
}

// Texts reads an attribute that is a list of texts, none of them empty.
func (f *Fields) Texts(name, example string) []string {
	v, ok := f.Bare(name)
	if !ok {
		return nil
	}
	list, ok := textsOf(v)
	if !ok {
		f.WrongType(name, "a list of texts that are not empty, such as "+name+" = "+example)
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

// Duration reads an attribute that is a span of time.
func (f *Fields) Duration(name string) (time.Duration, bool) {
	text, ok := f.Text(name, `"5m"`)
	if !ok {
		return 0, false
	}
	d, ok := ParseDuration(text)
	if !ok {
		f.Wrong(name, "Not a duration", fmt.Sprintf("%q is no duration. Write a number and a unit of d, h, m or s: \"5m\", \"1h30m\", \"90s\", \"1d\".", text))
	}
	return d, ok
}

// Flag reads an attribute that is true or false.
func (f *Fields) Flag(name string) bool {
	v, ok := f.Open(name)
	if !ok {
		return false
	}
	if v.Type() != cty.Bool {
		f.WrongType(name, "either true or false")
		return false
	}
	return v.True()
}

// OneOf reads an attribute that has one of few values.
func (f *Fields) OneOf(name string, allowed []string) string {
	text, ok := f.Text(name, fmt.Sprintf("%q", allowed[0]))
	if !ok {
		return ""
	}
	value, _ := f.Among(name, text, allowed)
	return value
}

// Among returns the allowed value that a text spells, whatever the case.
func (f *Fields) Among(name, text string, allowed []string) (string, bool) {
	for _, a := range allowed {
		if strings.EqualFold(a, text) {
			return a, true
		}
	}
	f.Wrong(name, "Value not allowed", fmt.Sprintf("%s is one of %s, not %q.%s", name, strings.Join(InQuotes(allowed), ", "), text, diag.DidYouMean(text, allowed)))
	return "", false
}

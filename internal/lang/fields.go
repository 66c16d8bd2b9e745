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

// Fields reads the attributes of a block such as metric or expect. It reports an invalid attribute and then treats it
// as unset, like null.
type Fields struct {
	// Ranges are the positions of the values, by attribute name.
	Ranges     map[string]hcl.Range
	scope      *Scope
	inner      Names
	innerNames []string
	values     map[string]cty.Value // of the attributes that are set; unknown after an error
}

// NewFields returns an empty set of fields, whose expressions can use inner names.
func NewFields(s *Scope, inner Names) *Fields {
	return &Fields{scope: s, inner: inner, innerNames: slices.Collect(maps.Keys(inner)), values: map[string]cty.Value{}, Ranges: map[string]hcl.Range{}}
}

// ReadFields evaluates the given attributes of a block.
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

// Value returns an attribute's value with its marks; false if it is not set.
func (f *Fields) Value(name string) (cty.Value, bool) {
	v, ok := f.values[name]
	return v, ok
}

// IsSet reports whether an attribute is set, even if its value is invalid.
func (f *Fields) IsSet(name string) bool { _, ok := f.values[name]; return ok }

// Sensitive returns the names of the attributes with sensitive values, or nil.
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

// Unmarked returns a value without marks; false if it is unset or unknown.
func (f *Fields) Unmarked(name string) (cty.Value, bool) {
	v, ok := f.values[name]
	if !ok || !v.IsWhollyKnown() {
		return cty.NilVal, false
	}
	v, _ = v.UnmarkDeep()
	return v, true
}

// sensitiveSummary is the summary for a sensitive value where none is allowed.
const sensitiveSummary = "Sensitive value"

// Open is Unmarked for a value that output shows, and which therefore must not be sensitive.
func (f *Fields) Open(name string) (cty.Value, bool) {
	if f.IsSet(name) && HasSensitive(f.values[name]) {
		f.Invalid(name, sensitiveSummary, name+" is shown in output, so it must not be sensitive. Wrap a value that is not secret in nonsensitive().")
		return cty.NilVal, false
	}
	return f.Unmarked(name)
}

// Invalid reports an invalid value of an attribute.
func (f *Fields) Invalid(name, summary, detail string) {
	if v, ok := f.values[name]; ok && HasSensitive(v) && summary != sensitiveSummary {
		detail = name + " is invalid. Details are not shown, because its value is sensitive."
	}
	f.scope.Report.Error("invalid_value", summary, detail, f.Ranges[name])
}

// InvalidType reports an attribute whose value is not of the required type, such as "a string".
func (f *Fields) InvalidType(name, want string) {
	f.scope.Report.Error("wrong_type", "Invalid type", fmt.Sprintf("%s must be %s.", name, want), f.Ranges[name])
}

// Text reads a string attribute; example shows how to write one.
func (f *Fields) Text(name, example string) (string, bool) {
	v, ok := f.Open(name)
	if !ok {
		return "", false
	}
	if v.Type() != cty.String {
		f.InvalidType(name, "a string, such as "+name+" = "+example)
		return "", false
	}
	if v.AsString() == "" {
		f.Invalid(name, "Empty value", fmt.Sprintf("%s must not be empty. Write a string, such as %s = %s, or remove it.", name, name, example))
		return "", false
	}
	return v.AsString(), true
}

// Texts reads an attribute that is a list of strings that are not empty.
func (f *Fields) Texts(name, example string) []string {
	v, ok := f.Unmarked(name)
	if !ok {
		return nil
	}
	list, ok := textsOf(v)
	if !ok {
		f.InvalidType(name, "a list of strings that are not empty, such as "+name+" = "+example)
	}
	return list
}

// textsOf returns the elements of a list of strings; false if the value is not such a list.
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

// Duration reads an attribute that is a duration.
func (f *Fields) Duration(name string) (time.Duration, bool) {
	text, ok := f.Text(name, `"5m"`)
	if !ok {
		return 0, false
	}
	d, ok := ParseDuration(text)
	if !ok {
		f.Invalid(name, "Invalid duration", fmt.Sprintf("%q is not a valid duration. Use numbers with the units d, h, m and s: \"5m\", \"1h30m\", \"90s\", \"1d\".", text))
	}
	return d, ok
}

// Flag reads a bool attribute.
func (f *Fields) Flag(name string) bool {
	v, ok := f.Open(name)
	if !ok {
		return false
	}
	if v.Type() != cty.Bool {
		f.InvalidType(name, "true or false")
		return false
	}
	return v.True()
}

// OneOf reads a string attribute that must have one of the allowed values.
func (f *Fields) OneOf(name string, allowed []string) string {
	text, ok := f.Text(name, fmt.Sprintf("%q", allowed[0]))
	if !ok {
		return ""
	}
	value, _ := f.Among(name, text, allowed)
	return value
}

// Among returns the allowed value that equals text, ignoring case.
func (f *Fields) Among(name, text string, allowed []string) (string, bool) {
	for _, a := range allowed {
		if strings.EqualFold(a, text) {
			return a, true
		}
	}
	f.Invalid(name, "Invalid value", fmt.Sprintf("%s must be one of %s, not %q.%s", name, strings.Join(InQuotes(allowed), ", "), text, diag.DidYouMean(text, allowed)))
	return "", false
}

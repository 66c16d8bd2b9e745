package kind

import (
	"encoding/json"
	"fmt"
	"strings"

	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/severity"
)

// Severity is the severity of a Problem. An Error stops the command.
type Severity = severity.Level

// The severities.
const (
	Error   = severity.Error
	Warning = severity.Warning
)

// The codes of problems.
const (
	CodeUnknownField    = "unknown_field"
	CodeWrongType       = "wrong_type"
	CodeMissingField    = "missing_field"
	CodeInvalidValue    = "invalid_value"
	CodeDuplicateField  = "duplicate_field" // in an object and in its extra
	CodeDeprecatedField = "deprecated_field"
	CodeReadOnlyField   = "read_only_field"
	CodeLimit           = "limit"
)

// Problem is an error or a warning about a body.
type Problem struct {
	Path     object.Path // of the value; a missing value has the path that it would have
	Code     string
	Severity Severity
	Summary  string // at most eight words, no full stop
	Detail   string // full sentences that say what to do
}

// maxListed is the maximum number of allowed values to list in addition to a suggestion.
const maxListed = 20

// report adds a problem at the current path. say returns its messages; counting does not call it.
func (c *checker) report(code string, severity Severity, say func() (summary, detail string)) {
	if severity == Error {
		c.errors++
	}
	if c.counting {
		return
	}
	p := make(object.Path, len(c.path))
	for i, s := range c.path {
		if s.index == notIndex {
			p[i] = s.key
		} else {
			p[i] = s.index
		}
	}
	summary, detail := say()
	c.problems = append(c.problems, Problem{Path: p, Code: code, Severity: severity, Summary: summary, Detail: detail})
}

func (c *checker) unknownSeverity() Severity {
	if c.options.UnknownWarns {
		return Warning
	}
	return Error
}

func (c *checker) unknown(t *Type, key string) {
	c.report(CodeUnknownField, c.unknownSeverity(), func() (string, string) {
		detail := fmt.Sprintf("The field %q is not supported here.", key) + diag.DidYouMean(key, object.SortedKeys(t.Fields))
		if place := c.elsewhere(key); place != "" {
			return "Field in the wrong place", place
		}
		if c.options.UnknownWarns {
			detail += " ddmon sends it unchanged."
		} else {
			detail += " If it is newer than this version of ddmon, write it in extra = { ... }."
		}
		return "Unknown field", detail
	})
}

// misplaced reports a field that belongs to another place.
func (c *checker) misplaced(advice string) {
	c.report(CodeUnknownField, c.unknownSeverity(), func() (string, string) {
		return "Field in the wrong place", advice
	})
}

// missing reports a required field that an object lacks. If the object is newer than the tables, Datadog decides
// whether it needs the field. Datadog is recorded to reject objects without a strict field, whatever else they have: an
// export of a format of years ago has no layout_type.
func (c *checker) missing(f *Field, newer bool) {
	c.push(keyStep(f.Name))
	defer c.pop()
	if newer && !f.Strict {
		c.report(CodeMissingField, Warning, func() (string, string) {
			return "Missing required field", fmt.Sprintf("The field %q is missing. It may not be required here, because the object has a field or a value that "+
				"this version of ddmon does not know.", f.Name)
		})
		return
	}
	c.report(CodeMissingField, Error, func() (string, string) {
		detail := fmt.Sprintf("The field %q is required and must be %s.", f.Name, f.Type.expected())
		if f.Note != "" {
			detail += " " + f.Note
		}
		return "Missing required field", detail
	})
}

func (c *checker) wrongType(t *Type, v any) {
	c.report(CodeWrongType, Error, func() (string, string) {
		detail := fmt.Sprintf("%s must be %s, not %s.", capitalized(c.subject()), t.expected(), jsonType(v))
		if v == nil {
			detail += " Remove the element."
		}
		return "Invalid type", detail
	})
}

// invalid reports a value that is not one of the allowed ones. strict says that Datadog is recorded to reject others;
// otherwise the value can be newer than the tables.
func (c *checker) invalid(value string, allowed []string, strict bool) {
	severity := c.unknownSeverity()
	if strict {
		severity = Error
	}
	c.report(CodeInvalidValue, severity, func() (string, string) {
		meant := diag.DidYouMean(value, allowed)
		if severity == Warning {
			return "Unknown value", fmt.Sprintf("This version of ddmon does not know the value %q for %s.%s ddmon sends it unchanged.", value, c.subject(), meant)
		}
		detail := fmt.Sprintf("%q is not a valid value for %s.", value, c.subject())
		if meant == "" || len(allowed) <= maxListed {
			detail += " Use one of " + quotedList(allowed) + "."
		}
		detail += meant
		if field := c.fieldName(); !strict && field != "" {
			detail += fmt.Sprintf(" If the value is newer than this version of ddmon, write extra = { %s = ... }.", field)
		}
		return "Invalid value", detail
	})
}

// fieldName returns the last key of the current path.
func (c *checker) fieldName() string {
	for i := len(c.path) - 1; i >= 0; i-- {
		if c.path[i].index == notIndex {
			return c.path[i].key
		}
	}
	return ""
}

func (c *checker) duplicate(key string) {
	c.report(CodeDuplicateField, Error, func() (string, string) {
		return "Field also set in extra",
			fmt.Sprintf("The field %q is set both in the object and in its extra. Remove one of them.", key)
	})
}

func (c *checker) deprecated(f *Field) {
	c.report(CodeDeprecatedField, Warning, func() (string, string) {
		detail := fmt.Sprintf("Datadog has deprecated %q.", f.Name)
		if f.Use != "" {
			detail += fmt.Sprintf(" Use %s instead.", f.Use)
		}
		return "Deprecated field", detail
	})
}

func (c *checker) readOnly(f *Field) {
	c.report(CodeReadOnlyField, Warning, func() (string, string) {
		return "Read-only field",
			fmt.Sprintf("Only Datadog sets %q, so the value has no effect. Remove it.", f.Name)
	})
}

// subject names the value at the current path in a sentence.
func (c *checker) subject() string {
	switch name := c.fieldName(); {
	case name == "":
		return "the value"
	case c.path[len(c.path)-1].index != notIndex:
		return fmt.Sprintf("an element of %q", name)
	default:
		return fmt.Sprintf("%q", name)
	}
}

func capitalized(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// expected names the values that a type accepts, for a sentence.
func (t *Type) expected() string {
	if t.Shape != Union {
		return t.Shape.String()
	}
	var shapes []string
	for _, v := range t.Variants {
		if s := v.Shape.String(); len(shapes) == 0 || shapes[len(shapes)-1] != s {
			shapes = append(shapes, s)
		}
	}
	return strings.Join(shapes, " or ")
}

// jsonType names the JSON type of a value, for a sentence.
func jsonType(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "a bool"
	case string, object.Text:
		return "a string"
	case object.Ref:
		return "the id " + v.String()
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	case json.Number:
		if isInteger(v) {
			return "a number"
		}
		return "the number " + string(v)
	}
	return "a type that JSON does not have"
}

func quotedList(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = fmt.Sprintf("%q", v)
	}
	return strings.Join(quoted, ", ")
}

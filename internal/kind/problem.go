package kind

import (
	"encoding/json"
	"fmt"
	"strings"

	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/severity"
)

// Severity says whether a Problem stops the command.
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

// Problem is one thing that is wrong with a body.
type Problem struct {
	Path     object.Path // of the value, or where the missing one would be
	Code     string
	Severity Severity
	Summary  string // at most eight words, no full stop
	Detail   string // full sentences that say what to do
}

// maxListed is how many allowed values are listed even if one of them is close to what was written.
const maxListed = 12

// report adds a problem at the current path. The texts are made by say, so that counting costs nothing.
func (c *checker) report(code string, severity Severity, say func() (summary, detail string)) {
	if severity == Error {
		c.faults++
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
		detail := fmt.Sprintf("ddmon knows no field %q here.", key) + diag.DidYouMean(key, object.SortedKeys(t.Fields))
		if c.options.UnknownWarns {
			detail += " It is sent as it stands."
		} else {
			detail += " A field newer than ddmon's tables goes into extra = { ... }."
		}
		return "Unknown field", detail
	})
}

func (c *checker) missing(f *Field) {
	c.push(keyStep(f.Name))
	c.report(CodeMissingField, Error, func() (string, string) {
		detail := fmt.Sprintf("The field %q is required; write %s.", f.Name, f.Type.wanted())
		if f.Note != "" {
			detail += " " + f.Note
		}
		return "Missing required field", detail
	})
	c.pop()
}

func (c *checker) wrongType(t *Type, v any) {
	c.report(CodeWrongType, Error, func() (string, string) {
		detail := fmt.Sprintf("%s is %s, %s is wanted.", c.subject(), sortOf(v), t.wanted())
		switch v := v.(type) {
		case string:
			if (t.Shape == Number || t.Shape == Integer) && isNumber(v) {
				detail += fmt.Sprintf(" Write %s without quotes.", v)
			}
		case json.Number:
			if t.Shape == String {
				detail += fmt.Sprintf(" Write it in quotes: %q.", string(v))
			}
		case nil:
			detail += " Leave the element out."
		}
		return "Wrong type of value", detail
	})
}

func (c *checker) invalid(value string, allowed []string) {
	c.report(CodeInvalidValue, c.unknownSeverity(), func() (string, string) {
		detail := fmt.Sprintf("%q is no value of %s.", value, c.subject())
		meant := diag.DidYouMean(value, allowed)
		if meant == "" || len(allowed) <= maxListed {
			detail += " Allowed: " + quotedList(allowed) + "."
		}
		return "Invalid value", detail + meant
	})
}

func (c *checker) duplicate(key string) {
	c.report(CodeDuplicateField, Error, func() (string, string) {
		return "Field also given in extra",
			fmt.Sprintf("The field %q stands both in the object and in its extra. Remove one of the two.", key)
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
		return "Field set by Datadog only",
			fmt.Sprintf("Datadog sets %q by itself, so what is written here has no effect. Remove it.", f.Name)
	})
}

// subject names the value at the current path in a sentence.
func (c *checker) subject() string {
	for i := len(c.path) - 1; i >= 0; i-- {
		if s := c.path[i]; s.index == notIndex {
			if i == len(c.path)-1 {
				return fmt.Sprintf("%q", s.key)
			}
			return fmt.Sprintf("an element of %q", s.key)
		}
	}
	return "the value"
}

// wanted names what a type takes in a sentence.
func (t *Type) wanted() string {
	if t.Shape != Union {
		return t.Shape.String()
	}
	var sorts []string
	for _, v := range t.Variants {
		if s := v.Shape.String(); len(sorts) == 0 || sorts[len(sorts)-1] != s {
			sorts = append(sorts, s)
		}
	}
	return strings.Join(sorts, " or ")
}

// sortOf names the sort of a value in a sentence.
func sortOf(v any) string {
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
		if isWhole(v) {
			return "a number"
		}
		return "the number " + string(v)
	}
	return "of a type that JSON does not have"
}

func quotedList(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = fmt.Sprintf("%q", v)
	}
	return strings.Join(quoted, ", ")
}

package render

import (
	"strings"

	"ddmon/internal/kind"
)

// TypeText is the name of a type: "list of object", "map of string".
func TypeText(t *kind.Type) string {
	if t == nil {
		return "any"
	}
	switch t.Shape {
	case kind.Object:
		return "object"
	case kind.Union:
		return "one of several objects"
	case kind.List:
		return "list of " + TypeText(t.Elem)
	case kind.Map:
		return "map of " + TypeText(t.Elem)
	default:
		_, name, _ := strings.Cut(t.Shape.String(), " ") // "a string"
		return name
	}
}

// AllowedText lists the values of an enum, or of a list of an enum.
func AllowedText(t *kind.Type) string {
	for t != nil && t.Shape == kind.List {
		t = t.Elem
	}
	if t == nil || len(t.Enum) == 0 {
		return ""
	}
	return "one of: " + strings.Join(t.Enum, ", ")
}

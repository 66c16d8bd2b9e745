package ddapi

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// fieldError reports a field of an object with the wrong JSON type.
type fieldError struct{ text string }

func (e *fieldError) Error() string { return e.text }

// fieldAdvice is the advice for a fieldError. Without a reliable comparison, ddmon does not write anything.
const fieldAdvice = "Check the object in Datadog. If it is correct there, a proxy may be changing responses, or you need a newer ddmon"

// maxPath is how many characters of a path an error shows.
const maxPath = 200

// checkFields checks the JSON type of every field that the tables know. It is for objects that ddmon compares and
// changes: a misread field would lead to wrong changes. Other objects are not checked, because their content does not
// matter. The caller has checked the id.
func checkFields(k *kind.Kind, o map[string]any) error {
	m := kind.FirstMismatch(k.Body, o)
	if m == nil {
		return nil
	}
	return wrongField(k, o, m.Path, m.Found, describeTypes(m.Want))
}

// wrongField returns an error that names the object, the field, and the type of its value.
func wrongField(k *kind.Kind, o map[string]any, path object.Path, found any, want string) error {
	return &fieldError{fmt.Sprintf("%s of %s %s is %s, not %s", strconv.Quote(shorten(clean(path.String()), maxPath)), k.Name,
		shorten(clean(fmt.Sprint(o["id"])), maxID), kindOf(found), want)}
}

// describeTypes lists JSON types: "a string or a number".
func describeTypes(shapes []kind.Shape) string {
	var names []string
	for _, s := range shapes {
		switch s {
		case kind.Number, kind.Integer:
			names = append(names, kindOfToken(jsontext.KindNumber))
		case kind.Bool:
			names = append(names, kindOfToken(jsontext.KindTrue))
		default:
			names = append(names, s.String())
		}
	}
	return strings.Join(names, " or ")
}

// ownership is the owner of an object according to its marker.
type ownership int

const (
	foreign ownership = iota
	owned
	// unknown: the marker's field has the wrong type, so the marker cannot be read.
	unknown
)

// ownershipOf returns the ownership of an object: owned if accept accepts its marker. It is an error if the marker
// cannot be read but its field names the stack: such an object can be neither ignored nor changed, nor be created
// again.
func ownershipOf(k *kind.Kind, o map[string]any, stack string, accept func(object.Marker) bool) (ownership, error) {
	if m, _ := k.Marker.Read(o); accept(m) {
		return owned, nil
	}
	err := checkMarkerField(k, o)
	if err == nil {
		return foreign, nil
	}
	if mentions(o[k.Marker.Field()], object.TagStack+stack) {
		return unknown, err
	}
	return unknown, nil
}

// checkMarkerField checks that the marker's field can be read, so that the owner is known.
func checkMarkerField(k *kind.Kind, o map[string]any) error {
	key := k.Marker.Field()
	m := kind.FirstMismatch(k.Body, map[string]any{key: o[key]})
	if m == nil {
		return nil
	}
	return wrongField(k, o, m.Path, m.Found, describeTypes(m.Want))
}

// mentions reports whether any string in a value contains text.
func mentions(v any, text string) bool {
	switch v := v.(type) {
	case string:
		return strings.Contains(v, text)
	case []any:
		for _, e := range v {
			if mentions(e, text) {
				return true
			}
		}
	case map[string]any:
		for key, e := range v {
			if strings.Contains(key, text) || mentions(e, text) {
				return true
			}
		}
	}
	return false
}

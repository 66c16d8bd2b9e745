package ddapi

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// fieldError says which field of an object has a JSON type that it cannot have.
type fieldError struct{ text string }

func (e *fieldError) Error() string { return e.text }

// fieldAdvice is what to do about a fieldError. Nothing was read that could be compared, so nothing is written either.
const fieldAdvice = "Look at the object in Datadog: if it is correct there, a proxy changes what Datadog answers, or a newer ddmon is needed"

// longestPath is how many characters of a path an error shows.
const longestPath = 200

// checkFields compares the JSON type of every field that the tables know with what an object holds. It is for objects
// that ddmon compares and changes: one that is read as something else would be changed for the wrong reasons. Objects of
// others are not checked, because they may be odd without any harm. The object's id was checked before.
func checkFields(k *kind.Kind, o map[string]any) error {
	m := kind.FirstMisfit(k.Body, o)
	if m == nil {
		return nil
	}
	return wrongField(k, o, m.Path, m.Found, wanted(m.Want))
}

// wrongField names the object, the field, and what was found there.
func wrongField(k *kind.Kind, o map[string]any, path object.Path, found any, want string) error {
	return &fieldError{fmt.Sprintf("%s of %s %s is %s, not %s", strconv.Quote(shorten(clean(path.String()), longestPath)), k.Name,
		shorten(clean(fmt.Sprint(o["id"])), longestID), kindOf(found), want)}
}

// wanted names JSON types in a sentence: "a string or a number".
func wanted(shapes []kind.Shape) string {
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

// ownership is what an object says of whose it is.
type ownership int

const (
	foreign ownership = iota
	owned
	// unknown is that of an object whose marker cannot be read, because there is something else in its place.
	unknown
)

// ownershipOf reads whose an object is, by the marker that claims accepts. It is an error if the place of the marker
// cannot be read, but names the stack: such an object is neither left alone nor changed, and a second one must not be made.
func ownershipOf(k *kind.Kind, o map[string]any, stack string, claims func(object.Marker) bool) (ownership, error) {
	if m, _ := k.Marker.Read(o); claims(m) {
		return owned, nil
	}
	err := checkMarkerPlace(k, o)
	if err == nil {
		return foreign, nil
	}
	if mentions(o[k.Marker.Field()], object.TagStack+stack) {
		return unknown, err
	}
	return unknown, nil
}

// checkMarkerPlace reports that the field that holds the marker cannot be read, so that its owner is not known.
func checkMarkerPlace(k *kind.Kind, o map[string]any) error {
	key := k.Marker.Field()
	m := kind.FirstMisfit(k.Body, map[string]any{key: o[key]})
	if m == nil {
		return nil
	}
	return wrongField(k, o, m.Path, m.Found, wanted(m.Want))
}

// mentions reports whether a text is in any text of a value.
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

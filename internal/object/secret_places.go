package object

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// secretPlaces matches the output of SecretPlaces.
var secretPlaces = regexp.MustCompile(`^(?:[0-9a-f]{8})?$`)

// SecretPlaces is a hash of the paths of sensitive values in a body, without list indices; it is empty if there are
// none. Two versions of an object with the same hash hide the same paths of each other. Keys of open objects are left
// out: they are sensitive themselves, and all keys of an open object are hidden.
func (o *Object) SecretPlaces() string {
	if !o.HasSecrets() {
		return ""
	}
	var open []string
	for place := range o.Sensitive {
		if around, is := strings.CutSuffix(place, anyKey); is {
			open = append(open, shapeOf(around))
		}
	}
	shapes := map[string]bool{}
	for place := range o.Sensitive {
		shape := shapeOf(place)
		inside := slices.ContainsFunc(open, func(around string) bool { return strings.HasPrefix(shape, around) })
		if strings.HasSuffix(place, anyKey) || !inside {
			shapes[shape] = true
		}
	}
	sum := sha256.Sum256([]byte(strings.Join(slices.Sorted(maps.Keys(shapes)), "\n")))
	return hex.EncodeToString(sum[:4])
}

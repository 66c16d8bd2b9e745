package object

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// secretPlaces is what SecretPlaces returns.
var secretPlaces = regexp.MustCompile(`^(?:[0-9a-f]{8})?$`)

// SecretPlaces identifies the set of places of a body at which sensitive values are, whatever their indices in lists; it is
// empty if there are none. Two versions of an object with the same places hide the same on each other. Keys of an open
// object are left out: they are as secret as values, and that it is open hides them all.
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

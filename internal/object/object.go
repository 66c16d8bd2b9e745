package object

import (
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// Object is one object, such as a monitor: a desired object of a configuration or a live object in Datadog.
type Object struct {
	Address Address
	// ID is Datadog's id as a string ("123456", "abc-def-ghi"); empty before the object is created.
	ID string
	// Body is the object in the shape of Datadog's JSON. Its values are nil, bool, json.Number, string, Text, Ref,
	// []any and map[string]any. A Body can be shared and must not be changed.
	Body map[string]any
	// Marker is the ownership marker of a live object; the zero Marker for a desired object.
	Marker Marker
	// Lifecycle is the lifecycle block of the object.
	Lifecycle Lifecycle
	// Ranges has the source positions; nil for a live object. Instances of a for_each can share it.
	Ranges Ranges
	// Decoded says where the values come from that the block reads from a document; nil without one.
	Decoded *Decoded
	// Sensitive maps a Path.String() to the sensitive variables that the value at that path depends on, and an OpenKey
	// to those that the set of keys of an object depends on.
	Sensitive map[string][]string
	// Schema has the fields of the object's kind. Without it, all fields are unknown.
	Schema Schema
}

// Lifecycle is a block's lifecycle { ... }.
type Lifecycle struct {
	PreventDestroy bool
	// IgnoreChanges are the paths at which differences are ignored; a path includes everything below it.
	IgnoreChanges []Path
}

// Range is the position of the object's block.
func (o *Object) Range() hcl.Range { return o.Ranges.At(nil) }

// IsSensitive reports whether the value at p of the body, or a value that contains it, depends on a sensitive variable.
// It also returns true for values that are missing in an open object.
func (o *Object) IsSensitive(p Path) bool {
	return o.IsMarked(p) || o.isMissing(p, false)
}

// IsMarked is IsSensitive for values in the configuration itself: values that Datadog or ddmon adds are not sensitive.
func (o *Object) IsMarked(p Path) bool {
	if len(o.Sensitive) == 0 {
		return false
	}
	for n := len(p); n > 0; n-- {
		if _, ok := o.Sensitive[p[:n].String()]; ok {
			return true
		}
	}
	return false
}

// MayBeSensitive is IsSensitive for another version of the body, in which list elements can have other indices: it
// compares only the keys.
func (o *Object) MayBeSensitive(p Path) bool {
	if len(o.Sensitive) == 0 {
		return false
	}
	shape := shapeOf(p.String())
	for sensitive := range o.Sensitive {
		rest, ok := strings.CutPrefix(shape, shapeOf(sensitive))
		if ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			return true
		}
	}
	return o.isMissing(p, true)
}

// HoldsSensitive reports whether a value at or below p depends on a sensitive variable.
func (o *Object) HoldsSensitive(p Path) bool {
	at := p.String()
	for sensitive := range o.Sensitive {
		rest, ok := strings.CutPrefix(sensitive, at)
		if ok && (rest == "" || at == "" || rest[0] == '.' || rest[0] == '[') {
			return true
		}
	}
	return false
}

// anyIndex matches a list index in the output of Path.String.
var anyIndex = regexp.MustCompile(`\[\d+\]`)

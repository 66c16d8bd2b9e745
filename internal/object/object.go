package object

import (
	"regexp"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// Object is one monitor or dashboard, as a configuration wants it or as Datadog has it.
type Object struct {
	Address Address
	// ID is Datadog's id as text ("123456", "abc-def-ghi"); empty while the object does not exist.
	ID string
	// Body is the object as Datadog's JSON has it. The values in it are nil, bool, json.Number, string, Text, Ref,
	// []any and map[string]any. Whoever holds a Body does not change it; it may be shared.
	Body map[string]any
	// Marker says whom the object belongs to. It is the zero Marker for a desired object.
	Marker Marker
	// Lifecycle is what the block's lifecycle asks for.
	Lifecycle Lifecycle
	// Ranges leads back to the files; nil for a live object. Instances of one for_each may share it.
	Ranges Ranges
	// Sensitive names, by Path.String(), the sensitive variables whose values are part of the value there, and by
	// OpenKey those that an object's set of keys came from.
	Sensitive map[string][]string
	// Schema knows the fields of the object's kind. It is set where IsOpen; without it, no field is known.
	Schema Schema
}

// Lifecycle is a block's lifecycle { ... }.
type Lifecycle struct {
	PreventDestroy bool
	// IgnoreChanges are the paths at which a difference is left alone; a path covers everything below it.
	IgnoreChanges []Path
}

// Range is where the object's block begins.
func (o *Object) Range() hcl.Range { return o.Ranges.At(nil) }

// IsSensitive reports whether the value at p of the body, or one around it, came from a sensitive variable. So may one
// that an open object of the body does not have.
func (o *Object) IsSensitive(p Path) bool {
	return o.IsMarked(p) || o.isUnwritten(p, false)
}

// IsMarked is IsSensitive for what the configuration itself gives: what Datadog or ddmon adds to it is not sensitive.
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

// MayBeSensitive is IsSensitive for another version of the body, in which the elements of lists may stand at other
// indices: it goes by the keys alone.
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
	return o.isUnwritten(p, true)
}

// HoldsSensitive reports whether a value below p came from a sensitive variable.
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

// anyIndex is an index into a list, as Path.String writes it.
var anyIndex = regexp.MustCompile(`\[\d+\]`)

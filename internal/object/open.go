package object

import "strings"

// An object in a body is open if its set of keys depends on a sensitive variable, as in extra = jsondecode(var.more).
// Its current keys are marked one by one. A key from before the variable was rotated exists only on the live object, so
// every key that is not in the body is sensitive as well.

// Schema describes the fields of one kind of object.
type Schema interface {
	// HasField reports whether the field at p is known, and whether only Datadog sets it.
	HasField(p Path) (known, readOnly bool)
	// TitleKey returns the key of the name that a person sees.
	TitleKey() string
}

// anyKey is the suffix of entries of Object.Sensitive that mark open objects. No Path.String has it.
const anyKey = "*"

// OpenKey is the key in Object.Sensitive that marks the object at p as open.
func OpenKey(p Path) string {
	if len(p) == 0 {
		return anyKey
	}
	return p.String() + "." + anyKey
}

// IsOpen reports whether the body or an object in it is open.
func (o *Object) IsOpen() bool {
	for at := range o.Sensitive {
		if strings.HasSuffix(at, anyKey) {
			return true
		}
	}
	return false
}

// HidesKey reports whether the last key of p is itself sensitive: it is a key of an open object and not the name of a
// known field.
func (o *Object) HidesKey(p Path) bool {
	if o == nil || len(p) == 0 {
		return false
	}
	if _, isKey := p[len(p)-1].(string); !isKey || !o.opensLike(p[:len(p)-1]) {
		return false
	}
	known, _ := o.field(p)
	return !known
}

// TitleIsSensitive reports whether the name of the object, as a person sees it, depends on a sensitive variable.
func (o *Object) TitleIsSensitive() bool {
	switch {
	case o == nil:
		return false
	case o.Schema != nil:
		return o.Touches(Path{o.Schema.TitleKey()})
	}
	return o.Touches(Path{"name"}) || o.Touches(Path{"title"})
}

func (o *Object) field(p Path) (known, readOnly bool) {
	if o == nil || o.Schema == nil {
		return false, false
	}
	return o.Schema.HasField(p)
}

// isMissing reports whether p leads through a key that is missing in an open object of the body. If like is set, list
// elements can have other indices.
func (o *Object) isMissing(p Path, like bool) bool {
	if !o.IsOpen() {
		return false
	}
	for n := len(p) - 1; n >= 0; n-- {
		key, isKey := p[n].(string)
		if !isKey {
			continue
		}
		if _, readOnly := o.field(p[:n+1]); readOnly {
			continue
		}
		if like && o.lacksLike(p[:n], key) || o.lacks(p[:n], p[:n].In(o.Body), key) {
			return true
		}
	}
	return false
}

// lacks reports whether the object v at p is open and does not have the key.
func (o *Object) lacks(p Path, v any, key string) bool {
	if _, open := o.Sensitive[OpenKey(p)]; !open {
		return false
	}
	in, _ := v.(map[string]any)
	_, exists := in[key]
	return !exists
}

// lacksLike is lacks for any open object whose path differs from p only in indices. An object that is not in the body
// lacks every key.
func (o *Object) lacksLike(p Path, key string) bool {
	if !o.opensLike(p) {
		return false
	}
	found, lacks := false, false
	eachLike(o.Body, p, nil, func(at Path, v any) {
		if _, open := o.Sensitive[OpenKey(at)]; open {
			found, lacks = true, lacks || o.lacks(at, v, key)
		}
	})
	return lacks || !found
}

// opensLike reports whether an object is open whose path differs from p only in indices.
func (o *Object) opensLike(p Path) bool {
	shape := shapeOf(OpenKey(p))
	for at := range o.Sensitive {
		if strings.HasSuffix(at, anyKey) && shapeOf(at) == shape {
			return true
		}
	}
	return false
}

// eachLike calls f for every value in v whose path differs from p only in indices; at is the path of v.
func eachLike(v any, p, at Path, f func(at Path, v any)) {
	if len(p) == 0 {
		f(at, v)
		return
	}
	switch step := p[0].(type) {
	case string:
		in, _ := v.(map[string]any)
		if e, ok := in[step]; ok {
			eachLike(e, p[1:], at.With(step), f)
		}
	case int:
		list, _ := v.([]any)
		for i, e := range list {
			eachLike(e, p[1:], at.With(i), f)
		}
	}
}

// shapeOf removes the indices from a path.
func shapeOf(path string) string { return anyIndex.ReplaceAllString(path, "[]") }

package object

import "strings"

// An object of a body is open if its set of keys came from a sensitive variable, as that of extra = jsondecode(var.more)
// does. The keys that it has now are marked one by one. A key that it had before the variable was rotated is only on the
// live object, so every key that the body does not have counts as sensitive as well.

// Schema is what is known of the fields of one kind of object.
type Schema interface {
	// HasField reports whether the field at p is known by its name, and whether only Datadog sets it.
	HasField(p Path) (known, readOnly bool)
}

// anyKey is the last part of an entry of Object.Sensitive that marks an open object. No Path.String ends in it.
const anyKey = "*"

// OpenKey is the entry of Object.Sensitive which says that the object at p is open.
func OpenKey(p Path) string {
	if len(p) == 0 {
		return anyKey
	}
	return p.String() + "." + anyKey
}

// IsOpen reports whether an object in the body is open, or the body itself.
func (o *Object) IsOpen() bool {
	for at := range o.Sensitive {
		if strings.HasSuffix(at, anyKey) {
			return true
		}
	}
	return false
}

// HidesKey reports whether the last key of p is as secret as a value: it is a key of an open object, and not the name of
// a known field.
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

// TitleIsSensitive reports whether the name or title of the object came from a sensitive variable.
func (o *Object) TitleIsSensitive() bool {
	for _, key := range []string{"name", "title"} {
		p := Path{key}
		if known, _ := o.field(p); (known || o == nil || o.Schema == nil) && o.Touches(p) {
			return true
		}
	}
	return false
}

func (o *Object) field(p Path) (known, readOnly bool) {
	if o == nil || o.Schema == nil {
		return false, false
	}
	return o.Schema.HasField(p)
}

// isUnwritten reports whether p leads through a key of an open object that the body does not have. With like, elements
// of lists may have other indices.
func (o *Object) isUnwritten(p Path, like bool) bool {
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

// lacks reports whether the object at p, which is v, is open and does not have the key.
func (o *Object) lacks(p Path, v any, key string) bool {
	if _, open := o.Sensitive[OpenKey(p)]; !open {
		return false
	}
	in, _ := v.(map[string]any)
	_, written := in[key]
	return !written
}

// lacksLike is lacks for any open object that differs from p in the indices alone. One that is not in the body, or whose
// body is not known, lacks every key.
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

// opensLike reports whether an object is open that differs from p in the indices alone.
func (o *Object) opensLike(p Path) bool {
	shape := shapeOf(OpenKey(p))
	for at := range o.Sensitive {
		if strings.HasSuffix(at, anyKey) && shapeOf(at) == shape {
			return true
		}
	}
	return false
}

// eachLike calls f for every value in v whose path differs from p in the indices alone; at is the path of v.
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

// shapeOf is a path as text without the indices.
func shapeOf(path string) string { return anyIndex.ReplaceAllString(path, "[]") }

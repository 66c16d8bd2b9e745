package object

// Redacted is what output shows in place of a sensitive value.
const Redacted = "(sensitive value)"

// Redact returns v, a value at p of a body, with every value at a hidden path replaced by Redacted; hidden is
// o.IsSensitive, o.IsMarked or o.MayBeSensitive. The empty path is never hidden, because the result must be a body.
// Nulls remain. Keys that are sensitive themselves are merged into one key, Redacted.
func (o *Object) Redact(hidden func(Path) bool, v any, p Path) any {
	if v == nil {
		return nil
	}
	if len(p) > 0 && hidden(p) {
		return Redacted
	}
	switch v := v.(type) {
	case map[string]any:
		if v == nil {
			return v
		}
		out := make(map[string]any, len(v))
		for k, e := range v {
			if at := p.With(k); hidden(at) && o.HidesKey(at) {
				out[Redacted] = Redacted
			} else {
				out[k] = o.Redact(hidden, e, at)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = o.Redact(hidden, e, p.With(i))
		}
		return out
	}
	return v
}

// HasSecrets reports whether any value of the body depends on a sensitive variable.
func (o *Object) HasSecrets() bool { return o != nil && len(o.Sensitive) > 0 }

// Shown returns the object for output, with sensitive values replaced by Redacted. Code that only displays objects uses
// this one, so that it cannot reveal secrets.
func (o *Object) Shown() *Object {
	if !o.HasSecrets() {
		return o
	}
	shown := *o
	shown.Body, _ = o.Redact(o.IsSensitive, o.Body, nil).(map[string]any)
	return &shown
}

// ShownAll returns the objects for output, and whether any of them differs from the given ones.
func ShownAll(objects []*Object) (shown []*Object, differs bool) {
	shown = make([]*Object, len(objects))
	for i, o := range objects {
		shown[i] = o.Shown()
		differs = differs || shown[i] != o
	}
	return shown, differs
}

// Touches reports whether the value at p, a value that contains it or a value in it depends on a sensitive variable, in
// this version of the body or in another one, in which list elements can have other indices.
func (o *Object) Touches(p Path) bool {
	return o != nil && (o.IsSensitive(p) || o.MayBeSensitive(p) || o.HoldsSensitive(p))
}

// ShownPath returns the path for output: it ends at the outermost sensitive value, because the keys of a sensitive
// object are sensitive too. A key that is sensitive itself (see HidesKey) is Redacted.
func (o *Object) ShownPath(p Path) Path {
	if o.HasSecrets() {
		for n := 1; n <= len(p); n++ {
			switch {
			case !o.IsSensitive(p[:n]) && !o.MayBeSensitive(p[:n]):
			case o.HidesKey(p[:n]):
				return p[:n-1].With(Redacted)
			default:
				return p[:n]
			}
		}
	}
	return p
}

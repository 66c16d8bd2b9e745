package config

import (
	"maps"
	"slices"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// finish adds what the block does not contain itself: the stack's tags and implied values.
func (c compiled) finish(r *run, body map[string]any) map[string]any {
	merged := kind.MergeExtra(body).(map[string]any)
	if c.kind.StackTags && len(c.tags) > 0 {
		if own, isList := merged["tags"].([]any); isList || merged["tags"] == nil {
			if own == nil {
				r.markAdded(object.Path{"tags"})
			}
			merged = maps.Clone(merged)
			merged["tags"] = withTags(own, c.tags)
		}
	}
	open := r.impliedWithoutSecrets(c.kind, merged)
	for _, implied := range c.kind.Implied(merged) {
		r.openAround(implied.Path, merged)
		merged = with(merged, implied.Path, implied.Value).(map[string]any)
		if at := implied.Path.String(); !object.Equal(open[at], implied.Value) {
			r.markAt(implied.Path, r.secretNames())
		}
	}
	r.markDerived(c.kind, merged)
	return merged
}

// impliedWithoutSecrets returns, by path, the values that a body implies without its sensitive values. All other
// implied values depend on those.
func (r *run) impliedWithoutSecrets(k *kind.Kind, body map[string]any) map[string]any {
	open := map[string]any{}
	shown := &object.Object{Body: body, Sensitive: r.sensitive}
	for _, implied := range k.Implied(shown.Shown().Body) {
		open[implied.Path.String()] = implied.Value
	}
	return open
}

// markAdded marks a value that is added to an open object (see object.OpenKey) without that field: it replaces a field
// that can come from a sensitive value.
func (r *run) markAdded(p object.Path) {
	if names := r.sensitive[object.OpenKey(p[:len(p)-1])]; len(names) > 0 {
		r.markAt(p, names)
	}
}

// openAround opens the objects that are added to an open object to hold the value at p: their other fields can come
// from a sensitive value.
func (r *run) openAround(p object.Path, body map[string]any) {
	for n := 1; n < len(p); n++ {
		if names := r.sensitive[object.OpenKey(p[:n-1])]; len(names) > 0 && p[:n].In(body) == nil {
			r.mark(object.OpenKey(p[:n]), names)
		}
	}
}

// secretNames returns the sensitive variables that the object depends on.
func (r *run) secretNames() []string {
	var names []string
	for _, some := range r.sensitive {
		names = append(names, some...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// withTags appends the stack's tags that an object does not have itself.
func withTags(own []any, stack []string) []any {
	out := slices.Clone(own)
	for _, t := range stack {
		if !slices.Contains(own, any(t)) {
			out = append(out, t)
		}
	}
	return out
}

// with returns a copy of v with a value set at p, where p leads through objects only. v itself does not change.
func with(v any, p object.Path, value any) any {
	if len(p) == 0 {
		return value
	}
	in, _ := v.(map[string]any)
	out := make(map[string]any, len(in)+1)
	maps.Copy(out, in)
	key := p[0].(string)
	out[key] = with(in[key], p[1:], value)
	return out
}

// markDerived marks the fields that Datadog derives from what is sensitive. A name is derived only if none is set.
func (r *run) markDerived(k *kind.Kind, body map[string]any) {
	o := &object.Object{Body: body, Sensitive: r.sensitive}
	var derived []string
	for field, from := range k.DerivedFrom {
		if _, isSet := body[field]; isSet && field == k.Title {
			continue
		}
		if slices.ContainsFunc(from, func(key string) bool { return o.Touches(object.Path{key}) }) {
			derived = append(derived, field)
		}
	}
	for _, field := range derived {
		r.markAt(object.Path{field}, r.secretNames())
	}
}

package config

import (
	"maps"
	"slices"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// finish adds what is not written in the block itself.
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
	open := r.openlyImplied(c.kind, merged)
	for _, implied := range c.kind.Implied(merged) {
		r.openAround(implied.Path, merged)
		merged = with(merged, implied.Path, implied.Value).(map[string]any)
		if at := implied.Path.String(); !object.Equal(open[at], implied.Value) {
			r.markAt(implied.Path, r.secretNames())
		}
	}
	return merged
}

// openlyImplied is, by its path, what a body implies without what is sensitive in it. Anything else that it implies was
// computed from that.
func (r *run) openlyImplied(k *kind.Kind, body map[string]any) map[string]any {
	open := map[string]any{}
	shown := &object.Object{Body: body, Sensitive: r.sensitive}
	for _, implied := range k.Implied(shown.Shown().Body) {
		open[implied.Path.String()] = implied.Value
	}
	return open
}

// markAdded marks a value that is added to an open object which does not have the field: it replaces one that a secret
// gave.
func (r *run) markAdded(p object.Path) {
	if names := r.sensitive[object.OpenKey(p[:len(p)-1])]; len(names) > 0 {
		r.markAt(p, names)
	}
}

// openAround opens the objects that are added to an open one for the sake of the value at p: what else they held was
// given by a secret.
func (r *run) openAround(p object.Path, body map[string]any) {
	for n := 1; n < len(p); n++ {
		if names := r.sensitive[object.OpenKey(p[:n-1])]; len(names) > 0 && p[:n].In(body) == nil {
			r.mark(object.OpenKey(p[:n]), names)
		}
	}
}

// secretNames are the sensitive variables that are part of the object.
func (r *run) secretNames() []string {
	var names []string
	for _, some := range r.sensitive {
		names = append(names, some...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// withTags appends those of the stack's tags that a monitor does not have itself.
func withTags(own []any, stack []string) []any {
	out := slices.Clone(own)
	for _, t := range stack {
		if !slices.Contains(own, any(t)) {
			out = append(out, t)
		}
	}
	return out
}

// with returns v with a value set at p, where p leads through objects only. Nothing is changed that v shares.
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

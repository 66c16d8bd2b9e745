package kind

import (
	"maps"
	"slices"
)

// MergeExtra returns v with the members of each object's extra in that object, at any depth, and without the extra.
// A member of that name beside the extra is kept (Check reports the two). A member of an extra that is itself called
// extra is the way to a field of that name. v is not changed; what holds no extra is shared with the result.
func MergeExtra(v any) any {
	merged, _ := mergeExtra(v)
	return merged
}

// mergeExtra returns v itself if nothing in it changes.
func mergeExtra(v any) (merged any, changed bool) {
	switch in := v.(type) {
	case []any:
		if out := mergeList(in); out != nil {
			return out, true
		}
	case map[string]any:
		if out := mergeObject(in); out != nil {
			return out, true
		}
	}
	return v, false
}

// mergeList returns nil if nothing changes.
func mergeList(list []any) []any {
	var out []any
	for i, e := range list {
		m, changed := mergeExtra(e)
		if changed && out == nil {
			out = slices.Clone(list)
		}
		if changed {
			out[i] = m
		}
	}
	return out
}

// mergeObject returns nil if nothing changes.
func mergeObject(in map[string]any) map[string]any {
	var out map[string]any // a copy of in, made when the first difference is met
	if extra, ok := in[extraKey].(map[string]any); ok {
		out = make(map[string]any, len(in)+len(extra))
		maps.Copy(out, in)
		delete(out, extraKey)
		for key, v := range extra {
			if _, both := in[key]; !both || key == extraKey {
				out[key], _ = mergeExtra(v)
			}
		}
	}
	hasExtra := out != nil
	for key, v := range in {
		if hasExtra && key == extraKey {
			continue
		}
		m, changed := mergeExtra(v)
		if changed && out == nil {
			out = maps.Clone(in)
		}
		if changed {
			out[key] = m
		}
	}
	return out
}

package kind

import (
	"maps"
	"slices"
)

// MergeExtra returns v with the fields of each object's extra merged into that object, at any depth. A field that is
// also set in the object keeps its value (Check reports both). A field named extra inside an extra becomes a field of
// that name. v does not change; parts without an extra are shared with the result.
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
	var out map[string]any // a copy of in, created at the first difference
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

package kind

// MergeExtra returns v with the members of each object's extra in that object, at any depth, and without the extra.
// A member of that name beside the extra is kept (Check reports the two). v is not changed; what holds no extra is
// shared with the result.
func MergeExtra(v any) any {
	merged, _ := mergeExtra(v)
	return merged
}

func mergeExtra(v any) (merged any, changed bool) {
	switch v := v.(type) {
	case []any:
		return mergeList(v)
	case map[string]any:
		return mergeObject(v)
	}
	return v, false
}

func mergeList(list []any) (any, bool) {
	var out []any
	for i, e := range list {
		m, changed := mergeExtra(e)
		if changed && out == nil {
			out = append(make([]any, 0, len(list)), list...)
		}
		if changed {
			out[i] = m
		}
	}
	if out == nil {
		return list, false
	}
	return out, true
}

func mergeObject(in map[string]any) (any, bool) {
	extra, hasExtra := in[extraKey].(map[string]any)
	changed := hasExtra
	out := make(map[string]any, len(in)+len(extra))
	for key, v := range extra {
		out[key], _ = mergeExtra(v)
	}
	for key, v := range in {
		if key == extraKey && hasExtra {
			continue
		}
		m, memberChanged := mergeExtra(v)
		out[key], changed = m, changed || memberChanged
	}
	if !changed {
		return in, false
	}
	return out, true
}

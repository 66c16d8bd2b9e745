package cli

import (
	"slices"

	"ddmon/internal/plan"
)

// plan returns a plan to show, in which objects whose block is gone are without what is hidden: nothing tells any more
// at which of their places a sensitive value stands, and part of one may be read out of a text, such as a handle.
func (h *hider) plan(p *plan.Plan) *plan.Plan {
	if h.pattern == nil || p == nil {
		return p
	}
	out := &plan.Plan{Stack: p.Stack, Changes: slices.Clone(p.Changes)}
	for i := range out.Changes {
		c := &out.Changes[i]
		if c.Desired != nil {
			continue
		}
		c.Title = h.text(c.Title)
		c.Before, _ = h.value(c.Before).(map[string]any)
	}
	return out
}

// value is text for everything in a body.
func (h *hider) value(v any) any {
	switch v := v.(type) {
	case string:
		return h.text(v)
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = h.value(e)
		}
		return out
	case map[string]any:
		if v == nil {
			return v
		}
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[k] = h.value(e)
		}
		return out
	}
	return v
}

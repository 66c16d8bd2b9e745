package cli

import (
	"slices"

	"ddmon/internal/plan"
)

// plan returns a plan to show in which what is live is without what is hidden, wherever it stands: of an object whose
// block is gone, or no longer holds the value, nothing tells at which places that is, and part of one may be read out of
// a text, such as a handle.
func (h *hider) plan(p *plan.Plan) *plan.Plan {
	if len(h.forms) == 0 || p == nil {
		return p
	}
	out := &plan.Plan{Stack: p.Stack, Changes: slices.Clone(p.Changes)}
	for i := range out.Changes {
		c := &out.Changes[i]
		c.Before, _ = h.value(c.Before).(map[string]any)
		if c.Desired == nil {
			c.Title = h.text(c.Title)
		}
		c.Edits = slices.Clone(c.Edits)
		for n := range c.Edits {
			c.Edits[n].Before = h.value(c.Edits[n].Before)
		}
	}
	return out
}

// base does so for both of its sides.
func (h *hider) base(b *plan.Base) *plan.Base {
	if len(h.forms) == 0 || b == nil {
		return b
	}
	out := *b
	out.Own, out.Drift = h.plan(b.Own), h.plan(b.Drift)
	return &out
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

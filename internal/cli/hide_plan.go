package cli

import (
	"encoding/json"
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
)

// plan returns a plan to show: without the values that are sensitive by their place, and without sensitive texts anywhere in
// the live bodies: if a block was removed, or no longer holds the value, the places are unknown. Renderers get only this
// plan.
func (h *hider) plan(p *plan.Plan) *plan.Plan {
	if p == nil {
		return p
	}
	out := planfile.Shown(p)
	if h.empty() {
		return out
	}
	for i := range out.Changes {
		c := &out.Changes[i]
		c.Before, _ = h.value(c.Before).(map[string]any)
		if c.Desired == nil {
			c.Title = h.outside(c.Title)
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
	if b == nil {
		return b
	}
	out := *b
	out.Own, out.Drift = h.plan(b.Own), h.plan(b.Drift)
	return &out
}

// value is outside for everything in a body. The type of the object or of a widget is one of Datadog's words, not a text.
func (h *hider) value(v any) any {
	switch v := v.(type) {
	case string:
		return h.outside(v)
	case json.Number:
		if text := h.outside(v.String()); text != v.String() {
			return object.Redacted
		}
		return v
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
			if text, isText := e.(string); isText && (k == "type" || k == "layout_type") {
				out[k] = h.text(text)
				continue
			}
			out[k] = h.value(e)
		}
		return out
	}
	return v
}

// hasSecretTitle reports whether what a person calls an object is sensitive.
func hasSecretTitle(o *object.Object) bool {
	return o.TitleIsSensitive()
}

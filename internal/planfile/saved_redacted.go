package planfile

import (
	"maps"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// Redacted returns the plan to show without the configuration and Datadog, which restore sensitive values: they are
// Redacted.
func (s *Saved) Redacted() RedactedPlan {
	out := &plan.Plan{Stack: s.Stack, Changes: make([]plan.Change, 0, len(s.changes))}
	for i := range s.changes {
		c := &s.changes[i]
		shown := c.Change
		shown.Title, _ = withoutHashes(c.title).(string)
		shown.Before, _ = withoutHashes(c.Before).(map[string]any)
		shown.After, _ = withoutHashes(c.After).(map[string]any)
		shown.Edits = append([]plan.Edit(nil), c.Edits...)
		for n := range shown.Edits {
			e := &shown.Edits[n]
			e.Before, e.After = withoutHashes(e.Before), withoutHashes(e.After)
		}
		shown.Desired = c.desired(nil)
		if c.concealed {
			shown.LiveSensitive = c.liveSensitive()
		}
		out.Changes = append(out.Changes, shown)
	}
	return Redactor{}.Plan(out)
}

// withoutHashes returns a value with Redacted in place of hashed values.
func withoutHashes(v any) any {
	switch v := v.(type) {
	case hashedValue:
		return Redacted
	case map[string]any:
		if v == nil {
			return v
		}
		out := maps.Clone(v)
		for k, e := range out {
			if h, ok := e.(hashedValue); ok && h.Entry {
				delete(out, k) // its key is a hash
				out[object.Redacted] = Redacted
				continue
			}
			out[k] = withoutHashes(e)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = withoutHashes(e)
		}
		return out
	}
	return v
}

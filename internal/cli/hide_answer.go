package cli

import (
	"encoding/json"
	"regexp"
	"strconv"

	"ddmon/internal/object"
)

// answer hides sensitive values in a text from Datadog. Datadog can repeat everything it was sent, so values that are
// too short to search for in other output are hidden, too.
func (h *hider) answer(s string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if s = replace(s, h.all.FindEchoes(s)); h.parts.in(s) {
		return "(hidden: contains part of a sensitive value)"
	}
	if len(h.fields) == 0 {
		return s
	}
	return scalarField.ReplaceAllStringFunc(s, func(field string) string {
		parts := scalarField.FindStringSubmatch(field)
		if !h.fields[parts[2]] {
			return field
		}
		return parts[1] + strconv.Quote(object.Redacted)
	})
}

// scalarField matches a JSON field, or one in a JSON string that contains JSON, whose value is a number or a boolean.
var scalarField = regexp.MustCompile(`(\\*"([A-Za-z0-9_]+)\\*"\s*:\s*)(?:-?[0-9][0-9.eE+-]*|true|false)\b`)

// learnFields records the names of fields whose sensitive values cannot be searched for.
func (h *hider) learnFields(objects []*object.Object) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, o := range objects {
		if o.HasSecrets() {
			h.learnIn(o, o.Body, nil)
		}
	}
}

func (h *hider) learnIn(o *object.Object, v any, p object.Path) {
	switch v := v.(type) {
	case map[string]any:
		for key, e := range v {
			h.learnIn(o, e, p.With(key))
		}
	case []any:
		for i, e := range v {
			h.learnIn(o, e, p.With(i))
		}
	case bool, json.Number:
		if key, ok := p[len(p)-1].(string); ok && o.IsSensitive(p) {
			if h.fields == nil {
				h.fields = make(map[string]bool)
			}
			h.fields[key] = true
		}
	}
}

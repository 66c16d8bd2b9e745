package cli

import (
	"encoding/json"
	"regexp"
	"strconv"

	"ddmon/internal/object"
)

// answer returns what Datadog says without what is hidden. That may repeat all that was sent, so values that are too short
// to be looked for elsewhere go, too.
func (h *hider) answer(s string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	if s = replace(s, h.all.FindEchoes(s)); h.parts.in(s) {
		return "(not shown, as it repeats a part of a sensitive value)"
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

// scalarField is a field of JSON, or of JSON within a string of JSON, that holds a number or a truth value.
var scalarField = regexp.MustCompile(`(\\*"([A-Za-z0-9_]+)\\*"\s*:\s*)(?:-?[0-9][0-9.eE+-]*|true|false)\b`)

// learnFields notes the names of fields of objects whose sensitive values no text can be searched for.
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

package ddapi

import (
	"fmt"
	"regexp"

	"ddmon/internal/object"
)

// errorTexts reads the texts off the body of an error. Datadog has several forms: "errors" is a list of texts, a list
// of objects, a map from ids to lists of texts, or one text. isJSON is false if the body is no JSON object at all.
func errorTexts(raw []byte) (texts []string, isJSON bool) {
	v, err := document(raw)
	if err != nil {
		return nil, false
	}
	body, ok := v.(map[string]any)
	if !ok {
		return nil, false
	}
	for _, key := range []string{"errors", "error", "message"} {
		if texts := textsIn(body[key]); len(texts) > 0 {
			return texts, true
		}
	}
	return nil, true
}

// maxTexts is how many texts of one answer are shown.
const maxTexts = 50

// texts cleans what Datadog said and leaves out what is empty then, and what is too much to read.
func (c *cleaner) texts(said []string) []string {
	var out []string
	for i, text := range said {
		if len(out) == maxTexts {
			return append(out, fmt.Sprintf("and %d more", len(said)-i))
		}
		if text = c.text(text); text != "" {
			out = append(out, text)
		}
	}
	return out
}

// textsIn collects the texts in a value of "errors".
func textsIn(v any) []string {
	var out []string
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		for _, e := range v {
			out = append(out, textsIn(e)...)
		}
	case map[string]any:
		for _, key := range []string{"detail", "title", "message"} {
			if s, ok := v[key].(string); ok && s != "" {
				return []string{s}
			}
		}
		for _, key := range object.SortedKeys(v) {
			for _, text := range textsIn(v[key]) {
				out = append(out, fmt.Sprintf("%s: %s", key, text))
			}
		}
	}
	return out
}

// duplicate is how Datadog says that a monitor exists already.
var duplicate = regexp.MustCompile(`Duplicate of an existing monitor_id: ?(\d+)`)

func duplicateOf(messages []string) string {
	for _, m := range messages {
		if found := duplicate.FindStringSubmatch(m); found != nil {
			return found[1]
		}
	}
	return ""
}

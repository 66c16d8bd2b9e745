package ddapi

import (
	"fmt"
	"regexp"
)

// errorTexts returns the messages in the body of an error response. Datadog uses several formats: "errors" is a list of
// strings, a list of objects, a map from ids to lists of strings, or a string. isJSON is false if the body is not a
// JSON object. isDatadogs is false if it has no "errors": gateways and proxies write other keys, and their 404 does not
// mean that an object does not exist.
func errorTexts(raw []byte) (texts []string, isJSON, isDatadogs bool) {
	v, err := parseJSON(raw)
	if err != nil {
		return nil, false, false
	}
	body, ok := v.(map[string]any)
	if !ok {
		return nil, false, false
	}
	isDatadogs = !isEmpty(body["errors"])
	for _, key := range []string{"errors", "error", "message"} {
		if texts := textsIn(body[key]); len(texts) > 0 {
			return texts, true, isDatadogs
		}
	}
	return nil, true, isDatadogs
}

// maxTexts is how many messages of a response are shown.
const maxTexts = 50

// texts cleans messages from Datadog, drops empty ones, and limits their number.
func (c *cleaner) texts(messages []string) []string {
	var out []string
	for i, text := range messages {
		if len(out) == maxTexts {
			return append(out, fmt.Sprintf("and %d more", len(messages)-i))
		}
		if text = c.text(text); text != "" {
			out = append(out, text)
		}
	}
	return out
}

// duplicate matches Datadog's message that an identical monitor exists.
var duplicate = regexp.MustCompile(`Duplicate of an existing monitor_id: ?(\d+)`)

func duplicateOf(messages []string) string {
	for _, m := range messages {
		if found := duplicate.FindStringSubmatch(m); found != nil {
			return found[1]
		}
	}
	return ""
}

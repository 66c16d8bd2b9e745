package ddapi

import (
	"slices"
	"strings"
	"testing"
)

// TestErrorTexts: the messages of every format of an error, and which bodies are one JSON object, and Datadog's.
func TestErrorTexts(t *testing.T) {
	for _, tt := range []struct {
		body               string
		texts              []string
		isJSON, isDatadogs bool
	}{
		{`{"errors":["a","b"]}`, []string{"a", "b"}, true, true},
		{`{"errors":[{"detail":"a"}]}`, []string{"a"}, true, true},
		{`{"errors":{"1":["a"],"2":["b"]}}`, []string{"1: a", "2: b"}, true, true},
		{`{"errors":"a"}`, []string{"a"}, true, true},
		{` {"errors":["a"]} ` + "\n", []string{"a"}, true, true},
		{`{"errors":[]}`, nil, true, false},
		{`{"errors":[],"message":"m"}`, []string{"m"}, true, false},
		{`{"error":"e","message":"m"}`, []string{"e"}, true, false},
		{`{"message":"m"}`, []string{"m"}, true, false},
		{`{}`, nil, true, false},
		{`{"errors":["a"]}{"errors":["b"]}`, nil, false, false},
		{`{"errors":["a"]} <html>`, nil, false, false},
		{`{"errors":["a"]}]`, nil, false, false},
		{`{"errors":["a"]`, nil, false, false},
		{`["a"]`, nil, false, false},
		{`"a"`, nil, false, false},
		{`<html>`, nil, false, false},
		{``, nil, false, false},
		{`{"errors":["` + strings.Repeat("a", maxErrorBody) + `"]}`, nil, false, false},
	} {
		texts, isJSON, isDatadogs := errorTexts([]byte(tt.body))
		slices.Sort(texts)
		if !slices.Equal(texts, tt.texts) || isJSON != tt.isJSON || isDatadogs != tt.isDatadogs {
			t.Errorf("%.60s: %q, JSON %v, Datadog's %v", tt.body, texts, isJSON, isDatadogs)
		}
	}
}

// TestNestingOfDocuments: objects and lists can be nested to the same depth.
func TestNestingOfDocuments(t *testing.T) {
	for _, around := range [][2]string{{`{"a":`, "}"}, {"[", "]"}, {`[{"a":`, "}]"}} {
		each := len(around[1])
		for _, depth := range []int{1, maxDepth - 2, maxDepth, maxDepth + 2, 10 * maxDepth} {
			n := depth / each
			_, err := parseJSON([]byte(strings.Repeat(around[0], n) + "1" + strings.Repeat(around[1], n)))
			if fits := n*each < maxDepth; n*each != maxDepth && (err == nil) != fits {
				t.Errorf("%s nested to %d: %v", around[0], n*each, err)
			}
		}
	}
}

package cli

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"ddmon/internal/object"
)

// TestHider: secrets are found with different spaces, in the notations of the output, and where two of them overlap.
func TestHider(t *testing.T) {
	for name, tt := range map[string]struct {
		secrets    []string
		text, want string
	}{
		"as it is":            {[]string{"hunter2"}, "a hunter2 b", "a (sensitive value) b"},
		"wrapped":             {[]string{"correct horse battery"}, "correct\n  horse battery!", "(sensitive value)!"},
		"blanks of all sorts": {[]string{"hunter\u00a0two\vthree"}, "a hunter\u00a0two\vthree b", "a (sensitive value) b"},
		"a line of several":   {[]string{"first line\nsecond line"}, "it says second line", "it says (sensitive value)"},
		"overlapping":         {[]string{"abcdXYZ", "XYZ123456789"}, "abcdXYZ123456789", "(sensitive value)"},
		"metacharacters":      {[]string{`a.*b|c[d`}, "xx a.*b|c[d axxb", "xx (sensitive value) axxb"},
		"in JSON in JSON":     {[]string{`a"b\c`}, `{\"k\":\"a\\\"b\\\\c\"}`, `{\"k\":\"(sensitive value)\"}`},
		"cleaned":             {[]string{"Zabcd\x1b[31mWefgh"}, "name=Zabcd [31mWefgh", "name=(sensitive value)"},
		"too short to hide":   {[]string{"abc"}, "abcabc abc", "abcabc abc"},
		"just long enough":    {[]string{"abcd"}, "abc abcd", "abc (sensitive value)"},
		"other letters":       {[]string{"Hunter-Two"}, "HUNTER-two", "(sensitive value)"},
		"a number":            {[]string{"73519"}, "73519 73,519 173519 735", "(sensitive value) (sensitive value) 173519 735"},
		"a number in JSON": {[]string{"73519", "-1234.5"}, `{"a": 73519, "b": [-1234.5,73519], "c": "is 73519, it is"}`,
			`{"a": "(sensitive value)", "b": ["(sensitive value)","(sensitive value)"], "c": "is (sensitive value), it is"}`},
		"too short a number":    {[]string{"123"}, "123", "123"},
		"long enough, a number": {[]string{"1234"}, "1234 123", "(sensitive value) 123"},
		"encoded":               {[]string{"hunter2 pass"}, "aHVudGVyMiBwYXNz hunter2+pass hunter2%20pass ssap 2retnuh", "(sensitive value) (sensitive value) (sensitive value) (sensitive value)"},
	} {
		h := newHider(io.Discard, io.Discard)
		h.learn(map[string][]string{"v": tt.secrets})
		h.learnEncoded(map[string][]string{"v": tt.secrets})
		if got := h.text(tt.text); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	// A value that is set as a key by mistake must not cause a panic that shows the other keys.
	h := newHider(io.Discard, io.Discard)
	h.learnKeys("abcdefgh\xff12345678", "abcdefabcdef123")
	if got := h.text("the key abcdefabcdef123"); strings.Contains(got, "abcdefabcdef123") {
		t.Error(got)
	}
	// A value that is shorter than a key is a placeholder.
	h = newHider(io.Discard, io.Discard)
	h.learnKeys("sandbox", "8letters")
	if got := h.text("sandbox 8letters"); got != "sandbox (key)" {
		t.Error(got)
	}
}

// TestHiderOfAnswers: in texts from Datadog, short values are hidden, too, and so are numbers and booleans of sensitive
// fields.
func TestHiderOfAnswers(t *testing.T) {
	h := newHider(io.Discard, io.Discard)
	h.learn(map[string][]string{"v": {"abc", "5", "hunter2"}})
	h.learnFields([]*object.Object{{
		Body:      map[string]any{"options": map[string]any{"notify_audit": true, "timeout_h": json.Number("3"), "locked": false}},
		Sensitive: map[string][]string{"options.notify_audit": {"v"}, "options.timeout_h": {"v"}},
	}})
	got := h.answer(`refused: {"message":"abc abcd","timeout_h":3,"locked":false,"notify_audit": true} "{\"notify_audit\":true}" 5 55 HUNTER2`)
	want := `refused: {"message":"(sensitive value) abcd","timeout_h":"(sensitive value)","locked":false,"notify_audit": "(sensitive value)"}` +
		` "{\"notify_audit\":"(sensitive value)"}" (sensitive value) 55 (sensitive value)`
	if got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got := h.text("abc 5 hunter2"); got != "abc 5 (sensitive value)" {
		t.Error(got)
	}
}

// TestHiderKeepsJSON: a JSON document stays valid after numbers are removed.
func TestHiderKeepsJSON(t *testing.T) {
	var out strings.Builder
	h := newHider(&out, io.Discard)
	h.learn(map[string][]string{"v": {"73519"}})
	document := map[string]any{"n": 73519, "list": []any{73519, -73519, "73519", 1}, "k73519": 73519.5, "nested": map[string]any{"73519": 73519}}
	for _, indent := range []string{"", "  "} {
		out.Reset()
		if err := json.NewEncoder(h.stdout).Encode(document); err != nil {
			t.Fatal(err)
		}
		pretty, err := json.MarshalIndent(document, "", indent)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.stdout.Write(append(pretty, '\n')); err != nil {
			t.Fatal(err)
		}
		decoder := json.NewDecoder(strings.NewReader(out.String()))
		for range 2 {
			var v map[string]any
			if err := decoder.Decode(&v); err != nil {
				t.Fatalf("%v in %s", err, out.String())
			}
			if v["n"] != object.Redacted || v["k73519"] != 73519.5 {
				t.Error(v)
			}
		}
	}
}

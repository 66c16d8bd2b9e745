package cli

import (
	"io"
	"strings"
	"testing"
)

// TestHider: what is hidden is found with other blanks, in the notations of output, and where two of them overlap.
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
		"too short to hide":   {[]string{"abc"}, "abcabc", "abcabc"},
	} {
		h := newHider(io.Discard, io.Discard)
		h.learn(map[string][]string{"v": tt.secrets})
		if got := h.text(tt.text); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	// A key that is none, for a slip, must not end the program with the others in its last words.
	h := newHider(io.Discard, io.Discard)
	h.learnKeys("abcdefgh\xff12345678", "abcdefabcdef123")
	if got := h.text("the key abcdefabcdef123"); strings.Contains(got, "abcdefabcdef123") {
		t.Error(got)
	}
}

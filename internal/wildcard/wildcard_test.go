package wildcard_test

import (
	"strings"
	"testing"

	"ddmon/internal/wildcard"
)

func TestTag(t *testing.T) {
	for _, test := range []struct {
		pattern, input string
		want           bool
	}{
		{"a", "a", true}, {"a", "ab", false}, {"a*", "a", true}, {"a*", "abc", true}, {"a*", "ba", false}, {"*a", "ba", true}, {"*", "", true},
		{"a*b*c", "axxbyyc", true}, {"a*b*c", "axxcyyb", false}, {"ab*ba", "aba", false}, {"a?", "ab", false}, {"a?", "a?", true}, {`a\*`, `a\b`, true},
	} {
		if got := wildcard.Tag(test.pattern)(test.input); got != test.want {
			t.Errorf("%q with %q: %v", test.input, test.pattern, got)
		}
	}
}

func TestSearch(t *testing.T) {
	for _, test := range []struct {
		pattern, input string
		want           bool
	}{
		{"a", "a", true}, {"a*", "abc", true}, {"*b*", "abc", true}, {"a*b*c", "axxbyyc", true}, {"ab*ba", "aba", false}, {"", "", true}, {"", "a", false},
		{"a?c", "abc", true}, {"a?c", "ac", false}, {"?", "日", true}, {`a\*`, "a*", true}, {`a\*`, "ab", false}, {`a\?`, "a?", true}, {`a\`, `a\`, true}, {"*?", "", false},
	} {
		if got := wildcard.Search(test.pattern)(test.input); got != test.want {
			t.Errorf("%q with %q: %v", test.input, test.pattern, got)
		}
	}
}

// TestManyStars: a pattern with many possible matches does not take exponential time.
func TestManyStars(t *testing.T) {
	pattern, input := strings.Repeat("a*", 200)+"b", strings.Repeat("a", 5000)
	if wildcard.Tag(pattern)(input) || wildcard.Search(pattern)(input) {
		t.Error("a string without b matches")
	}
}

package limit

import (
	"math"
	"regexp"
	"regexp/syntax"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"
)

// TestSearch: as many matches are found as the functions will find, whatever precedes them.
func TestSearch(t *testing.T) {
	for _, text := range []string{"", "a", "service a owner b\nservice cc owner d\n", "äöü äb\n\nx", strings.Repeat("ab ", 50), "aXbXc"} {
		for _, source := range []string{`a`, `\b\w`, `^`, `(?m)^`, `(?m)^\w+`, `\Aa`, `$`, `(?m)$`, `x*`, `\B`, `(\S+) owner (\S+)`, `(?i)x`, `.`, `(?s).+`, `a|b|`, `(?U)a.*b`, `[^a]+`} {
			want := len(regexp.MustCompile(source).FindAllStringIndex(text, -1))
			read, got := compile(source).search(text, math.MaxInt, math.MaxInt)
			if empty := regexp.MustCompile(source).MatchString(""); got < want || got > want && !empty && !strings.ContainsAny(source, `^$B`) {
				t.Errorf("%q in %q: %d matches, want %d", source, text, got, want)
			}
			if read < len([]rune(text))-1 && !strings.HasPrefix(source, `\A`) && source != "^" {
				t.Errorf("%q in %q: %d characters read", source, text, read)
			}
		}
	}
}

func TestPatterns(t *testing.T) {
	lines := strings.Repeat("service svc1 owner team-1 severity 1 contact someone1@example.com # comment\n", 900)
	as := strings.Repeat("a", 4096)
	for _, test := range []struct{ name, pattern, text, want string }{
		{"fields", `service (\S+) owner (\S+) severity (\d)`, lines, ""},
		{"comments", `\s*#.*`, lines, ""},
		{"lines", `(?m)^(\w+) (.*)$`, lines, ""},
		{"blanks", ` +`, lines, ""},
		{"one search to the end", `(?s)a.*z`, as, ""},
		{"a search to the end for each match", `a(?:.*b)?`, as, "Evaluation takes too long"},
		{"but not at the beginning", `^|a(?:.*b)?`, as, "Evaluation takes too long"},
		{"after a word", `\B(?:a(?:.*b)?)`, as, "Evaluation takes too long"},
		{"a long search for each match", `a(?:(?:.?){900}b)?`, as, "Evaluation takes too long"},
		{"cases of letters", `(?i)[a-z_][a-z0-9_]*`, lines, ""},
		{"cases of all characters", `(?i)` + strings.Repeat(`[B-\x{1e942}]`, 1000), "a", "Evaluation takes too long"},
		{"cases of all characters as they are", `(?si:` + strings.Repeat("[B-\U0001e942]", 1000) + ")", "a", "Evaluation takes too long"},
		{"cases of all characters in octal", `(?i)` + strings.Repeat(`[\102-\x{1e942}]`, 1000), "a", "Evaluation takes too long"},
		{"classes of Unicode", `[` + strings.Repeat(`\pL`, 30_000) + `]`, "a", "Evaluation takes too long"},
		{"letters", `\p{L}+`, lines, ""},
		{"not valid", `(`, lines, ""},
	} {
		m := NewMeter(t.Context())
		var f *Error
		for range 3 {
			f = m.BeforeCall("replace", []cty.Value{cty.StringVal(test.text), cty.StringVal("/" + test.pattern + "/"), cty.StringVal("")})
		}
		if got := summary(f); got != test.want {
			t.Errorf("%s: %q after %d steps, want %q", test.name, got, m.Steps(), test.want)
		}
	}
}

// TestInstructions: only a counted repetition multiplies the size of a pattern.
func TestInstructions(t *testing.T) {
	for pattern, want := range map[string]int{
		"a": 2, "ab": 3, "a*": 3, "a+": 3, "a?": 3, "a{5}": 15, "a{2,5}": 15, "a{5,}": 15, "a{0,5}": 15, "a{0}": 3, "(a{5}){4}": 4 * (1 + 1 + 15), "(ab)": 4,
	} {
		re, err := syntax.Parse(pattern, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		if got := instructions(re); got != want {
			t.Errorf("%s has %d instructions, want %d", pattern, got, want)
		}
	}
}

package lint

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestExplain: every rule is explained, in the parts that a reader looks for.
func TestExplain(t *testing.T) {
	for _, r := range Rules() {
		text, ok := Explain(r.Code)
		if !ok {
			t.Errorf("%s is not explained", r.Code)
			continue
		}
		if !strings.HasPrefix(text, "## "+r.Code+"\n") {
			t.Errorf("%s starts with %.30q", r.Code, text)
		}
		for _, want := range []string{"\n**Finds** ", "\n**Why** ", "(https://", "\n**Mend** ", "```hcl\n"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s lacks %q", r.Code, want)
			}
		}
	}
	if text, ok := Explain("no_such_code"); ok || text != "" {
		t.Errorf("an unknown code is explained: %q", text)
	}
}

// TestCodesAreRules: nothing is explained that is not found.
func TestCodesAreRules(t *testing.T) {
	known := map[string]bool{}
	for _, r := range Rules() {
		if known[r.Code] {
			t.Errorf("two rules have the code %s", r.Code)
		}
		known[r.Code] = true
	}
	sources := ""
	for _, pattern := range []string{".", "../ddquery", "../monitorcheck"} {
		entries, err := os.ReadDir(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if strings.HasSuffix(e.Name(), ".go") && !strings.HasSuffix(e.Name(), "_test.go") {
				text, err := os.ReadFile(pattern + "/" + e.Name())
				if err != nil {
					t.Fatal(err)
				}
				sources += string(text)
			}
		}
	}
	// What a check reports under is the first text in these calls.
	for _, m := range regexp.MustCompile(`\b(?:failHere|fail|report|add|inMessage)\([^;{}"]*"([a-z]+(?:_[a-z]+)*)", *(?:Severity|diag\.Severity|severity|")`).FindAllStringSubmatch(sources, -1) {
		if code := m[1]; !charCode(code) {
			if _, ok := Explain(code); !ok {
				t.Errorf("%s is reported and not explained", code)
			}
		}
	}
	for _, code := range Codes() {
		if !known[code] && !charCode(code) && !strings.Contains(sources, `"`+code+`"`) {
			t.Errorf("%s is explained and nowhere found", code)
		}
	}
}

// charCode reports whether a code is put together from a character's name, as expected_comma.
func charCode(code string) bool { return strings.HasPrefix(code, "expected_") }

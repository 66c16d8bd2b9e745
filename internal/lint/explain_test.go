package lint

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestExplain: every rule has a section in the manual with all its parts.
func TestExplain(t *testing.T) {
	for _, r := range Rules() {
		text, ok := Explain(r.Code)
		if !ok {
			t.Errorf("%s has no section", r.Code)
			continue
		}
		if !strings.HasPrefix(text, "## "+r.Code+"\n") {
			t.Errorf("%s starts with %.30q", r.Code, text)
		}
		for _, want := range []string{"\n**Finds** ", "\n**Why** ", "(https://", "\n**Fix** ", "```hcl\n"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is missing", r.Code, want)
			}
		}
	}
	if text, ok := Explain("no_such_code"); ok || text != "" {
		t.Errorf("an unknown code has a section: %q", text)
	}
}

// TestCodesAreRules: every reported code has a section, and every section has a reported code.
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
	// The first string argument of these calls is the code.
	for _, m := range regexp.MustCompile(`\b(?:failHere|fail|report|add|inMessage)\([^;{}"]*"([a-z]+(?:_[a-z]+)*)", *(?:Severity|diag\.Severity|severity|")`).FindAllStringSubmatch(sources, -1) {
		if code := m[1]; !charCode(code) {
			if _, ok := Explain(code); !ok {
				t.Errorf("%s is reported but has no section", code)
			}
		}
	}
	for _, code := range Codes() {
		if !known[code] && !charCode(code) && !strings.Contains(sources, `"`+code+`"`) {
			t.Errorf("%s has a section but is never reported", code)
		}
	}
}

// charCode reports whether a code is built from the name of a character, for example expected_comma.
func charCode(code string) bool { return strings.HasPrefix(code, "expected_") }

package lint

import (
	"strings"
	"testing"
)

// TestExplain: every rule has a section in the manual with all its parts.
func TestExplain(t *testing.T) {
	known := map[string]bool{}
	for _, r := range Rules() {
		if known[r.Code] {
			t.Errorf("two rules have the code %s", r.Code)
		}
		known[r.Code] = true
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

package internal_test

import (
	"maps"
	"slices"
	"testing"

	"ddmon/internal/lint"
)

// TestManual: `ddmon lint --explain` knows every code that a command can print, and every section of the manual is
// about such a code.
func TestManual(t *testing.T) {
	found := codesOf(t)
	for _, code := range slices.Sorted(maps.Keys(found)) {
		if _, ok := lint.Explain(code); !ok {
			t.Errorf("%s: the code %s has no section in lint/docs", found[code], code)
		}
	}
	for _, code := range lint.Codes() {
		if found[code] == "" {
			t.Errorf("the manual explains %s, which nothing reports", code)
		}
	}
	if len(found) < 200 {
		t.Errorf("only %d codes are found", len(found))
	}
}

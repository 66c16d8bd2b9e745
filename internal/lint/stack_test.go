package lint_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/lint"
)

// load reads a stack of the repository.
func load(t *testing.T, dir string) lint.Input {
	t.Helper()
	stack, diags := config.Load(config.Options{Dir: dir})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return lint.Input{Stack: stack.Name, Objects: stack.Objects}
}

func codes(diags hcl.Diagnostics) map[string]int {
	found := map[string]int{}
	for _, d := range diags {
		found[diag.Code(d)]++
	}
	return found
}

// TestShippedStacks: the repository's own stacks have no findings.
func TestShippedStacks(t *testing.T) {
	expected := map[string]map[string]int{
		"../..":                      {},
		"../../examples/log-service": {},
	}
	for dir, want := range expected {
		in := load(t, dir)
		if diags := lint.Validate(in); len(diags) > 0 {
			t.Errorf("%s: %v", dir, diags)
		}
		diags := lint.Lint(in)
		if d := cmp.Diff(want, codes(diags)); d != "" {
			t.Errorf("%s: (-want +got)\n%s", dir, d)
			for _, d := range diags {
				t.Log(d.Subject, diag.Code(d), d.Detail)
			}
		}
	}
}

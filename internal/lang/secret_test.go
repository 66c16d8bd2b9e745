package lang

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// TestDerived holds which texts are remembered of what is computed from a sensitive value.
func TestDerived(t *testing.T) {
	for text, want := range map[string][]string{
		`"x-${upper(var.p)}"`:                          {"HUNTER2"},
		`"x-${var.p}-${upper(var.p)}"`:                 {"HUNTER2", "hunter2"},
		`nonsensitive(upper(var.p))`:                   nil,
		`"x-${nonsensitive(upper(var.p))}"`:            nil,
		`join("/", ["a", var.p])`:                      {"a/hunter2"},
		`[for c in ["a"] : format("%s-%s", c, var.p)]`: {"a-hunter2"},
		`length("a")`:                                  nil,
	} {
		s := newTestScope(nil)
		secret, inside := s.Secrets.Mark(cty.StringVal("hunter2"), "p", hcl.Range{})
		if !slices.Equal(inside, []string{"hunter2"}) {
			t.Errorf("in the value: %v", inside)
		}
		s.roots["var"] = values(s, map[string]cty.Value{"p": secret})
		if _, diags := evaluateIn(t, s, text); len(diags) > 0 {
			t.Errorf("%s: %s", text, describe(diags))
		}
		got := s.Secrets.Derived()["p"]
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: want -, got +:\n%s", text, diff)
		}
	}
}

// TestTooManyDerived checks that too many strings are an error at the declaration of the variable.
func TestTooManyDerived(t *testing.T) {
	s := newTestScope(nil)
	secret, _ := s.Secrets.Mark(cty.StringVal("a"), "p", hcl.Range{Filename: "variables.hcl"})
	many := make([]cty.Value, maxLearned+2)
	_, marks := secret.Unmark()
	for i := range many {
		many[i] = cty.StringVal(fmt.Sprint("text ", i)).WithMarks(marks)
	}
	s.Secrets.Learn(cty.TupleVal(many))
	if diags := s.Report.Diagnostics(); len(diags) != 1 || diags[0].Subject.Filename != "variables.hcl" || !strings.Contains(diags[0].Summary, "Too many sensitive strings") {
		t.Errorf("%s", describe(diags))
	}
}

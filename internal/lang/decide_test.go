package lang

import (
	"fmt"
	"strings"
	"testing"

	"ddmon/internal/diag"
)

// TestIDsDecideNothing: an id that decides something is one error at the id, in every place of every expression. In all
// other places it is a value.
func TestIDsDecideNothing(t *testing.T) {
	const id = "monitor.o.id"
	for _, decides := range []string{
		`X ? 1 : 2`, `X == "5"`, `"5" == X`, `X != "5"`, `X + 1`, `1 + X`, `X > 1`, `1 > X`, `X && true`, `true && X`, `true || X`, `!X`, `-X`,
		`{ a = 1 }[X]`, `["a"][X]`, `{ (X) = 1 }`, `{ a = 1, (X) = 2 }`, `{ for v in [1] : X => v }`, `[for v in [1] : v if X]`, `{ for v in [1] : "a" => v if X }`,
		`upper(X)`, `replace("a", X, "b")`, `replace(X, "a", "b")`, `contains(["a"], X)`, `split(",", X)`, `[upper(X)]`, `{ a = upper(X) }`, `"${upper(X)}"`, `[for v in [1] : upper(X)]`,
	} {
		text := strings.ReplaceAll(decides, "X", id)
		_, diags := evaluateIn(t, newTestScope(nil), text)
		if len(diags) != 1 || diag.Code(diags[0]) != "unknown_id" {
			t.Errorf("%s: %s", text, describe(diags))
			continue
		}
		if at := strings.Index(text, id); diags[0].Subject.Start.Byte > at || diags[0].Subject.End.Byte < at+len(id) {
			t.Errorf("%s: at %v, not %d", text, diags[0].Subject, at)
		}
	}
	for _, passes := range []string{
		`X`, `"${X}"`, `"a ${X} b"`, `[X]`, `{ a = X }`, `true ? X : "a"`, `false ? "a" : X`, `[for v in [1] : X]`, `{ for v in ["a"] : v => X }`,
		`[for v in [X] : v]`, `[X][0]`, `{ a = X }.a`, `{ a = X }["a"]`, `[{ a = X }][*].a`,
	} {
		text := strings.ReplaceAll(passes, "X", id)
		value, diags := evaluateIn(t, newTestScope(nil), text)
		if diags.HasErrors() || fmt.Sprint(value.GoString()) == "" {
			t.Errorf("%s: %s", text, describe(diags))
		}
	}
}

package lang

import (
	"fmt"
	"strings"
	"testing"

	"ddmon/internal/diag"
)

// TestShortcuts compares functions that have a shortcut for plain arguments with themselves without it: arguments in a
// list do not use the shortcut.
func TestShortcuts(t *testing.T) {
	values := []string{
		`{}`, `{ a = 1 }`, `{ a = [var.s], b = "x" }`, `tomap({ a = "1", b = "2" })`, `tomap({})`, `[]`, `["a", "b"]`, `["a", 1, true, null]`, `[["a"], "a"]`, `tolist(["a"])`,
		`toset(["a", "b"])`, `"a"`, `"b"`, `1`, `1.5`, `true`, `null`, `var.s`, `[var.s, "a"]`, `sensitive("a")`, `sensitive({ a = 1 })`,
	}
	var calls []string
	for _, a := range values {
		calls = append(calls, fmt.Sprintf("length(%s)", a), fmt.Sprintf("length(%s, 1)", a), fmt.Sprintf("lookup(%s)", a), fmt.Sprintf("lookup(%s, \"a\", 5, 6)", a),
			fmt.Sprintf("contains(%s)", a), fmt.Sprintf("contains(%s, \"a\", 5)", a), fmt.Sprintf("index(%s)", a), fmt.Sprintf("index(%s, \"a\", 5)", a))
		for _, b := range values {
			calls = append(calls, fmt.Sprintf("contains(%s, %s)", a, b), fmt.Sprintf("index(%s, %s)", a, b), fmt.Sprintf("lookup(%s, %s)", a, b), fmt.Sprintf("lookup(%s, %s, 5)", a, b))
		}
	}
	for _, call := range calls {
		name, rest, _ := strings.Cut(call, "(")
		results := make([]string, 2)
		for i, c := range []string{call, name + "([" + strings.TrimSuffix(rest, ")") + "]...)"} {
			value, diags := evaluateIn(t, newTestScope(nil), "jsonencode("+c+")")
			if diags.HasErrors() {
				results[i] = diag.Code(diags[0])
				continue
			}
			bare, _ := value.UnmarkDeep()
			results[i] = fmt.Sprintf("%#v", bare)
		}
		if results[0] != results[1] {
			t.Errorf("%s: %s, want %s", call, results[0], results[1])
		}
	}
}

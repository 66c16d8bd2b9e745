package internal_test

import (
	"go/ast"
	"go/token"
	"strings"
	"testing"
)

// escapedTypes maps the string types for output to the files that can convert strings to them, because they sanitize or
// escape the strings. Elsewhere only constants can have these types.
var escapedTypes = map[string]string{
	"safe.Text": "render/safe/", "safe.Painted": "render/safe/",
	"markup": "render/markdown/escape.go", "escaped": "render/machine/annotation.go",
}

// TestOutputIsSanitized: a conversion elsewhere would write untrusted strings to the output.
func TestOutputIsSanitized(t *testing.T) {
	seen := map[string]bool{}
	eachFile(t, func(path string, _ *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 1 {
				return true
			}
			name := nameOf(call.Fun)
			allowed, ok := escapedTypes[name]
			if _, constant := call.Args[0].(*ast.BasicLit); !ok || constant {
				return true
			}
			if seen[name] = true; !strings.HasPrefix(path, allowed) {
				t.Errorf("%s converts a string to %s: call the function that sanitizes it", path, name)
			}
			return true
		})
	})
	if !seen["markup"] || !seen["escaped"] {
		t.Error("no conversions found: were the types renamed?")
	}
}

// nameOf returns an identifier, with its package if it is qualified.
func nameOf(n ast.Expr) string {
	switch n := n.(type) {
	case *ast.Ident:
		return n.Name
	case *ast.SelectorExpr:
		return nameOf(n.X) + "." + n.Sel.Name
	}
	return ""
}

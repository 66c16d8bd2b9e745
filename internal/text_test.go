package internal_test

import (
	"go/ast"
	"go/token"
	"strings"
	"testing"
)

// escaping are the types of text that output is made of, and where text may be converted to them: by what sanitises or
// escapes it. Anywhere else only constants are of these types.
var escaping = map[string]string{
	"safe.Text": "render/safe/", "safe.Painted": "render/safe/",
	"markup": "render/markdown/escape.go", "escaped": "render/machine/annotation.go",
}

// TestTextIsSanitised: a conversion would let text from outside into output as it is.
func TestTextIsSanitised(t *testing.T) {
	seen := map[string]bool{}
	eachFile(t, func(path string, _ *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 1 {
				return true
			}
			name := nameOf(call.Fun)
			home, ok := escaping[name]
			if _, constant := call.Args[0].(*ast.BasicLit); !ok || constant {
				return true
			}
			if seen[name] = true; !strings.HasPrefix(path, home) {
				t.Errorf("%s converts text to %s: call what sanitises it", path, name)
			}
			return true
		})
	})
	if !seen["markup"] || !seen["escaped"] {
		t.Error("the test finds no conversion: are the types called otherwise now?")
	}
}

// nameOf is a name with the package before it, if it has one.
func nameOf(n ast.Expr) string {
	switch n := n.(type) {
	case *ast.Ident:
		return n.Name
	case *ast.SelectorExpr:
		return nameOf(n.X) + "." + n.Sel.Name
	}
	return ""
}

package internal_test

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// mayReveal are the packages that may ask for a sensitive value: they define, judge or compare. What shows may not.
var mayReveal = []string{"object", "replay", "expect", "behaviour"}

// showing are the packages that show. They may not read the body of an object, which holds sensitive values as they are,
// but only that of Shown, except where mayRead says why.
var showing = []string{"cli", "operation", "render", "report", "explain"}

var mayRead = map[string]string{
	"cli/schema.go:k.Body":      "is the type of a kind's bodies",
	"operation/check.go:o.Body": "finds places in files, and gives nothing but those",
	"cli/hide_answer.go:o.Body": "learns which fields to hide",
	"explain/sensitive.go:o.Body":  "is where secrets are taken out",
	"report/looks.go:m.Body":    "is of a monitor that Shown returned",
}

func TestSecretsAreNotRevealed(t *testing.T) {
	read := map[string]bool{}
	eachFile(t, func(path string, _ *token.FileSet, file *ast.File) {
		name := strings.Split(path, "/")[0]
		ast.Inspect(file, func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if s.Sel.Name == "Reveal" && !slices.Contains(mayReveal, name) {
				t.Errorf("%s reveals a sensitive value", path)
			}
			if s.Sel.Name != "Body" || !slices.Contains(showing, name) {
				return true
			}
			switch x := s.X.(type) {
			case *ast.Ident:
				read[path+":"+x.Name+".Body"] = true
			case *ast.CallExpr:
				if of, ok := x.Fun.(*ast.SelectorExpr); !ok || of.Sel.Name != "Shown" {
					t.Errorf("%s reads a body that is not of Shown()", path)
				}
			default:
				t.Errorf("%s reads a body that is not of Shown()", path)
			}
			return true
		})
	})
	checkUses(t, read, mayRead, "mayRead", "read the body of Shown()")
}

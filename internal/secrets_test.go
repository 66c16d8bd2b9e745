package internal_test

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// revealing are the packages that can reveal sensitive values: they define, evaluate or compare values. Packages that
// write output cannot.
var revealing = []string{"object", "replay", "expect", "behaviour"}

// showing are the packages that write output. They must not read the body of an object, which contains sensitive
// values, but only the body of Shown. bodyReasons lists the exceptions.
var showing = []string{"cli", "operation", "render", "report", "explain"}

var bodyReasons = map[string]string{
	"cli/schema.go:k.Body":            "is the type of a kind's bodies",
	"operation/check.go:o.Body":       "finds positions in files and returns only positions",
	"operation/unlisted.go:want.Body": "finds which fields are set",
	"operation/unlisted.go:have.Body": "adds fields that another response has",
	"cli/hide_answer.go:o.Body":       "finds the fields to hide",
	"explain/sensitive.go:o.Body":     "removes the secrets",
	"report/query.go:m.Body":          "is the body of a monitor that Shown returned",
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
			if s.Sel.Name == "Reveal" && !slices.Contains(revealing, name) {
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
					t.Errorf("%s reads the body of an object without Shown()", path)
				}
			default:
				t.Errorf("%s reads the body of an object without Shown()", path)
			}
			return true
		})
	})
	checkUses(t, read, bodyReasons, "bodyReasons", "read the body of Shown()")
}

package internal_test

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"ddmon/internal/kind"
)

// nameKinds are the packages that may name a kind of object: kind itself, the sandbox, which shares no knowledge with it,
// what is only for tests, and those that are about monitors by nature.
var nameKinds = []string{
	"kind", "sandbox", "ddtest", "ddtest/objecttest", "ddtest/shop", "behaviour", "ddquery", "evaluate", "expect", "explain",
	"function", "lint", "monitor", "monitorcheck", "replay", "report", "testfile",
}

// namesKinds are the other uses, each with its reason.
var namesKinds = map[string]string{
	"cli/explain.go monitor":             "explains monitors",
	"cli/replay.go monitors":             "is a key of replay's JSON",
	"cli/schema.go dashboard":            "lists the types of widgets",
	"operation/explain.go monitor":       "explains monitors",
	"plan/drift.go downtime":             "is what silences a monitor",
	"render/behaviour.go monitor":        "counts monitors that a recording leaves quiet",
	"render/markdown/drift.go monitor":   "is the heading of silenced monitors",
	"render/markdown/handles.go monitor": "shows the recipients of monitors",
	"render/markdown/rules.go monitor":   "shows the thresholds of monitors",
	"render/markdown/told.go monitor":    "shows the recipients of monitors",
}

// TestKindsAreData: a new kind is a file in kind and a line in its list; no other package knows the kinds by name.
func TestKindsAreData(t *testing.T) {
	used := map[string]bool{}
	eachFile(t, func(path string, _ *token.FileSet, file *ast.File) {
		if slices.Contains(nameKinds, filepath.ToSlash(filepath.Dir(path))) {
			return
		}
		for _, name := range namedKinds(file) {
			used[path+" "+name] = true
		}
	})
	checkUses(t, used, namesKinds, "namesKinds", "ask package kind")
}

// namedKinds lists the texts of a file that are the name or the plural of a kind.
func namedKinds(file *ast.File) []string {
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		literal, ok := n.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return true
		}
		text, _ := strconv.Unquote(literal.Value)
		for _, k := range kind.All() {
			if text == k.Name || text == k.Plural {
				found = append(found, text)
			}
		}
		return true
	})
	return found
}

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

// kindPackages are the packages that can refer to kinds by name: kind itself, the sandbox, which must not share code
// with kind, test packages, and the packages about monitors.
var kindPackages = []string{
	"kind", "sandbox", "ddtest", "ddtest/objecttest", "ddtest/shop", "behaviour", "ddquery", "evaluate", "expect", "explain",
	"function", "lint", "monitor", "monitorcheck", "replay", "report", "testfile",
}

// kindNameReasons lists the uses of kind names in other packages with their reasons.
var kindNameReasons = map[string]string{
	"cli/explain.go monitor":                "explains monitors",
	"cli/schema.go dashboard":               "lists the widget types",
	"ddapi/states.go monitor":               "reads the states of monitors",
	"guide/guide.go monitor":                "a step asks for the status of a monitor",
	"guidefile/reference.go monitor":        "describes that step",
	"guidefile/reference.go monitors":       "describes the monitors of a guide",
	"guidefile/step.go monitor":             "reads that step",
	"guidefile/step.go monitors":            "reads the monitors of a guide",
	"operation/explain.go monitor":          "explains monitors",
	"render/markdown/headline.go monitor":   "counts monitors that regress",
	"plan/drift.go downtime":                "downtimes mute monitors",
	"render/behaviour.go monitor":           "counts monitors that do not alert in a recording",
	"render/markdown/drift.go monitor":      "is the heading for muted monitors",
	"render/markdown/handles.go monitor":    "shows the recipients of monitors",
	"render/markdown/recipients.go monitor": "shows the recipients of monitors",
	"render/markdown/rules.go monitor":      "shows the thresholds of monitors",
}

// TestKindsAreData: a new kind is a file in package kind and a line in its list. Other packages must not refer to kinds
// by name.
func TestKindsAreData(t *testing.T) {
	used := map[string]bool{}
	eachFile(t, func(path string, _ *token.FileSet, file *ast.File) {
		if slices.Contains(kindPackages, filepath.ToSlash(filepath.Dir(path))) {
			return
		}
		for _, name := range namedKinds(file) {
			used[path+" "+name] = true
		}
	})
	checkUses(t, used, kindNameReasons, "kindNameReasons", "use package kind")
}

// namedKinds returns the string literals of a file that are the name or the plural of a kind.
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

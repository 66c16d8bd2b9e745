package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestGoroutinesAreStartedByRoutine: a panic in a goroutine that package routine did not start ends the process with a Go
// trace and exit code 2.
func TestGoroutinesAreStartedByRoutine(t *testing.T) {
	check := func(path string, set *token.FileSet, file *ast.File) {
		if strings.HasPrefix(path, "routine/") {
			return
		}
		for pos, what := range goroutines(file) {
			t.Errorf("%s %s: use package routine", set.Position(pos), what)
		}
	}
	eachFile(t, check)
	set := token.NewFileSet()
	main, err := parser.ParseFile(set, filepath.Join("..", "main.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	check("main.go", set, main)
}

// goroutines finds what starts a goroutine in a file.
func goroutines(file *ast.File) map[token.Pos]string {
	found := map[token.Pos]string{}
	for _, imported := range file.Imports {
		path, _ := strconv.Unquote(imported.Path.Value)
		if path == "golang.org/x/sync/errgroup" || strings.HasPrefix(path, "github.com/sourcegraph/conc") {
			found[imported.Pos()] = "imports " + path
		}
	}
	// time.AfterFunc, context.AfterFunc and sync.WaitGroup.Go call functions in goroutines of their own.
	starters := []string{"AfterFunc", "WaitGroup"}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found[n.Pos()] = "has a go statement"
		case *ast.SelectorExpr:
			if slices.Contains(starters, n.Sel.Name) {
				found[n.Pos()] = "uses " + n.Sel.Name
			}
		}
		return true
	})
	return found
}

// TestGoroutinesAreFound shows that the test above can fail.
func TestGoroutinesAreFound(t *testing.T) {
	for _, source := range []string{
		"import \"golang.org/x/sync/errgroup\"\nvar g errgroup.Group", "func f() { go f() }", "func f() { go func() {}() }",
		"import \"sync\"\nfunc f() { var w sync.WaitGroup; w.Go(f) }", "import \"time\"\nfunc f() { time.AfterFunc(1, f) }",
		"import \"context\"\nfunc f(c context.Context) { context.AfterFunc(c, nil) }", "import \"github.com/sourcegraph/conc/pool\"",
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\n"+source, 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(goroutines(file)) == 0 {
			t.Errorf("nothing is found in %s", source)
		}
	}
}

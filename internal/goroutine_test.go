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

// TestGoroutines: only package routine starts goroutines. A panic in any other goroutine would end the process with a
// Go stack trace and exit code 2.
func TestGoroutines(t *testing.T) {
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

// goroutines returns the positions in a file that start goroutines.
func goroutines(file *ast.File) map[token.Pos]string {
	found := map[token.Pos]string{}
	for _, imported := range file.Imports {
		path, _ := strconv.Unquote(imported.Path.Value)
		if path == "golang.org/x/sync/errgroup" || strings.HasPrefix(path, "github.com/sourcegraph/conc") {
			found[imported.Pos()] = "imports " + path
		}
	}
	// time.AfterFunc, context.AfterFunc and sync.WaitGroup.Go start goroutines.
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

// TestGoroutinesDetected checks that TestGoroutines can fail.
func TestGoroutinesDetected(t *testing.T) {
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
			t.Errorf("no goroutine found in %s", source)
		}
	}
}

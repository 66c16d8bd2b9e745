package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// eachFile calls f for all non-test Go files below internal. path has slashes.
func eachFile(t *testing.T, f func(path string, set *token.FileSet, file *ast.File)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, 0)
		if err == nil {
			f(filepath.ToSlash(path), set, file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkUses reports uses without a reason in the table, and reasons without a use. instead says what to do in place of
// the use.
func checkUses(t *testing.T, used map[string]bool, reasons map[string]string, table, instead string) {
	t.Helper()
	for use := range used {
		if reasons[use] == "" {
			t.Errorf("%s: %s, or add a reason to %s", use, instead, table)
		}
	}
	for use := range reasons {
		if !used[use] {
			t.Errorf("%s is no longer used: remove it from %s", use, table)
		}
	}
}

// Package internal_test tests the conventions of the code base, such as the allowed imports of each package.
package internal_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// pkg is a package in the output of `go list -json`.
type pkg struct {
	ImportPath string
	Dir        string
	Imports    []string
	Deps       []string
	GoFiles    []string
	Doc        string
}

func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Dir,Imports,Deps,GoFiles,Doc", "ddmon/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// TestNoTypedModels: the model packages of Datadog's Go client take minutes to compile and cannot decode all objects
// that Datadog ships.
func TestNoTypedModels(t *testing.T) {
	for _, p := range packages(t) {
		for _, d := range p.Deps {
			if strings.Contains(d, "/api/datadogV1") || strings.Contains(d, "/api/datadogV2") {
				t.Errorf("%s links %s", p.ImportPath, d)
			}
		}
		if slices.Contains(p.Imports, "github.com/google/go-cmp/cmp") && !slices.Contains(testOnly, shortName(p.ImportPath)) {
			t.Errorf("%s uses go-cmp outside of tests", p.ImportPath)
		}
	}
}

func TestPackageNamesAndComments(t *testing.T) {
	for _, p := range packages(t) {
		if p.Doc == "" && len(p.GoFiles) > 0 {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
		for _, bad := range []string{"utils", "util", "common", "helpers", "misc", "shared"} {
			if filepath.Base(p.ImportPath) == bad {
				t.Errorf("%s: name the package after its purpose", p.ImportPath)
			}
		}
	}
}

// maxLines is the maximum number of lines in a file. Split longer files.
const maxLines = 500

func TestFiles(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		isTest := strings.HasSuffix(path, "_test.go")
		if lines := strings.Count(string(source), "\n"); lines > maxLines && !isTest {
			t.Errorf("%s has %d lines, the limit is %d", path, lines, maxLines)
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, source, 0)
		if err != nil {
			return err
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" && !isTest {
				t.Errorf("%s has an init function", path)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

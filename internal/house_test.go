// Package internal_test holds the tests of the house itself: what may import what, and how packages look.
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

// pkg is what `go list -json` says of a package.
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

// TestNoTypedModels: the client's model packages cost minutes to compile, and cannot read all that Datadog ships.
func TestNoTypedModels(t *testing.T) {
	for _, p := range packages(t) {
		for _, d := range p.Deps {
			if strings.Contains(d, "/api/datadogV1") || strings.Contains(d, "/api/datadogV2") {
				t.Errorf("%s links %s", p.ImportPath, d)
			}
		}
		if slices.Contains(p.Imports, "github.com/google/go-cmp/cmp") && !slices.Contains(forTests, short(p.ImportPath)) {
			t.Errorf("%s uses go-cmp outside tests", p.ImportPath)
		}
	}
}

func TestPackagesExplainThemselves(t *testing.T) {
	for _, p := range packages(t) {
		if p.Doc == "" && len(p.GoFiles) > 0 {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
		for _, bad := range []string{"utils", "util", "common", "helpers", "misc", "shared"} {
			if filepath.Base(p.ImportPath) == bad {
				t.Errorf("%s: a package is named after what it is for", p.ImportPath)
			}
		}
	}
}

// longestFile is how many lines a file may have; past 500 it wants to be two.
const longestFile = 500

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
		if lines := strings.Count(string(source), "\n"); lines > longestFile && !isTest {
			t.Errorf("%s has %d lines", path, lines)
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

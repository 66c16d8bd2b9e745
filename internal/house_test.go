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

// forbidden lists, for each package, what it may not import, itself or through others of the module. A name without
// a dot or slash is a package of ours or of the standard library.
var forbidden = map[string][]string{
	"object":    {"ddmon/", "net", "os"},
	"diag":      {"ddmon/internal/cli", "ddmon/internal/render"},
	"ddquery":   {"ddmon/", "github.com/hashicorp/hcl", "github.com/zclconf/go-cty", "net"},
	"root":      {"ddmon/", "net"},
	"limit":     {"ddmon/", "net", "os"},
	"routine":   {"ddmon/", "net", "os"},
	"series":    {"ddmon/", "net"},
	"textdiff":  {"ddmon/", "net", "os"},
	"git":       {"ddmon/", "net"},
	"kind":      {"net/http", "os", "ddmon/internal/config", "ddmon/internal/plan", "ddmon/internal/ddapi"},
	"explain":   {"net", "os", "ddmon/internal/config", "ddmon/internal/kind", "ddmon/internal/plan", "ddmon/internal/ddapi", "ddmon/internal/render"},
	"sandbox":   {"ddmon/internal/kind", "ddmon/internal/plan", "ddmon/internal/ddapi"},
	"config":    {"net/http", "ddmon/internal/ddapi", "ddmon/internal/plan"},
	"lint":      {"ddmon/internal/ddapi"},
	"ddapi":     {"ddmon/internal/config", "ddmon/internal/plan", "ddmon/internal/render"},
	"plan":      {"net", "os", "ddmon/internal/config"},
	"expect":    {"net", "ddmon/internal/ddapi", "ddmon/internal/render"},
	"behaviour": {"net", "ddmon/internal/config", "ddmon/internal/ddapi", "ddmon/internal/render"},
	"report":    {"net", "ddmon/internal/config", "ddmon/internal/ddapi"},
	"replay":    {"net", "ddmon/internal/ddapi"},
	"planfile":  {"ddmon/internal/render", "ddmon/internal/ddapi"},
	"apply":     {"ddmon/internal/ddapi", "ddmon/internal/config", "ddmon/internal/render"},
	"hclgen":    {"ddmon/internal/plan", "ddmon/internal/ddapi"},
	"render":    {"ddmon/internal/ddapi", "ddmon/internal/config"},
}

// leaves are packages that import nothing of ddmon, and that those may import which otherwise import nothing of it.
var leaves = []string{"ddmon/internal/limit", "ddmon/internal/root", "ddmon/internal/routine"}

func TestImports(t *testing.T) {
	all := packages(t)
	byPath := make(map[string]pkg)
	for _, p := range all {
		byPath[p.ImportPath] = p
	}
	for _, p := range all {
		name := strings.TrimPrefix(p.ImportPath, "ddmon/internal/")
		for _, imported := range ours(byPath, p) {
			for _, bad := range forbidden[name] {
				if bad == "ddmon/" && slices.Contains(leaves, imported) {
					continue
				}
				if imported == bad || strings.HasSuffix(bad, "/") && strings.HasPrefix(imported, bad) ||
					strings.Contains(bad, ".") && strings.HasPrefix(imported, bad) {
					t.Errorf("%s imports %s, which it may not", p.ImportPath, imported)
				}
			}
		}
		if name != "cli" && p.ImportPath != "ddmon" && slices.Contains(p.Imports, "ddmon/internal/cli") {
			t.Errorf("%s imports cli, which only main may", p.ImportPath)
		}
	}
}

// ours lists what a package imports, and what those of its imports import that are of this module.
func ours(byPath map[string]pkg, p pkg) []string {
	seen := map[string]bool{}
	var walk func(p pkg)
	walk = func(p pkg) {
		for _, i := range p.Imports {
			if !seen[i] {
				seen[i] = true
				walk(byPath[i])
			}
		}
	}
	walk(p)
	out := make([]string, 0, len(seen))
	for i := range seen {
		out = append(out, i)
	}
	slices.Sort(out)
	return out
}

// TestNoTypedModels: the client's model packages cost minutes to compile, and cannot read all that Datadog ships.
func TestNoTypedModels(t *testing.T) {
	for _, p := range packages(t) {
		for _, d := range p.Deps {
			if strings.Contains(d, "/api/datadogV1") || strings.Contains(d, "/api/datadogV2") {
				t.Errorf("%s links %s", p.ImportPath, d)
			}
		}
		if slices.Contains(p.Imports, "github.com/google/go-cmp/cmp") {
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
		if !isTest {
			checkFile(t, path, file)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// checkFile refuses init functions, and the clock outside cli.
func checkFile(t *testing.T, path string, file *ast.File) {
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
			t.Errorf("%s has an init function", path)
		}
	}
	if strings.HasPrefix(path, "cli/") {
		return
	}
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok || s.Sel.Name != "Now" {
			return true
		}
		if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" {
			t.Errorf("%s reads the clock", path)
		}
		return true
	})
}

// mayReveal are the packages that may ask for a sensitive value: they define, judge or compare. What shows may not.
var mayReveal = []string{"object", "replay", "expect", "behaviour"}

// showing are the packages that show. They may not read the body of an object, which holds sensitive values as they are,
// but only that of Shown, except where mayRead says why.
var showing = []string{"cli", "render", "report", "explain"}

var mayRead = map[string]string{
	"cli/schema.go:k.Body":      "is the type of a kind's bodies",
	"cli/check.go:o.Body":       "finds places in files, and gives nothing but those",
	"cli/hide_answer.go:o.Body": "learns which fields to hide",
	"explain/told.go:n.Body":    "is a part of a template",
	"explain/secret.go:o.Body":  "is where secrets are taken out",
	"report/looks.go:m.Body":    "is of a monitor that Shown returned",
}

func TestSecretsAreNotRevealed(t *testing.T) {
	read := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		path = filepath.ToSlash(path)
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
				use := path + ":" + x.Name + ".Body"
				if read[use] = true; mayRead[use] == "" {
					t.Errorf("%s: read the body of Shown(), or say in mayRead why not", use)
				}
			case *ast.CallExpr:
				if of, ok := x.Fun.(*ast.SelectorExpr); !ok || of.Sel.Name != "Shown" {
					t.Errorf("%s reads a body that is not of Shown()", path)
				}
			default:
				t.Errorf("%s reads a body that is not of Shown()", path)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for use := range mayRead {
		if !read[use] {
			t.Errorf("%s is not read any more: take it out of mayRead", use)
		}
	}
}

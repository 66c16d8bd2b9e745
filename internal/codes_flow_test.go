package internal_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// flow follows the values of diag.Extra.Code backwards through the program: from fields to the values stored in them,
// from parameters to the arguments, from variables to the values assigned to them, and from calls to the results.
type flow struct {
	t   *testing.T
	set *token.FileSet
	// values are the expressions that a place receives: a field, a parameter, a result or a variable, by its identity.
	values map[string][]value
	// params are the identities of parameters.
	params map[types.Object]string
	// aliases are the variables that a function is assigned to, and the results that a variable receives.
	aliases map[string][]string
	seen    map[string]bool
	found   map[string]string // codes with the place of one use
}

// value is an expression in a package.
type value struct {
	expr ast.Expr
	info *types.Info
}

// codesOf returns the codes of all diagnostics of the program, with the place of one use.
func codesOf(t *testing.T) map[string]string {
	t.Helper()
	f := &flow{t: t, set: token.NewFileSet(), values: map[string][]value{}, params: map[types.Object]string{}, aliases: map[string][]string{}, seen: map[string]bool{}, found: map[string]string{}}
	for _, p := range f.load() {
		f.collect(p)
	}
	f.place("field ddmon/internal/diag.Code")
	return f.found
}

// sources are the checked files of a package.
type sources struct {
	files []*ast.File
	info  *types.Info
}

// load parses and checks the packages of ddmon. It imports from the build cache.
func (f *flow) load() []sources {
	out, err := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Dir,GoFiles,Export", "ddmon").Output()
	if err != nil {
		f.t.Fatal(err)
	}
	exports := map[string]string{}
	var own []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			pkg
			Export string
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			f.t.Fatal(err)
		}
		exports[p.ImportPath] = p.Export
		if strings.HasPrefix(p.ImportPath, "ddmon") {
			own = append(own, p.pkg)
		}
	}
	from := importer.ForCompiler(f.set, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	var all []sources
	for _, p := range own {
		s := sources{info: &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}}
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(f.set, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				f.t.Fatal(err)
			}
			s.files = append(s.files, file)
		}
		config := types.Config{Importer: from}
		if _, err := config.Check(p.ImportPath, f.set, s.files, s.info); err != nil {
			f.t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

// collect notes what every place of a package receives.
func (f *flow) collect(p sources) {
	for _, file := range p.files {
		for _, d := range file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				f.function(funcID(p.info.Defs[fn.Name]), fn.Type, fn.Body, p.info)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			f.node(n, p.info)
			return true
		})
	}
}

// function notes the parameters and results of a function.
func (f *flow) function(id string, t *ast.FuncType, body *ast.BlockStmt, info *types.Info) {
	i := 0
	for _, field := range t.Params.List {
		for _, name := range field.Names {
			if o := info.Defs[name]; o != nil {
				f.params[o] = fmt.Sprint("param ", id, " ", i)
			}
			i++
		}
	}
	if body == nil {
		return
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if r, ok := n.(*ast.ReturnStmt); ok {
			for i, x := range r.Results {
				f.receives(fmt.Sprint("result ", id, " ", i), x, info)
			}
		}
		_, inner := n.(*ast.FuncLit)
		return !inner
	})
}

func (f *flow) receives(place string, x ast.Expr, info *types.Info) {
	f.values[place] = append(f.values[place], value{x, info})
}

// node notes what a statement or an expression stores or passes.
func (f *flow) node(n ast.Node, info *types.Info) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		f.assign(n.Lhs, n.Rhs, info)
	case *ast.ValueSpec:
		to := make([]ast.Expr, len(n.Names))
		for i, name := range n.Names {
			to[i] = name
		}
		f.assign(to, n.Values, info)
	case *ast.RangeStmt:
		if n.Value != nil {
			f.receives(f.placeOf(n.Value, info), n.X, info)
		}
	case *ast.CallExpr:
		if id := calledID(n, info); id != "" {
			for i, x := range n.Args {
				f.receives(fmt.Sprint("param ", id, " ", i), x, info)
			}
		}
	case *ast.CompositeLit:
		f.literal(n, info)
	}
}

// assign notes an assignment. The results of a call are the values of several variables.
func (f *flow) assign(to, from []ast.Expr, info *types.Info) {
	for i, x := range to {
		switch place := f.placeOf(x, info); {
		case len(from) == len(to):
			if lit, ok := from[i].(*ast.FuncLit); ok {
				f.function(place, lit.Type, lit.Body, info)
			}
			if id := calledID(&ast.CallExpr{Fun: from[i]}, info); id != "" {
				f.aliases[id] = append(f.aliases[id], place)
			}
			f.receives(place, from[i], info)
		case len(from) == 1:
			if call, ok := from[0].(*ast.CallExpr); ok {
				if id := calledID(call, info); id != "" {
					f.aliases[place] = append(f.aliases[place], fmt.Sprint("result ", id, " ", i))
				}
			}
		}
	}
}

// literal notes the fields of a struct literal.
func (f *flow) literal(n *ast.CompositeLit, info *types.Info) {
	t := info.TypeOf(n)
	if pointer, ok := t.Underlying().(*types.Pointer); ok {
		t = pointer.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i, e := range n.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			f.receives(fieldID(info.Uses[pair.Key.(*ast.Ident)]), pair.Value, info)
		} else {
			f.receives(fieldID(s.Field(i)), e, info)
		}
	}
}

func fieldID(o types.Object) string {
	if o == nil || o.Pkg() == nil {
		return ""
	}
	return "field " + o.Pkg().Path() + "." + o.Name()
}

func funcID(o types.Object) string {
	if fn, ok := o.(*types.Func); ok {
		return fn.Origin().FullName()
	}
	return ""
}

// calledID returns the identity of the called function, method or function variable.
func calledID(n *ast.CallExpr, info *types.Info) string {
	switch called := ast.Unparen(n.Fun).(type) {
	case *ast.Ident:
		if v, ok := info.Uses[called].(*types.Var); ok {
			return varID(v)
		}
		return funcID(info.Uses[called])
	case *ast.SelectorExpr:
		return funcID(info.Uses[called.Sel])
	}
	return ""
}

func varID(v types.Object) string { return fmt.Sprintf("variable %s %d", v.Name(), v.Pos()) }

// placeOf returns the identity of a variable, parameter or field.
func (f *flow) placeOf(x ast.Expr, info *types.Info) string {
	switch x := ast.Unparen(x).(type) {
	case *ast.Ident:
		o := info.Defs[x]
		if o == nil {
			o = info.Uses[x]
		}
		if v, ok := o.(*types.Var); ok {
			if v.IsField() {
				return fieldID(v)
			}
			return varID(v)
		}
	case *ast.SelectorExpr:
		return fieldID(info.Uses[x.Sel])
	}
	return ""
}

// place finds the codes that reach a place.
func (f *flow) place(place string) {
	if f.seen[place] {
		return
	}
	f.seen[place] = true
	for _, alias := range f.aliases[place] {
		f.place(alias)
	}
	if rest, ok := strings.CutPrefix(place, "param "); ok {
		function, i := rest[:strings.LastIndexByte(rest, ' ')], rest[strings.LastIndexByte(rest, ' '):]
		for _, alias := range f.aliases[function] {
			f.place("param " + alias + i)
		}
	}
	for _, v := range f.values[place] {
		f.expression(v.expr, v.info)
	}
}

// expression finds the codes that an expression can be.
func (f *flow) expression(x ast.Expr, info *types.Info) {
	x = ast.Unparen(x)
	if v := info.Types[x].Value; v != nil {
		if v.Kind() == constant.String && constant.StringVal(v) != "" {
			f.found[constant.StringVal(v)] = f.set.Position(x.Pos()).String()
		}
		return
	}
	switch x := x.(type) {
	case *ast.Ident, *ast.SelectorExpr:
		if id, ok := x.(*ast.Ident); ok {
			if param := f.params[info.Uses[id]]; param != "" {
				f.place(param)
			}
		}
		f.place(f.placeOf(x, info))
	case *ast.IndexExpr: // of a map or a slice
		f.expression(x.X, info)
	case *ast.CompositeLit:
		for _, e := range x.Elts {
			if pair, ok := e.(*ast.KeyValueExpr); ok {
				e = pair.Value
			}
			f.expression(e, info)
		}
	case *ast.CallExpr:
		if info.Types[x.Fun].IsType() {
			f.expression(x.Args[0], info)
		} else {
			f.place(fmt.Sprint("result ", calledID(x, info), " 0"))
		}
	default:
		f.t.Errorf("%s: the code is computed, so it cannot be checked", f.set.Position(x.Pos()))
	}
}

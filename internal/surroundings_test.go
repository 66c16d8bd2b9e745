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

// surroundings are the functions and variables through which a program reads its clock, environment, process, user or
// machine, by the package that has them. Only cli may use them: what it reads reaches the other packages as values.
var surroundings = map[string][]string{
	"time": {"Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker", "Sleep", "Local"},
	"os": {
		"Args", "Stdin", "Stdout", "Stderr", "Exit", "Getenv", "LookupEnv", "Environ", "Setenv", "Unsetenv", "Clearenv",
		"ExpandEnv", "Getwd", "Chdir", "Getpid", "Getppid", "Getuid", "Geteuid", "Hostname", "Executable", "TempDir",
		"CreateTemp", "MkdirTemp", "UserHomeDir", "UserConfigDir", "UserCacheDir",
	},
	"os/user":   {"Current"},
	"os/signal": {"Notify", "NotifyContext", "Ignore", "Stop", "Reset"},
	"runtime":   {"GOOS", "GOARCH", "NumCPU", "GOMAXPROCS"},
	"syscall":   {"Getenv", "Environ", "Getpid", "Kill"},
}

// usesSurroundings are the uses outside cli, each with its reason.
var usesSurroundings = map[string]string{
	"ddapi/client.go time.NewTimer":       "waits before it repeats a request; tests replace it",
	"ddtest/corpus.go os.Getenv":          "tests find the recordings by it",
	"sandbox/faults.go time.NewTimer":     "delays answers as the script of faults says",
	"replay/replay.go runtime.GOMAXPROCS": "evaluates as many monitors at once as there are processors",
}

func TestSurroundingsAreReadByCli(t *testing.T) {
	used := map[string]bool{}
	eachFile(t, func(path string, _ *token.FileSet, file *ast.File) {
		if strings.HasPrefix(path, "cli/") || strings.HasPrefix(path, "kind/gen/") { // kind/gen is a command of its own
			return
		}
		for _, use := range readsSurroundings(file) {
			used[path+" "+use] = true
		}
	})
	checkUses(t, used, usesSurroundings, "usesSurroundings", "have it passed in")
}

// readsSurroundings lists what a file uses of surroundings, under whatever name it imports the packages.
func readsSurroundings(file *ast.File) []string {
	paths := map[string]string{}
	var uses []string
	for _, imported := range file.Imports {
		path, _ := strconv.Unquote(imported.Path.Value)
		name := filepath.Base(path)
		if imported.Name != nil {
			name = imported.Name.Name
		}
		if name == "." && surroundings[path] != nil {
			uses = append(uses, path+".*")
		}
		paths[name] = path
	}
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := s.X.(*ast.Ident); ok && slices.Contains(surroundings[paths[x.Name]], s.Sel.Name) {
			uses = append(uses, paths[x.Name]+"."+s.Sel.Name)
		}
		return true
	})
	return uses
}

// TestSurroundingsAreFound shows that the test above can fail.
func TestSurroundingsAreFound(t *testing.T) {
	for source, want := range map[string]string{
		"import \"time\"\nvar f = time.Now":                               "time.Now",
		"import \"time\"\nfunc f() { _ = time.Since(time.Time{}) }":       "time.Since",
		"import clock \"time\"\nfunc f() { clock.Sleep(1) }":              "time.Sleep",
		"import . \"os\"\nfunc f() { Exit(1) }":                           "os.*",
		"import \"os\"\nfunc f() { _, _ = os.LookupEnv(\"DD_API_KEY\") }": "os.LookupEnv",
		"import \"os/user\"\nfunc f() { _, _ = user.Current() }":          "os/user.Current",
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\n"+source, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := readsSurroundings(file); len(got) != 1 || got[0] != want {
			t.Errorf("%s: got %q, want %q", source, got, want)
		}
	}
}

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

// environment lists the functions and variables of the standard library that access the clock, the environment, the
// process, the user or the machine. Only cli can use them. It passes values to the other packages.
var environment = map[string][]string{
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

// environmentReasons lists the uses outside of cli with their reasons.
var environmentReasons = map[string]string{
	"ddapi/client.go time.NewTimer":       "waits before retries; tests replace it",
	"ddtest/corpus.go os.Getenv":          "tests find the recordings with it",
	"sandbox/faults.go time.NewTimer":     "delays responses for fault scripts",
	"replay/replay.go runtime.GOMAXPROCS": "limits the number of monitors that are evaluated concurrently",
}

func TestEnvironmentAccess(t *testing.T) {
	used := map[string]bool{}
	eachFile(t, func(path string, _ *token.FileSet, file *ast.File) {
		if strings.HasPrefix(path, "cli/") || strings.Contains(path, "/gen/") { // the generators are separate commands
			return
		}
		for _, use := range environmentUses(file) {
			used[path+" "+use] = true
		}
	})
	checkUses(t, used, environmentReasons, "environmentReasons", "pass it in")
}

// environmentUses returns the uses of environment in a file. It resolves renamed and dot imports.
func environmentUses(file *ast.File) []string {
	paths := map[string]string{}
	var uses []string
	for _, imported := range file.Imports {
		path, _ := strconv.Unquote(imported.Path.Value)
		name := filepath.Base(path)
		if imported.Name != nil {
			name = imported.Name.Name
		}
		if name == "." && environment[path] != nil {
			uses = append(uses, path+".*")
		}
		paths[name] = path
	}
	ast.Inspect(file, func(n ast.Node) bool {
		s, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := s.X.(*ast.Ident); ok && slices.Contains(environment[paths[x.Name]], s.Sel.Name) {
			uses = append(uses, paths[x.Name]+"."+s.Sel.Name)
		}
		return true
	})
	return uses
}

// TestEnvironmentAccessDetected checks that TestEnvironmentAccess can fail.
func TestEnvironmentAccessDetected(t *testing.T) {
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
		if got := environmentUses(file); len(got) != 1 || got[0] != want {
			t.Errorf("%s: got %q, want %q", source, got, want)
		}
	}
}

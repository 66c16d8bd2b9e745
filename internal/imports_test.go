package internal_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// layers orders the packages of ddmon: each imports only packages of layers above its own line, never one of its own
// layer. It is the whole import table; TestImports fails for a package that is missing here or no longer exists.
var layers = [][]string{
	{"ddtest"},
	{"limit", "loopback", "root", "routine", "severity", "suggest", "wildcard", "ddquery", "function", "textdiff", "kind/gen", "render/safe", "render/hostile"},
	{"object", "diag", "series", "git", "monitor"},
	{"monitorcheck", "evaluate", "ddtest/recordingtest"},
	{"kind", "lang", "explain", "sandbox", "replay"},
	{"config", "lint", "ddapi", "plan"},
	{"testfile"},
	{"apply", "planfile", "behaviour", "expect"},
	{"operation", "ddtest/objecttest", "ddtest/shop"},
	{"render", "render/change"},
	{"render/terminal", "render/markdown", "render/machine"},
	{"report"},
	{"cli"},
	{"."},
}

// barred adds to layers what a package may not import, itself or through another package of ddmon, although the
// layers would let it.
var barred = map[string][]string{
	// A sandbox that shares knowledge with the differ would prove nothing by an empty plan after an apply.
	"sandbox": {"ddmon/internal/kind", "ddmon/internal/object"},
	// The query languages are worth using without the rest.
	"ddquery": {"ddmon", "github.com/hashicorp", "github.com/zclconf"},
	// What a request is for belongs to ddapi, what a monitor means to the packages about monitors.
	"lint": {"ddmon/internal/ddapi"},
}

// reaching are the packages that open connections, start processes, or use files, each with what of the standard library
// it imports for that. No other package imports any of outside.
var reaching = map[string][]string{
	".":         {"os"},
	"cli":       {"net", "os", "syscall"},
	"ddapi":     {"crypto/tls", "net", "syscall"},
	"ddtest":    {"os"},
	"git":       {"os"},
	"kind/gen":  {"os"},
	"operation": {"os"},
	"root":      {"os", "syscall"},
	"sandbox":   {"net", "os"},
	"series":    {"os"},
}

// forTests are packages that only tests import.
var forTests = []string{"render/hostile", "ddtest", "ddtest/objecttest", "ddtest/recordingtest", "ddtest/shop"}

// pure are the packages that import no package of reaching either, so that their results depend on their arguments alone.
var pure = []string{
	"apply", "ddquery", "diag", "explain", "function", "kind", "limit", "lint", "loopback", "monitor", "monitorcheck", "object", "plan", "planfile", "render/change",
	"render/safe", "routine", "severity", "suggest", "textdiff", "wildcard",
}

// outside are the packages of the standard library that reach out of the process, with all below them except those of
// onlyValues.
var (
	outside    = []string{"crypto/tls", "log", "net", "os", "plugin", "syscall", "unsafe"}
	onlyValues = []string{"net/mail", "net/netip", "net/textproto", "net/url"}
)

func TestImports(t *testing.T) {
	imports := map[string][]string{}
	for _, p := range packages(t) {
		if len(p.GoFiles) > 0 {
			imports[short(p.ImportPath)] = p.Imports
		}
	}
	for _, problem := range importProblems(imports) {
		t.Error(problem)
	}
}

// short is the name that the tables give a package: its path below internal, and "." for the command.
func short(path string) string {
	if path == "ddmon" {
		return "."
	}
	return strings.TrimPrefix(path, "ddmon/internal/")
}

// importProblems says what breaks the tables in a map from packages to what each imports.
func importProblems(imports map[string][]string) []string {
	var problems []string
	report := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	layer := map[string]int{}
	for i, names := range layers {
		for _, name := range names {
			if _, ok := layer[name]; ok {
				report("layers names %s twice", name)
			}
			layer[name] = i
		}
	}
	tables := slices.Concat(slices.Collect(maps.Keys(layer)), slices.Collect(maps.Keys(barred)),
		slices.Collect(maps.Keys(reaching)), pure, forTests)
	for _, name := range tables {
		if _, ok := imports[name]; !ok {
			report("a rule names %s, which is not a package", name)
		}
	}
	for name, direct := range imports {
		if _, ok := layer[name]; !ok {
			report("%s is in none of layers", name)
			continue
		}
		for _, imported := range direct {
			if slices.Contains(forTests, short(imported)) && !slices.Contains(forTests, name) {
				report("%s imports %s, which is for tests", name, imported)
			}
			if strings.HasPrefix(imported, "ddmon") && layer[short(imported)] >= layer[name] {
				report("%s imports %s, which is not in a layer below", name, imported)
			}
			if under(imported, outside) && !under(imported, onlyValues) && !under(imported, reaching[name]) {
				report("%s imports %s, which reaching does not allow", name, imported)
			}
		}
		for imported := range reachable(imports, direct) {
			if under(imported, barred[name]) {
				report("%s imports %s, which barred forbids", name, imported)
			}
			if _, ok := reaching[short(imported)]; ok && slices.Contains(pure, name) {
				report("%s is pure and imports %s", name, imported)
			}
		}
	}
	slices.Sort(problems)
	return problems
}

// under says whether a path is one of those named, or below one.
func under(path string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		return path == name || strings.HasPrefix(path, strings.TrimSuffix(name, "/")+"/")
	})
}

// reachable is everything that a package imports itself or through packages of ddmon.
func reachable(imports map[string][]string, direct []string) map[string]bool {
	seen := map[string]bool{}
	for queue := slices.Clone(direct); len(queue) > 0; queue = queue[1:] {
		path := queue[0]
		if seen[path] {
			continue
		}
		seen[path] = true
		if strings.HasPrefix(path, "ddmon") {
			queue = append(queue, imports[short(path)]...)
		}
	}
	return seen
}

// TestImportsAreJudged shows that every rule of the tables can fail, and names what is wrong.
func TestImportsAreJudged(t *testing.T) {
	whole := map[string][]string{}
	for _, p := range packages(t) {
		if len(p.GoFiles) > 0 {
			whole[short(p.ImportPath)] = p.Imports
		}
	}
	for _, c := range []struct{ name, imported, problem string }{
		{"plan", "net/http", "plan imports net/http, which reaching does not allow"},
		{"plan", "os/exec", "plan imports os/exec, which reaching does not allow"},
		{"kind", "ddmon/internal/plan", "kind imports ddmon/internal/plan, which is not in a layer below"},
		{"plan", "ddmon/internal/cli", "plan imports ddmon/internal/cli, which is not in a layer below"},
		{"lint", "ddmon/internal/root", "lint is pure and imports ddmon/internal/root"},
		{"sandbox", "ddmon/internal/object", "sandbox imports ddmon/internal/object, which barred forbids"},
		{"ddquery", "github.com/hashicorp/hcl/v2", "ddquery imports github.com/hashicorp/hcl/v2, which barred forbids"},
		{"render", "ddmon/internal/render/hostile", "render imports ddmon/internal/render/hostile, which is for tests"},
		{"ddapi", "ddmon/internal/ddtest", "ddapi imports ddmon/internal/ddtest, which is for tests"},
		{"ddtest", "ddmon/internal/object", "ddtest imports ddmon/internal/object, which is not in a layer below"},
		{"novel", "fmt", "novel is in none of layers"},
	} {
		imports := maps.Clone(whole)
		imports[c.name] = append(slices.Clone(imports[c.name]), c.imported)
		if problems := importProblems(imports); !slices.Contains(problems, c.problem) {
			t.Errorf("%s importing %s: got %q, want %q", c.name, c.imported, problems, c.problem)
		}
	}
	without := maps.Clone(whole)
	delete(without, "plan")
	want := "a rule names plan, which is not a package"
	if problems := importProblems(without); !slices.Contains(problems, want) {
		t.Errorf("without plan: got %q, want %q", problems, want)
	}
}

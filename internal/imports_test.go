package internal_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// layers orders the packages of ddmon. A package can import only packages in lines above its own. All packages must be
// in the table: TestImports fails if a package is missing here or no longer exists.
var layers = [][]string{
	{"ddtest"},
	{"limit", "loopback", "root", "routine", "severity", "suggest", "wildcard", "ddquery", "function", "textdiff", "kind/gen", "lint/gen", "render/safe", "render/hostile"},
	{"object", "diag", "git", "monitor"},
	{"lang"},
	{"series"},
	{"monitorcheck", "evaluate", "ddtest/recordingtest"},
	{"kind", "explain", "sandbox", "replay", "guide"},
	{"guidefile", "guide/recorded", "playback"},
	{"config", "lint", "ddapi", "plan"},
	{"testfile", "guide/live"},
	{"apply", "planfile", "behaviour", "expect"},
	{"operation", "ddtest/objecttest", "ddtest/shop"},
	{"render", "render/change"},
	{"render/terminal", "render/markdown", "render/machine"},
	{"report"},
	{"cli"},
	{"."},
}

// forbidden lists further imports that a package must not have, directly or through other packages of ddmon, although
// its layer would allow them.
var forbidden = map[string][]string{
	// If the sandbox shared code with the differ, an empty plan after an apply would prove nothing.
	"sandbox": {"ddmon/internal/kind", "ddmon/internal/object"},
	// The query languages must be usable without the rest of ddmon.
	"ddquery": {"ddmon", "github.com/hashicorp", "github.com/zclconf"},
	// Requests belong to ddapi, the meaning of monitors belongs to the packages about monitors.
	"lint": {"ddmon/internal/ddapi"},
}

// impure lists the packages that open connections, start processes, or use files, and the system packages of the
// standard library that they import. Other packages must not import any of systemPackages.
var impure = map[string][]string{
	".":         {"os"},
	"cli":       {"net", "os", "syscall"},
	"ddapi":     {"crypto/tls", "net", "syscall"},
	"ddtest":    {"os"},
	"git":       {"os"},
	"kind/gen":  {"os"},
	"lint/gen":  {"os"},
	"operation": {"os"},
	"root":      {"os", "syscall"},
	"sandbox":   {"net", "os"},
	"series":    {"os"},
}

// testOnly lists the packages that only tests can import.
var testOnly = []string{"render/hostile", "ddtest", "ddtest/objecttest", "ddtest/recordingtest", "ddtest/shop"}

// pure lists the packages that must not depend on impure packages either, so that their results depend only on their
// arguments.
var pure = []string{
	"apply", "ddquery", "diag", "explain", "function", "kind", "limit", "lint", "loopback", "monitor", "monitorcheck", "object", "plan", "planfile", "render/change",
	"render/safe", "routine", "severity", "suggest", "textdiff", "wildcard",
}

// systemPackages are the packages of the standard library that access the system. They include all packages below them
// except valuePackages.
var (
	systemPackages = []string{"crypto/tls", "log", "net", "os", "plugin", "syscall", "unsafe"}
	valuePackages  = []string{"net/mail", "net/netip", "net/textproto", "net/url"}
)

func TestImports(t *testing.T) {
	imports := map[string][]string{}
	for _, p := range packages(t) {
		if len(p.GoFiles) > 0 {
			imports[shortName(p.ImportPath)] = p.Imports
		}
	}
	for _, problem := range importProblems(imports) {
		t.Error(problem)
	}
}

// shortName returns the name of a package in the tables: its path below internal, or "." for the command.
func shortName(path string) string {
	if path == "ddmon" {
		return "."
	}
	return strings.TrimPrefix(path, "ddmon/internal/")
}

// importProblems returns the violations of the tables. imports maps packages to their imports.
func importProblems(imports map[string][]string) []string {
	var problems []string
	report := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	layer := map[string]int{}
	for i, names := range layers {
		for _, name := range names {
			if _, ok := layer[name]; ok {
				report("layers lists %s twice", name)
			}
			layer[name] = i
		}
	}
	tables := slices.Concat(slices.Collect(maps.Keys(layer)), slices.Collect(maps.Keys(forbidden)),
		slices.Collect(maps.Keys(impure)), pure, testOnly)
	for _, name := range tables {
		if _, ok := imports[name]; !ok {
			report("a rule refers to %s, which is not a package", name)
		}
	}
	for name, direct := range imports {
		if _, ok := layer[name]; !ok {
			report("%s is missing in layers", name)
			continue
		}
		for _, imported := range direct {
			if slices.Contains(testOnly, shortName(imported)) && !slices.Contains(testOnly, name) {
				report("%s imports %s, which is only for tests", name, imported)
			}
			if strings.HasPrefix(imported, "ddmon") && layer[shortName(imported)] >= layer[name] {
				report("%s imports %s, which is not in an earlier layer", name, imported)
			}
			if under(imported, systemPackages) && !under(imported, valuePackages) && !under(imported, impure[name]) {
				report("%s imports %s, which impure does not allow", name, imported)
			}
		}
		for imported := range reachable(imports, direct) {
			if under(imported, forbidden[name]) {
				report("%s imports %s, which is forbidden", name, imported)
			}
			if _, ok := impure[shortName(imported)]; ok && slices.Contains(pure, name) {
				report("%s is pure and imports %s", name, imported)
			}
		}
	}
	slices.Sort(problems)
	return problems
}

// under reports whether a path is one of the names or below one of them.
func under(path string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		return path == name || strings.HasPrefix(path, strings.TrimSuffix(name, "/")+"/")
	})
}

// reachable returns everything that a package imports, directly or through packages of ddmon.
func reachable(imports map[string][]string, direct []string) map[string]bool {
	seen := map[string]bool{}
	for queue := slices.Clone(direct); len(queue) > 0; queue = queue[1:] {
		path := queue[0]
		if seen[path] {
			continue
		}
		seen[path] = true
		if strings.HasPrefix(path, "ddmon") {
			queue = append(queue, imports[shortName(path)]...)
		}
	}
	return seen
}

// TestImportProblems checks that every rule of the tables can fail and names the problem.
func TestImportProblems(t *testing.T) {
	whole := map[string][]string{}
	for _, p := range packages(t) {
		if len(p.GoFiles) > 0 {
			whole[shortName(p.ImportPath)] = p.Imports
		}
	}
	for _, c := range []struct{ name, imported, problem string }{
		{"plan", "net/http", "plan imports net/http, which impure does not allow"},
		{"plan", "os/exec", "plan imports os/exec, which impure does not allow"},
		{"kind", "ddmon/internal/plan", "kind imports ddmon/internal/plan, which is not in an earlier layer"},
		{"plan", "ddmon/internal/cli", "plan imports ddmon/internal/cli, which is not in an earlier layer"},
		{"lint", "ddmon/internal/root", "lint is pure and imports ddmon/internal/root"},
		{"sandbox", "ddmon/internal/object", "sandbox imports ddmon/internal/object, which is forbidden"},
		{"ddquery", "github.com/hashicorp/hcl/v2", "ddquery imports github.com/hashicorp/hcl/v2, which is forbidden"},
		{"render", "ddmon/internal/render/hostile", "render imports ddmon/internal/render/hostile, which is only for tests"},
		{"ddapi", "ddmon/internal/ddtest", "ddapi imports ddmon/internal/ddtest, which is only for tests"},
		{"ddtest", "ddmon/internal/object", "ddtest imports ddmon/internal/object, which is not in an earlier layer"},
		{"novel", "fmt", "novel is missing in layers"},
	} {
		imports := maps.Clone(whole)
		imports[c.name] = append(slices.Clone(imports[c.name]), c.imported)
		if problems := importProblems(imports); !slices.Contains(problems, c.problem) {
			t.Errorf("%s importing %s: got %q, want %q", c.name, c.imported, problems, c.problem)
		}
	}
	without := maps.Clone(whole)
	delete(without, "plan")
	want := "a rule refers to plan, which is not a package"
	if problems := importProblems(without); !slices.Contains(problems, want) {
		t.Errorf("without plan: got %q, want %q", problems, want)
	}
}

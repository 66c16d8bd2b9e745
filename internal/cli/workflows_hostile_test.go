package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// hostile is a branch whose files would run code if the jobs allowed it. All of that code writes to one file, the
// trace.
type hostile struct {
	*forge
	trace string
}

// newHostile creates a forge whose ddmon is built by the real go command, from a separate module with one dependency.
func newHostile(t *testing.T, built string) *hostile {
	t.Helper()
	f := newForge(t, built)
	if err := os.Remove(filepath.Join(filepath.Dir(f.work), "stubs", "go")); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "env", "GOMODCACHE", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	folders := strings.Fields(string(out))
	f.env = append(f.env, "GOPROXY=off", "GOMODCACHE="+folders[0], "GOCACHE="+folders[1])
	var sums []string
	for line := range strings.Lines(f.read(filepath.Join(repository, "go.sum"))) {
		if strings.HasPrefix(line, dependency+" ") {
			sums = append(sums, line)
		}
	}
	f.write(filepath.Join(f.ddmon, "go.mod"), "module ddmon\n\ngo 1.26\n\nrequire "+dependency+" v1.2.3\n", 0o600)
	f.write(filepath.Join(f.ddmon, "go.sum"), strings.Join(sums, ""), 0o600)
	f.write(filepath.Join(f.ddmon, "main.go"), mainOfDdmon, 0o600)
	f.git(f.ddmon, "add", ".")
	f.git(f.ddmon, "commit", "-qm", "a dependency")
	f.git(f.ddmon, "tag", "-f", "v0.2.0")
	return &hostile{f, filepath.Join(t.TempDir(), "trace")}
}

const dependency = "github.com/agext/levenshtein"

// mainOfDdmon executes the program under test, so that the job continues with it.
const mainOfDdmon = `package main

import (
	"os"
	"syscall"

	"` + dependency + `"
)

func main() {
	if levenshtein.Distance("a", "b", nil) != 1 {
		os.Exit(3)
	}
	panic(syscall.Exec(os.Getenv("BUILT"), os.Args, os.Environ()))
}
`

// files writes the traps into the author's clone.
func (h *hostile) files() {
	h.t.Helper()
	write := func(path, text string, mode os.FileMode) { h.write(filepath.Join(h.work, path), text, mode) }
	trap := "\nimport \"os\"\n\nfunc init() { _ = os.WriteFile(" + fmt.Sprintf("%q", h.trace) + ", nil, 0o600) }\n"
	module := "package levenshtein\n" + trap + "\ntype Params struct{}\n\nfunc Distance(_, _ string, _ *Params) int { return 1 }\n"
	replace := "\nreplace " + dependency + " => ./evil\n"
	for path, text := range map[string]string{
		"go.work":                          "go 1.26\n\nuse ./.ddmon-source\n" + replace,
		"go.mod":                           "module shop\n\ngo 1.26\n\nrequire " + dependency + " v1.2.3\n" + replace,
		"main.go":                          "package main\n" + trap + "\nfunc main() {}\n",
		"evil/go.mod":                      "module " + dependency + "\n",
		"evil/evil.go":                     module,
		"vendor/modules.txt":               "# " + dependency + " v1.2.3 => ./evil\n## explicit\n" + dependency + "\n# " + dependency + " => ./evil\n",
		"vendor/" + dependency + "/x.go":   module,
		".ddmon-source/trap.go":            "package main\n" + trap,
		".github/actions/ddmon/action.yml": "runs: {using: composite, steps: [{run: touch " + h.trace + ", shell: bash}]}\n",
		".gitattributes":                   "* filter=evil diff=evil merge=evil\n",
		".gitconfig":                       "[filter \"evil\"]\n\tsmudge = touch " + h.trace + "; cat\n[core]\n\thooksPath = .githooks\n",
		".curlrc":                          "output = " + h.trace + "\n",
		".jq":                              "error\n",
	} {
		write(path, text, 0o600)
	}
	script := "#!/bin/sh\ntouch " + h.trace + "\n"
	for _, path := range []string{".envrc", ".bashrc", ".bash_profile", ".profile", ".githooks/post-checkout", ".githooks/post-merge", ".githooks/post-index-change", "scripts/ci.sh"} {
		write(path, script, 0o700)
	}
	for _, tool := range []string{"ddmon", "go", "git", "gh", "jq", "curl", "mktemp", "head", "sh", "bash"} {
		write(tool, script, 0o700)
		write("bin/"+tool, script, 0o700)
	}
	for _, name := range []string{"plan.json", "now.json", "comment.md", "note.md"} {
		if err := os.Symlink("/proc/self/environ", filepath.Join(h.work, name)); err != nil {
			h.t.Fatal(err)
		}
	}
	h.edit(depthFile, `"`+depthName+`"`, `"it grows"`)
}

// leave copies the branch to a folder.
func (h *hostile) leave(dir string) {
	h.t.Helper()
	h.git(h.origin, "clone", "-q", h.origin, dir)
	h.git(dir, "checkout", "-q", "--detach", "origin/hostile")
}

// sprung reports whether a trap has written the trace, and removes it.
func (h *hostile) sprung() bool { return os.Remove(h.trace) == nil }

// works checks that the traps work: ddmon built with the branch's go.work runs the branch's module.
func (h *hostile) works() {
	h.t.Helper()
	dir := filepath.Join(h.t.TempDir(), "work")
	h.leave(dir)
	source, binary := filepath.Join(dir, ".ddmon-source"), filepath.Join(dir, "built")
	if err := os.RemoveAll(source); err != nil {
		h.t.Fatal(err)
	}
	h.git(h.origin, "clone", "-q", h.ddmon, source)
	for _, args := range [][]string{{"go", "build", "-C", source, "-o", binary, "."}, {binary, "version"}} {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Env = h.env
		if out, err := cmd.CombinedOutput(); err != nil {
			h.t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	if !h.sprung() {
		h.t.Error("the branch's go.work has no effect, so this test would prove nothing")
	}
}

// TestWorkflowsRunNothingOfTheBranch: no job builds or runs files from a pull request or from its artifacts.
func TestWorkflowsRunNothingOfTheBranch(t *testing.T) {
	needTools(t)
	built := builtCommand(t)
	for name, test := range map[string]func(*testing.T, *hostile){"GitHub": testHostileOnGitHub, "GitLab": testHostileOnGitLab} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newHostile(t, built))
		})
	}
}

func testHostileOnGitHub(t *testing.T, h *hostile) {
	p := h.open("hostile", h.files)
	h.works()
	h.left = h.leave // as on a runner whose workspace stays
	r := h.plan(p, ours)
	wantRun(t, r, "success", "Plan", "Comment", "Upload the plan")
	wantRun(t, h.plan(p, "stranger/monitors"), "success", "Compare the files")
	for _, path := range []string{"bin/ddmon", "ddmon", "now.json"} {
		h.kept[fmt.Sprintf("%d/ddmon-plan/%s", r.id, path)] = []byte("#!/bin/sh\ntouch " + h.trace + "\n")
	}
	h.merge(p)
	wantRun(t, h.onMain("apply.yml", nil), "success", "Compare the plan with main", "Apply")
	wantRun(t, h.onMain("apply.yml", map[string]string{"replan": "true"}), "success", "Plan again", "Apply")
	wantRun(t, h.onMain("drift.yml", nil), "success", "Drift")
	if h.sprung() {
		t.Error("a job ran code of the branch")
	}
}

func testHostileOnGitLab(t *testing.T, h *hostile) {
	r := h.open("hostile", h.files)
	h.works()
	wantJobs(t, h.request(r, "1"), map[string]bool{"check": false, "plan": false})
	wantJobs(t, h.request(r, "2"), map[string]bool{"check": false, "diff": false})
	wantSaid(t, h.forge, "POST comment", "<!-- ddmon:plan sock-shop -->\n", "it grows")
	h.merge(r)
	wantJobs(t, h.main("push", "apply"), map[string]bool{"plan-main": false, "apply": false})
	wantJobs(t, h.main("schedule"), map[string]bool{"drift": false})
	if h.sprung() {
		t.Error("a job ran code of the branch")
	}
}

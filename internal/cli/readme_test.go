package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// block is a ```console block of the README: commands after "$ ", each followed by what it prints. A line "..." in
// the output matches any lines.
var (
	block = regexp.MustCompile("(?ms)^```console\n(.*?)^```$")
	// Values that differ between runs: times, ids of objects that are created concurrently, and commits.
	elapsed = regexp.MustCompile(`after \d+\.\ds`)
	ids     = regexp.MustCompile(`\b10000\d{4}\b`)
	hashes  = regexp.MustCompile(`merge base [0-9a-f]{7}`)
)

// TestReadme runs the README's commands in order, in one copy of the root stack, and compares their output.
func TestReadme(t *testing.T) {
	dir := t.TempDir()
	copyStack(t, repository, dir)
	if err := os.CopyFS(filepath.Join(dir, "examples"), os.DirFS(filepath.Join(repository, "examples"))); err != nil {
		t.Fatal(err)
	}
	bin := builtCommand(t)
	// Users who follow the README have a clone.
	shell(t, dir, bin, "git init -q && git add . && git -c user.name=a -c user.email=a@example.com commit -qm clone")
	runDocument(t, filepath.Join(repository, "README.md"), dir, bin)
}

// runDocument runs the commands of a document in a folder and compares their output. With -update, it writes the output
// into the document.
func runDocument(t *testing.T, path, dir, bin string) {
	t.Helper()
	commands := 0
	text := block.ReplaceAllStringFunc(readFile(t, path), func(whole string) string {
		body := block.FindStringSubmatch(whole)[1]
		out := "```console\n"
		for _, part := range strings.Split("\n"+body, "\n$ ")[1:] {
			command, want, _ := strings.Cut(part, "\n")
			got := shell(t, dir, bin, command)
			commands++
			if !matches(want, got) {
				t.Errorf("$ %s\n%s", command, cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")))
				if !strings.Contains("\n"+want, "\n...\n") {
					want = got
				}
			}
			out += "$ " + command + "\n" + want
			if !strings.HasSuffix(out, "\n") {
				out += "\n"
			}
		}
		return out + "```"
	})
	if commands == 0 {
		t.Errorf("%s has no ```console block", path)
	}
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// builtCommand builds the program under test and returns its folder, to be added to PATH.
func builtCommand(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	build := exec.Command("go", "build", "-o", filepath.Join(dir, "ddmon"), ".")
	build.Dir = repository
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir
}

// shell runs a command from the README. Users with a clone write `go run .`; here the same program is built once.
func shell(t *testing.T, dir, bin, command string) string {
	t.Helper()
	cmd := exec.Command("sh", "-c", strings.ReplaceAll(command, "go run .", "ddmon"))
	cmd.Dir = dir
	for _, pair := range os.Environ() {
		if name, _, _ := strings.Cut(pair, "="); !strings.HasPrefix(name, "DD") && !strings.HasPrefix(name, "DATADOG") && name != "PATH" {
			cmd.Env = append(cmd.Env, pair)
		}
	}
	cmd.Env = append(cmd.Env, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		t.Fatalf("%s: %v", command, err)
	}
	return string(out)
}

// matches compares output with the README's version of it.
func matches(want, got string) bool {
	normal := func(s string) string {
		s = ids.ReplaceAllString(elapsed.ReplaceAllString(s, "after 0.0s"), "100000001")
		s = hashes.ReplaceAllString(s, "merge base 1234567")
		lines := strings.Split(s, "\n")
		for i := range lines {
			lines[i] = strings.TrimRight(lines[i], " ")
		}
		return strings.Trim(strings.Join(lines, "\n"), "\n")
	}
	rest := normal(got)
	parts := strings.Split("\n"+normal(want)+"\n", "\n...\n")
	rest = "\n" + rest + "\n"
	for i, part := range parts {
		if i > 0 {
			part = "\n" + part
		}
		if i < len(parts)-1 {
			part += "\n"
		}
		at := strings.Index(rest, part)
		switch {
		case at < 0, i == 0 && at != 0, i == len(parts)-1 && !strings.HasSuffix(rest, part):
			return false
		}
		rest = rest[at+len(part)-1:]
	}
	return true
}

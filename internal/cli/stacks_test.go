package cli_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"ddmon/internal/cli"
)

// run runs ddmon in this process and returns its exit code and output.
func run(t *testing.T, dir string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	app := &cli.App{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Now: time.Now}
	code = app.Run(context.Background(), append([]string{"-C", dir}, args...))
	return code, out.String(), errs.String()
}

// step is a command and its expected output.
type step struct {
	args []string
	want string
}

// TestStacks runs the whole life cycle of the root stack and of every stack in examples.
func TestStacks(t *testing.T) {
	stacks := stackDirs(t)
	if len(stacks) < 2 {
		t.Fatalf("stacks %v: want the root's and at least one example", stacks)
	}
	for _, stack := range stacks {
		t.Run(stack, func(t *testing.T) {
			dir := t.TempDir()
			copyStack(t, filepath.Join(repository, stack), dir)
			steps := []step{
				{[]string{"fmt", "--check", "--diff"}, ""},
				{[]string{"validate"}, "is valid"},
				{[]string{"render"}, `"ddmon_stack:`},
				{[]string{"lint", "--fail-on", "warning"}, ""},
				{[]string{"apply", "--sandbox", "--auto-approve"}, "Apply complete!"},
				{[]string{"plan", "--sandbox", "--detailed-exitcode"}, "No changes."},
			}
			if tests, err := filepath.Glob(filepath.Join(dir, "monitors", "*.test.hcl")); err != nil {
				t.Fatal(err)
			} else if len(tests) > 0 {
				steps = append(steps, step{[]string{"test"}, " 0 failed."})
			}
			for _, step := range steps {
				code, stdout, stderr := run(t, dir, step.args...)
				if code != 0 || !strings.Contains(stdout, step.want) {
					t.Fatalf("ddmon %s: exit code %d\n%s%s", strings.Join(step.args, " "), code, stdout, stderr)
				}
				if strings.Contains(stderr, "Warning") {
					t.Errorf("ddmon %s warns:\n%s", strings.Join(step.args, " "), stderr)
				}
			}
		})
	}
}

var stackBlock = regexp.MustCompile(`(?m)^stack "`)

// stackDirs lists the folders with a stack block, relative to the repository.
func stackDirs(t *testing.T) []string {
	t.Helper()
	dirs := []string{"."}
	err := filepath.WalkDir(filepath.Join(repository, "examples"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".hcl" {
			return err
		}
		source, err := os.ReadFile(path)
		if err == nil && stackBlock.Match(source) {
			dir := filepath.Dir(path)
			if filepath.Base(dir) == "monitors" {
				dir = filepath.Dir(dir)
			}
			relative, err := filepath.Rel(repository, dir)
			if err != nil {
				return err
			}
			dirs = append(dirs, relative)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return dirs
}

// copyStack copies a stack: all of an example; of the repository, the stack's files, the folders of its objects, and its
// recordings.
func copyStack(t *testing.T, from, to string) {
	t.Helper()
	if filepath.Clean(from) != repository {
		if err := os.CopyFS(to, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
		return
	}
	recordings, err := filepath.Glob(filepath.Join(from, "testdata", "*", "recording.hcl"))
	if err != nil {
		t.Fatal(err)
	}
	parts := []string{"monitors", "dashboards"}
	for _, r := range recordings {
		parts = append(parts, filepath.Join("testdata", filepath.Base(filepath.Dir(r))))
	}
	for _, part := range parts {
		source := filepath.Join(from, part)
		if _, err := os.Stat(source); err != nil {
			continue
		}
		if err := os.CopyFS(filepath.Join(to, part), os.DirFS(source)); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob(filepath.Join(from, "*.hcl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, filepath.Base(file)), source, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

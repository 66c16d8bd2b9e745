package cli_test

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ddmon/internal/cli"
	"ddmon/internal/render/machine"
)

// lineSections are the sections of the lines of apply and destroy, by their type.
var lineSections = map[string]string{
	"start": "start", "plan": "plan_line", "diagnostic": "diagnostic_line", "remaining": "remaining",
	"apply_summary": "result", "error": "error",
}

// TestJSONIsDocumented: the output of every command with --json is one document, or one object per line, and has no
// field that the reference does not have.
func TestJSONIsDocumented(t *testing.T) {
	dir := shopCopy(t)
	edit := func(from, to string) func() {
		return func() {
			path := filepath.Join(dir, "monitors", "stack.hcl")
			writeFile(t, path, strings.Replace(readFile(t, path), from, to, 1))
		}
	}
	saved, queue := filepath.Join(dir, "plan.json"), filepath.Join(dir, "monitors", "queue_depth.hcl")
	broken := t.TempDir()
	writeFile(t, filepath.Join(broken, "stack.hcl"), "stack \"b\" {}\nmonitor \"a\" {}\n")
	d := &documents{t: t, reference: parseReference(machine.Reference), seen: map[string]bool{}}
	for _, step := range []struct {
		before  func()
		section string
		args    string
		code    int
	}{
		{nil, "plan", "plan --sandbox --out " + saved, 0},
		{nil, "plan", "show " + saved, 0},
		{nil, "", "apply --sandbox " + saved, 0},
		{nil, "", "apply --sandbox --auto-approve", 0},
		{nil, "drift", "drift --sandbox", 0},
		{edit("depth_limit   = 50", "depth_limit   = 100"), "drift", "drift --sandbox", 2},
		{nil, "plan", "plan --sandbox --fail-on-regression --base " + shopCopy(t), 1},
		{nil, "plan", "diff --base " + shopCopy(t), 0},
		{nil, "", "apply --sandbox --auto-approve", 0},
		{nil, "", "destroy --sandbox --auto-approve --max-deletes 1", 1},
		{nil, "validation", "validate", 0},
		{nil, "validation", "lint", 0},
		{nil, "rule", "lint --explain no_handle", 0},
		{nil, "tests", "test --coverage", 1},
		{nil, "replay", "replay " + filepath.Join(dir, "testdata", "incident-5"), 0},
		{nil, "verification", "verify consumer-failure --at incident_start+5m --recording " + filepath.Join(dir, "testdata", "incident-5"), 2},
		{nil, "verification", "verify as_documented --at 14:00:00 --recording " + filepath.Join(dir, "testdata", "healthy-day"), 1},
		{nil, "explanation", "explain monitor.queue_depth", 0},
		{nil, "explanation", "explain avg(last_5m):avg:a{*}>1", 0},
		{nil, "bodies", "render", 0},
		{nil, "bodies", "render monitor.queue_depth", 0},
		{func() { writeFile(t, queue, strings.Replace(readFile(t, queue), "  query", "     query", 1)) }, "formatted", "fmt --check", 1},
		{nil, "formatted", "fmt -", 0},
		{nil, "names", "schema", 0},
		{nil, "names", "schema widget", 0},
		{nil, "schema", "schema monitor", 0},
		{nil, "schema", "schema widget timeseries", 0},
		{nil, "schema", "schema recording", 0},
		{nil, "schema", "schema test", 0},
		{nil, "schema", "schema locals", 0},
		{nil, "version", "version", 0},
		{nil, "version", "--version", 0},
		{nil, "", "destroy --sandbox --auto-approve", 1}, // one object is protected
		{nil, "", "destroy --sandbox --auto-approve --target dashboard.producer_vs_consumer", 0},
		{nil, "error", "nope", 1},
		{nil, "error", "plan --nope", 1},
		{nil, "error", "plan extra", 1},
		{nil, "error", "apply --nope", 1},
		{nil, "", "apply --sandbox", 1},
		{nil, "error", "explain nope", 1},
		{nil, "error", "plan --target nope", 1},
		{nil, "error", "replay", 1},
		{nil, "error", "show " + queue, 1},
		{nil, "failure", "-C " + broken + " plan --sandbox", 1},
		{nil, "failure", "-C " + broken + " test", 1},
		{nil, "failure", "-C " + broken + " render", 1},
		{nil, "validation", "-C " + broken + " validate", 1},
		{nil, "", "-C " + broken + " apply --sandbox --auto-approve", 1},
	} {
		if step.before != nil {
			step.before()
		}
		d.run(step.section, step.code, append([]string{"-C", dir}, append(strings.Fields(step.args), "--json")...)...)
	}
	for section := range d.reference {
		shown := func(path string) bool { return strings.HasPrefix(path, section+" ") }
		if !slices.ContainsFunc(slices.Collect(maps.Keys(d.seen)), shown) && section != "remaining" && section != "serving" {
			t.Errorf("no command wrote [%s]", section)
		}
	}
}

// documents compares the output of commands with the reference.
type documents struct {
	t         *testing.T
	reference reference
	seen      map[string]bool
}

// run runs a command. Without a section, its output is lines.
func (d *documents) run(section string, want int, args ...string) {
	d.t.Helper()
	var out, errs bytes.Buffer
	app := &cli.App{Stdin: strings.NewReader("a=1\n"), Stdout: &out, Stderr: &errs, Now: time.Now}
	if code := app.Run(d.t.Context(), args); code != want {
		d.t.Errorf("%q: exit code %d\n%.3000s%s", args, code, &out, &errs)
	}
	if section != "" {
		d.document(args, section, out.Bytes())
		return
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	for i, line := range lines {
		var v struct{ Type string }
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			d.t.Errorf("%q: line %d: %v: %s", args, i+1, err, line)
			return
		}
		section := lineSections[v.Type]
		if section == "" && strings.HasPrefix(v.Type, "apply_") {
			section = "event"
		}
		if i == 0 && section != "start" || i == len(lines)-1 && section != "result" && section != "error" {
			d.t.Errorf("%q: line %d of %d is %.300s", args, i+1, len(lines), line)
		}
		d.check(args, section, []byte(line))
	}
}

func (d *documents) document(args []string, section string, text []byte) {
	d.t.Helper()
	var versioned struct {
		Version string `json:"format_version"`
	}
	if err := json.Unmarshal(text, &versioned); err != nil || versioned.Version != machine.FormatVersion {
		d.t.Errorf("%q: no format_version (%v) in %.3000s", args, err, text)
	}
	d.check(args, section, text)
}

func (d *documents) check(args []string, section string, text []byte) {
	d.t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	var v any
	if err := decoder.Decode(&v); err != nil {
		d.t.Errorf("%q: %v in %.3000s", args, err, text)
		return
	}
	if _, err := decoder.Token(); err != io.EOF {
		d.t.Errorf("%q writes more than one document:\n%.3000s", args, text)
	}
	for _, problem := range d.reference.check(section, v, d.seen) {
		d.t.Errorf("%q: %s", args, problem)
	}
}

// shopCopy copies the stack of this repository.
func shopCopy(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"monitors", "dashboards", "testdata/incident-5", "testdata/healthy-day", "testdata/slow-consumer"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join(repository, name))); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

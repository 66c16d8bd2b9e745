package operation_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ddmon/internal/config"
	"ddmon/internal/object"
	"ddmon/internal/operation"
)

// TestLoadedSeesEverything: Loaded is called with every configuration that is read.
func TestLoadedSeesEverything(t *testing.T) {
	w := workspace(t, secret+threshold("5"))
	old := t.TempDir()
	write(t, old, map[string]string{"stack.hcl": "stack \"shop\" {}\n" + strings.ReplaceAll(secret, "quiet river", "loud lake")})
	write(t, w.Dir, map[string]string{"a.test.hcl": "test \"t\" {\n  recording = \"rec\"\n  expect \"monitor.depth\" { never = \"Alert\" }\n}\n"})
	var pins []string
	w.Loaded = func(s *config.Stack) { pins = append(pins, s.Sensitive["pin"]...) }
	for name, read := range map[string]func(){
		"quiet river": func() { w.Load(t.Context()) }, "quiet river ": func() { w.LoadTests(t.Context()) },
		"loud lake": func() { _, _ = w.Base(t.Context(), old, "shop") },
		" quiet river": func() {
			if _, _, err := w.Check(t.Context(), operation.Checks{}); err != nil {
				t.Error(err)
			}
		},
	} {
		pins = nil
		read()
		if got := strings.Join(pins, " "); got != strings.TrimSpace(name) {
			t.Errorf("%q: %q", name, got)
		}
	}
}

// TestEnviron: values of variables come from Environ, and inputs override them.
func TestEnviron(t *testing.T) {
	t.Setenv("DDMON_VAR_limit", "1") // the process environment is not used
	w := workspace(t, "variable \"limit\" {\n  type = number\n  default = 2\n}\n"+threshold("${var.limit}"))
	query := func() string { return input(t, w).Stack.Objects[0].Body["query"].(string) }
	for _, tt := range []struct {
		environ []string
		inputs  []config.Input
		want    string
	}{
		{nil, nil, "> 2"}, {[]string{"DDMON_VAR_limit=3"}, nil, "> 3"}, {[]string{"DDMON_VAR_limit=3"}, []config.Input{{Var: "limit=4"}}, "> 4"},
	} {
		w.Environ, w.Inputs = tt.environ, tt.inputs
		if got := query(); !strings.HasSuffix(got, tt.want) {
			t.Errorf("%v %v: %s", tt.environ, tt.inputs, got)
		}
	}
}

// TestBaseIsAFolderOrARef: a path is a folder, and everything else is a git ref.
func TestBaseIsAFolderOrARef(t *testing.T) {
	w := workspace(t, threshold("5"))
	write(t, w.Dir, map[string]string{"old/stack.hcl": "stack \"shop\" {}\n" + threshold("4"), "else/stack.hcl": "stack \"else\" {}\n" + threshold("4"), "empty/a.txt": ""})
	w.Environ = []string{"GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null"}
	for _, step := range [][]string{
		{"init", "-q", "-b", "main"}, {"add", "stack.hcl"}, {"commit", "-qm", "one"}, {"switch", "-qc", "topic"}, {"commit", "-qm", "two", "--allow-empty"},
	} {
		cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "maintenance.auto=false"}, step...)...)
		cmd.Dir, cmd.Env = w.Dir, append(os.Environ(), w.Environ...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v %s", step, err, out)
		}
	}
	edit(t, w, threshold("6"))
	t.Chdir(w.Dir)
	for ref, want := range map[string]struct{ name, query, fails string }{
		"./old":                       {"./old", "> 4", ""},
		filepath.Join(w.Dir, "old"):   {filepath.Join(w.Dir, "old"), "> 4", ""},
		"./else":                      {`./else, where the stack is "else"`, "", ""},
		"main":                        {"main (merge base ", "> 5", ""},
		".":                           {".", "> 6", ""},
		"./":                          {"./", "> 6", ""},
		"..":                          {"..", "", "has no *.hcl files"},
		"../" + filepath.Base(w.Dir):  {"../" + filepath.Base(w.Dir), "> 6", ""},
		"...":                         {"", "", "--base: "},
		"..old":                       {"", "", "--base: "},
		".old":                        {"", "", "--base: "},
		"./empty":                     {"", "", "has no *.hcl files"},
		"old":                         {"", "", "To use the folder, write ./old"},
		"nowhere":                     {"", "", "git does not have"},
		filepath.Join(w.Dir, "where"): {"", "", "has no *.hcl files"},
	} {
		base, err := w.Base(t.Context(), ref, "shop")
		if want.fails != "" {
			if err == nil || !strings.Contains(err.Error(), want.fails) || operation.WithoutBase(err) != nil {
				t.Errorf("%s: %v", ref, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", ref, err)
			continue
		}
		query := ""
		if len(base.Objects) > 0 {
			query = base.Objects[0].Body["query"].(string)
		}
		if !strings.HasPrefix(base.Name, want.name) || !strings.HasSuffix(query, want.query) || (query == "") != (want.query == "") {
			t.Errorf("%s: %s with %q", ref, base.Name, query)
		}
	}
}

// TestBrokenBase: a base that cannot be read is one error. A plan without the base has a warning.
func TestBrokenBase(t *testing.T) {
	w, old := workspace(t, ""), t.TempDir()
	write(t, old, map[string]string{"stack.hcl": "stack \"shop\" {}\n\nmonitor {}\nmonitor {}\n"})
	_, err := w.Base(t.Context(), old, "shop")
	if err == nil || !strings.HasPrefix(err.Error(), "cannot read the configuration of ") || !strings.Contains(err.Error(), ": stack.hcl:3: ") || !strings.HasSuffix(err.Error(), "more)") {
		t.Fatal(err)
	}
	warning := operation.WithoutBase(err)
	if warning == nil || !strings.Contains(warning.Detail, "stack.hcl:3") {
		t.Error(warning)
	}
	if operation.WithoutBase(nil) != nil {
		t.Error("a warning without an error")
	}
}

// TestBaseHasItsOwnInputs: a variable file in the stack's folder is read from the base; other files are not.
func TestBaseHasItsOwnInputs(t *testing.T) {
	declared := "variable \"limit\" { type = number }\n" + threshold("${var.limit}")
	w, old, elsewhere := workspace(t, declared), t.TempDir(), t.TempDir()
	write(t, w.Dir, map[string]string{"values.json": `{"limit": 1}`})
	write(t, old, map[string]string{"stack.hcl": "stack \"shop\" {}\n" + declared, "values.json": `{"limit": 2}`})
	write(t, elsewhere, map[string]string{"values.json": `{"limit": 3}`})
	for file, want := range map[string]string{filepath.Join(w.Dir, "values.json"): "> 2", filepath.Join(elsewhere, "values.json"): "> 3"} {
		w.Inputs = []config.Input{{File: file}}
		base, err := w.Base(t.Context(), old, "shop")
		if err != nil {
			t.Fatal(err)
		}
		if got := base.Objects[0].Body["query"].(string); !strings.HasSuffix(got, want) {
			t.Errorf("%s: %s", file, got)
		}
	}
}

// TestInputsAboveTheStack: a variable file next to the stack's folder is never read from the base, even if the base is a
// folder in the stack, so that the same relative path is a file in the stack.
func TestInputsAboveTheStack(t *testing.T) {
	declared := "variable \"limit\" { type = number }\n" + threshold("${var.limit}")
	w := workspace(t, declared)
	above := filepath.Dir(w.Dir)
	write(t, above, map[string]string{"values.json": `{"limit": 1}`})
	write(t, w.Dir, map[string]string{"values.json": `{"limit": 2}`, "old/stack.hcl": "stack \"shop\" {}\n" + declared})
	w.Inputs = []config.Input{{Var: "limit=3"}, {File: filepath.Join(above, "values.json")}}
	base, err := w.Base(t.Context(), filepath.Join(w.Dir, "old"), "shop")
	if err != nil {
		t.Fatal(err)
	}
	if got := base.Objects[0].Body["query"].(string); !strings.HasSuffix(got, "> 1") {
		t.Error(got)
	}
}

// TestBodiesWithoutSecrets: the bodies have a marker, but no sensitive value and no hash of one.
func TestBodiesWithoutSecrets(t *testing.T) {
	w := workspace(t, secret+strings.Replace(threshold("5"), "queue is long", "${var.pin}", 1)+both)
	bodies := operation.Bodies(input(t, w).Stack)
	if len(bodies) != 2 {
		t.Fatal(bodies)
	}
	for address, secret := range map[string]bool{"monitor.depth": true, "monitor.both": false} {
		body := bodies[address]
		if tags, _ := body["tags"].([]any); len(tags) < 2 {
			t.Errorf("%s has no marker: %v", address, tags)
		}
		text := bodyText(t, body)
		if strings.Contains(text, "quiet river") || strings.Contains(text, object.Redacted) != secret {
			t.Errorf("%s: %s", address, text)
		}
	}
}

package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ddmon/internal/cli"
)

// secretLine is in every file outside of the stack, as a syntax error and as the message of a monitor.
const secretLine = "quiet-river-4471"

// outsideFiles are the files outside of the stack.
var outsideFiles = map[string]string{
	"plain.hcl":         "locals { a = \"" + secretLine + "\" }\n",
	"broken.hcl":        secretLine + " = = \"" + secretLine + "\n",
	"vars.hcl":          "name=\"" + secretLine + "\"\n" + strings.ReplaceAll(secretLine, "-", "_") + " = 1\n",
	"folder/x.hcl":      "locals {\n b=\"" + secretLine + "\"\n" + secretLine + "\n}\n",
	"folder/x.test.hcl": secretLine + "\n",
	"rec/recording.hcl": "note = \"" + secretLine + "\"\n" + secretLine + "\n",
	"logs.jsonl":        "{\"" + secretLine + "\": 1}\n",
	"text.txt":          "monitor of " + secretLine + " ${" + secretLine + "\n",
}

// linkCase is a link that leads out of the stack.
type linkCase struct {
	link, target string
	// reading are the commands that read it and fail; the others must not show its content either.
	reading []string
	files   map[string]string
}

const goodRecording = `note     = "n"
start    = "2025-11-09T10:00:00Z"
end      = "2025-11-09T11:00:00Z"
interval = "15s"
logs "logs.jsonl" {}
`

var (
	offline   = []string{"validate", "plan", "lint", "test", "render", "replay", "diff", "diff of base"}
	layouts   = []string{"fmt", "fmt --diff", "fmt --check"}
	every     = slices.Concat(offline, layouts)
	linkCases = map[string]linkCase{
		"configuration":           {link: "monitors/link.hcl", target: "plain.hcl", reading: every},
		"broken configuration":    {link: "monitors/link.hcl", target: "broken.hcl", reading: every},
		"configuration on top":    {link: "link.hcl", target: "broken.hcl", reading: every},
		"dashboards":              {link: "dashboards/link.hcl", target: "broken.hcl", reading: every},
		"variables":               {link: "link.auto.vars.hcl", target: "vars.hcl", reading: every},
		"test file":               {link: "monitors/link.test.hcl", target: "broken.hcl", reading: append([]string{"test"}, layouts...)},
		"folder of dashboards":    {link: "dashboards", target: "folder", reading: every},
		"folder of monitors":      {link: "monitors/link", target: "folder", reading: every},
		"folder of a recording":   {link: "recordings/link", target: "rec", reading: []string{"test"}},
		"recording":               {link: "recordings/link/recording.hcl", target: "rec/recording.hcl", reading: []string{"test", "replay"}},
		"broken recording":        {link: "recordings/link/recording.hcl", target: "broken.hcl", reading: []string{"test", "replay"}},
		"logs of a recording":     {link: "recordings/link/logs.jsonl", target: "logs.jsonl", reading: []string{"test", "replay"}, files: map[string]string{"recordings/link/recording.hcl": goodRecording}},
		"file function":           {link: "link.txt", target: "text.txt", reading: offline, files: map[string]string{"f.hcl": `locals { f = file("link.txt") }`}},
		"filebase64 function":     {link: "link.txt", target: "text.txt", reading: offline, files: map[string]string{"f.hcl": `locals { f = filebase64("link.txt") }`}},
		"fileexists function":     {link: "link.txt", target: "text.txt", reading: offline, files: map[string]string{"f.hcl": `locals { f = fileexists("link.txt") }`}},
		"templatefile function":   {link: "link.txt", target: "text.txt", reading: offline, files: map[string]string{"f.hcl": `locals { f = templatefile("link.txt", {}) }`}},
		"fileset function":        {link: "link", target: "folder", reading: offline, files: map[string]string{"f.hcl": `locals { f = join(" ", fileset("link", "*")) }`}},
		"fileset pattern":         {link: "link", target: "folder", reading: offline, files: map[string]string{"f.hcl": `locals { f = join(" ", fileset(".", "link/*")) }`}},
		"fileset of links":        {link: "link.txt", target: "text.txt", reading: offline, files: map[string]string{"f.hcl": `locals { f = join(" ", fileset(".", "*.txt")) }`}},
		"file in a linked folder": {link: "link", target: "folder", reading: offline, files: map[string]string{"f.hcl": `locals { f = file("link/x.hcl") }`}},
	}
)

// commands are all commands that read the stack's files.
func commands(stack, clean string) map[string][]string {
	return map[string][]string{
		"validate": {"-C", stack, "validate"}, "plan": {"-C", stack, "plan", "--sandbox"}, "lint": {"-C", stack, "lint"},
		"test": {"-C", stack, "test"}, "render": {"-C", stack, "render"}, "replay": {"-C", stack, "replay", filepath.Join(stack, "recordings/link")},
		"diff": {"-C", stack, "diff", "--base", clean}, "diff of base": {"-C", clean, "diff", "--base", stack},
		"fmt --diff": {"-C", stack, "fmt", "--diff"}, "fmt --check": {"-C", stack, "fmt", "--check"}, "fmt": {"-C", stack, "fmt"},
	}
}

// cleanFiles are a stack without links.
var cleanFiles = map[string]string{
	"stack.hcl":           "stack \"s\" {}\n\nvariable \"name\" {\n  default = \"n\"\n}\n",
	"monitors/a.hcl":      "monitor \"a\" {\n  name  = var.name\n  type  = \"query alert\"\n  query = \"avg(last_5m):avg:system.load.1{*} > 1\"\n}\n",
	"monitors/a.test.hcl": "test \"t\" {\n  recording = \"../recordings/link\"\n  expect \"monitor.a\" {\n    silent = true\n  }\n}\n",
}

func writeTree(t *testing.T, dir string, trees ...map[string]string) {
	t.Helper()
	for _, tree := range trees {
		for name, text := range tree {
			path := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// symlink creates the link of a case, in one of several forms.
func (c linkCase) symlink(t *testing.T, form, stack, outside string) {
	t.Helper()
	link, target := filepath.Join(stack, c.link), filepath.Join(outside, c.target)
	if err := os.MkdirAll(filepath.Dir(link), 0o755); err != nil {
		t.Fatal(err)
	}
	switch form {
	case "relative":
		relative, err := filepath.Rel(filepath.Dir(link), target)
		if err != nil {
			t.Fatal(err)
		}
		target = relative
	case "chained":
		between := filepath.Join(stack, ".between")
		if err := os.Symlink(target, between); err != nil {
			t.Fatal(err)
		}
		relative, err := filepath.Rel(filepath.Dir(link), between)
		if err != nil {
			t.Fatal(err)
		}
		target = relative
	}
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
}

// TestLinksOutOfTheStack: no command shows or writes to the target of a link that leads out of the stack, whatever the
// kind of file.
func TestLinksOutOfTheStack(t *testing.T) {
	for name, c := range linkCases {
		for _, form := range []string{"absolute", "relative", "chained"} {
			t.Run(name+"/"+form, func(t *testing.T) {
				dir := t.TempDir()
				stack, outside, clean := filepath.Join(dir, "stack"), filepath.Join(dir, "elsewhere"), filepath.Join(dir, "clean")
				writeTree(t, outside, outsideFiles)
				writeTree(t, clean, cleanFiles)
				writeTree(t, stack, cleanFiles, c.files)
				c.symlink(t, form, stack, outside)
				for command, args := range commands(stack, clean) {
					c.check(t, command, args, outside)
				}
				for name, text := range outsideFiles {
					if got, err := os.ReadFile(filepath.Join(outside, name)); err != nil || string(got) != text {
						t.Errorf("%s is changed: %q %v", name, got, err)
					}
				}
			})
		}
	}
}

func (c linkCase) check(t *testing.T, command string, args []string, outside string) {
	t.Helper()
	code, stdout, stderr := runIn(nil, args...)
	all := stdout + stderr
	flat := strings.Join(strings.Fields(all), " ")
	for _, secret := range []string{secretLine, strings.ReplaceAll(secretLine, "-", "_"), "river", filepath.Base(outside)} {
		if strings.Contains(all, secret) {
			t.Errorf("%s shows %q:\n%s", command, secret, all)
		}
	}
	if !slices.Contains(c.reading, command) {
		return
	}
	if code != 1 || !strings.Contains(flat, c.link) && !strings.Contains(flat, filepath.Base(c.link)) || !strings.Contains(flat, "links to a file or folder outside the stack's folder") {
		t.Errorf("%s: exit code %d, want 1 and the link %s named:\n%s", command, code, c.link, all)
	}
}

// runIn runs ddmon in this process with an environment.
func runIn(environ []string, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	app := &cli.App{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Environ: environ, Now: time.Now}
	code = app.Run(context.Background(), args)
	return code, out.String(), errs.String()
}

// TestLinksInsideTheStack: links inside the stack work, including absolute ones, and fmt formats their targets without
// replacing the links.
func TestLinksInsideTheStack(t *testing.T) {
	for _, form := range []string{"absolute", "relative", "chained"} {
		t.Run(form, func(t *testing.T) {
			dir := t.TempDir()
			rule := "monitor \"b\" {\n  name=file(\"link.txt\")\n  type  = \"query alert\"\n  query = \"avg(last_5m):avg:system.load.1{*} > 1\"\n}\n"
			writeTree(t, dir, cleanFiles, map[string]string{
				"common/b.hcl": rule, "common/name.txt": "the name of b", "shared/c.hcl": strings.ReplaceAll(rule, `"b"`, `"c"`),
				"common/rec/recording.hcl": goodRecording, "common/rec/logs.jsonl": "",
			})
			for n, c := range []linkCase{
				{link: "monitors/link.hcl", target: "common/b.hcl"}, {link: "link.txt", target: "common/name.txt"},
				{link: "dashboards", target: "shared"}, {link: "recordings/link", target: "common/rec"},
			} {
				if form == "chained" && n > 0 {
					c.symlink(t, "relative", dir, dir)
					continue
				}
				c.symlink(t, form, dir, dir)
			}
			code, stdout, stderr := runIn(nil, "-C", dir, "render")
			if code != 0 || !strings.Contains(stdout, "monitor.b") || !strings.Contains(stdout, "monitor.c") || !strings.Contains(stdout, "the name of b") {
				t.Errorf("render: %d\n%s%s", code, stdout, stderr)
			}
			if code, stdout, stderr := runIn(nil, "-C", dir, "test"); code != 0 {
				t.Errorf("test: %d\n%s%s", code, stdout, stderr)
			}
			if code, stdout, stderr := runIn(nil, "-C", dir, "fmt"); code != 0 {
				t.Errorf("fmt: %d\n%s%s", code, stdout, stderr)
			}
			link := filepath.Join(dir, "monitors/link.hcl")
			info, err := os.Lstat(link)
			if err != nil || info.Mode()&os.ModeSymlink == 0 {
				t.Errorf("the link is %v %v", info, err)
			}
			if text, err := os.ReadFile(link); err != nil || !strings.Contains(string(text), "name  = file") {
				t.Errorf("fmt left %q %v", text, err)
			}
		})
	}
}

// TestGitIsNotRead: files of version control cannot be read, however their path is written.
func TestGitIsNotRead(t *testing.T) {
	dir := t.TempDir()
	writeTree(t, dir, cleanFiles, map[string]string{".git/config": secretLine, "sub/.GIT/config": secretLine, "sub/deep/.git": secretLine})
	if err := os.Symlink(".git", filepath.Join(dir, "vcs")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../.git/config", filepath.Join(dir, "monitors", "x.hcl")); err != nil {
		t.Fatal(err)
	}
	if code, stdout, stderr := runIn(nil, "-C", dir, "validate"); code != 1 || strings.Contains(stdout+stderr, secretLine) || !strings.Contains(stderr, "monitors/x.hcl") {
		t.Errorf("a link to .git: %d\n%s%s", code, stdout, stderr)
	}
	if err := os.Remove(filepath.Join(dir, "monitors", "x.hcl")); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{".git/config", "./.git/config", "sub/../.git/config", ".GIT/config", "sub/.GIT/config", "sub/deep/.git", "vcs/config", ".git./config", ".g\u200cit/config", "git~1/config"} {
		for _, f := range []string{"file(%q)", "filebase64(%q)", "templatefile(%q, {})"} {
			writeTree(t, dir, map[string]string{"f.hcl": "locals {\n  f = " + fmt.Sprintf(f, path) + "\n}\n"})
			if code, stdout, stderr := runIn(nil, "-C", dir, "validate"); code != 1 || strings.Contains(stdout+stderr, secretLine) {
				t.Errorf(f+": %d\n%s%s", path, code, stdout, stderr)
			}
		}
		writeTree(t, dir, map[string]string{"f.hcl": "monitor \"b\" {\n  name  = \"${fileexists(" + fmt.Sprintf("%q", path) + ")}${length(fileset(\".\", \"**/config\"))}${length(fileset(\"vcs\", \"*\"))}${length(fileset(\".\", \".git/*\"))}\"\n" +
			"  type  = \"query alert\"\n  query = \"avg(last_5m):avg:system.load.1{*} > 1\"\n}\n"})
		if code, stdout, stderr := runIn(nil, "-C", dir, "render", "monitor.b"); code != 0 || !strings.Contains(stdout, `"false000"`) {
			t.Errorf("fileexists(%q) and fileset: %d\n%s%s", path, code, stdout, stderr)
		}
	}
}

// TestKeysAreHiddenFromTheStart: a key in a file is never shown, whichever variable it comes from.
func TestKeysAreHiddenFromTheStart(t *testing.T) {
	environ := []string{
		"DD_API_KEY=0123456789abcdef0123456789abcde0", "DATADOG_API_KEY=0123456789abcdef0123456789abcde1",
		"DD_APP_KEY=0123456789abcdef0123456789abcde2", "DATADOG_APP_KEY=0123456789abcdef0123456789abcde3",
	}
	for _, pair := range environ {
		_, key, _ := strings.Cut(pair, "=")
		dir := t.TempDir()
		writeTree(t, dir, map[string]string{
			"stack.hcl": "stack \"s\" {}\n", "monitors/x.hcl": key + " =\n" + strings.ReplaceAll(cleanFiles["monitors/a.hcl"], "var.name", "\""+key+"\""), "recordings/link/recording.hcl": key,
		})
		for command, args := range commands(dir, dir) {
			code, stdout, stderr := runIn(environ, args...)
			if strings.Contains(stdout+stderr, key) {
				t.Errorf("%s (%d) shows %s:\n%s%s", command, code, pair, stdout, stderr)
			}
		}
	}
}

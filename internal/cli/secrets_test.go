package cli_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ddmon/internal/cli"
	"ddmon/internal/sandbox"
)

// What must not be seen anywhere. The variable's value has characters that each notation writes in its own way.
const (
	secretAPIKey = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
	secretAppKey = "f9e8d7c6b5a493827160f5e4d3c2b1a00a1b2c3d"
	secretValue  = "hunter2 <&\"'$> T0/B0/xoxb-77"
)

const secretStack = `
stack "shop" { tags = ["team:shop"] }
variable "hook" {
  type      = string
  sensitive = true
}
variable "next" { default = false }
monitor "a" {
  name     = "a ${var.hook}"
  type     = "query alert"
  query    = "avg(last_5m):avg:x{queue:a} > ${var.next ? 6 : 5}"
  message  = "{{#is_alert}}call ${var.hook}{{/is_alert}} @slack-shop"
  priority = 2
}
monitor "b" {
  for_each = var.next ? {} : { one = var.next }
  name     = "b"
  type     = "query alert"
  query    = "avg(last_5m):avg:y{queue:a} > 5"
  message  = "@webhook-${var.hook} @slack-shop"
  priority = 2
}
dashboard "d" {
  title       = "board ${var.hook}"
  description = "see ${var.hook}"
  layout_type = "ordered"
  widget "note" { content = "call ${var.hook}${var.next ? " soon" : ""}" }
}
`

const secretTest = `
test "quiet" {
  recording = "../rec"
  expect "monitor.a" { status = "Alert" }
}
`

const secretRecording = `
name     = "rec"
note     = "a recording"
start    = "2026-01-01T00:00:00Z"
end      = "2026-01-01T00:30:00Z"
interval = "60s"
phases { incident_start = "00:05:00" }
series "x" {
  tags   = ["queue:a"]
  type   = "gauge"
  values = "1x5 9x25"
}
`

// secretive runs commands and keeps all that they write.
type secretive struct {
	dir     string
	host    string
	environ []string         // in addition to that of every run
	now     func() time.Time // time.Now if it is nil
	written bytes.Buffer
}

func (s *secretive) run(args ...string) int {
	fmt.Fprintf(&s.written, "\n$ ddmon %s\n", strings.Join(args, " "))
	now := s.now
	if now == nil {
		now = time.Now
	}
	app := &cli.App{
		Stdin: strings.NewReader(""), Stdout: &s.written, Stderr: &s.written, Now: now, Sleep: noWait, Width: 80,
		Environ: append([]string{
			"DD_HOST=" + s.host, "DD_API_KEY=" + secretAPIKey, "DD_APP_KEY=" + secretAppKey,
			"DDMON_LOG=debug", "GITHUB_ACTIONS=true", "GITHUB_OUTPUT=" + filepath.Join(s.dir, "output"),
			"GITHUB_STEP_SUMMARY=" + filepath.Join(s.dir, "summary"),
		}, s.environ...),
	}
	return app.Run(context.Background(), append([]string{"-C", s.dir}, args...))
}

// write writes the files of a stack.
func (s *secretive) write(t *testing.T, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(s.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// noSecrets are the commands that are not run, and why.
var noSecrets = map[string]string{
	"sandbox": "prints its help", "sandbox serve": "serves until it is interrupted",
}

// runAll runs every command there is in every format that it has. changed are the arguments with which there is
// something to change. A command that is not listed fails the test: to add a command, add how it is run.
func (s *secretive) runAll(t *testing.T, monitor string, changed ...string) {
	t.Helper()
	in := func(name string) string { return filepath.Join(s.dir, name) }
	old := in("old")
	lines := map[string][][]string{
		"plan": {{}, changed, {"--base", old}, {"--out", in("plan.json"), "--markdown", in("comment.md"), "--base", old},
			append([]string{"--markdown", "-"}, changed...), append([]string{"--out", in("changed.json")}, changed...)},
		"apply": {append([]string{"--auto-approve"}, changed...), {in("plan.json")}, {in("plan.json")}, {in("changed.json")}},
		"diff":  {{"--base", old}, {"--base", old, "--markdown", "-"}}, "drift": {{}}, "validate": {{}}, "render": {{}, {monitor}},
		"lint":    {{}, {"--format", "sarif"}, {"--format", "github"}, {"--live"}, {"--enable", "priority_missing"}},
		"explain": {{monitor}}, "schema": {{}}, "version": {{}}, "fmt": {{"--check", "--diff"}},
		"test":    {{}, {"--verbose", "--coverage"}, {"--junit", in("junit.xml"), "--html", in("report.html"), "--coverage"}},
		"replay":  {{in("rec")}, {in("rec"), "--html", in("replay.html")}},
		"verify":  {{"g", "--recording", in("rec")}, {"g", "--recording", in("rec"), "--markdown", in("verify.md")}},
		"show":    {{in("plan.json")}, {in("changed.json")}},
		"destroy": {{"--auto-approve"}},
	}
	names := cli.CommandNames()
	for _, name := range names {
		if lines[name] == nil && noSecrets[name] == "" {
			t.Fatalf("the command %q is not run here: say with which arguments it shows most", name)
		}
	}
	// What changes Datadog comes last.
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(slices.Index(writers, a), slices.Index(writers, b)) })
	for _, name := range names {
		for _, args := range lines[name] {
			s.run(append([]string{name}, args...)...)
			if !slices.Contains(args, "-") && !slices.Contains(args, "--format") {
				s.run(append([]string{name, "--json"}, args...)...)
			}
		}
		s.keepFiles(t)
	}
}

// writers are the commands that change Datadog, in the order in which they find something to change.
var writers = []string{"apply", "destroy"}

// keepFiles adds what was written to files so far, which later commands write over.
func (s *secretive) keepFiles(t *testing.T) {
	t.Helper()
	s.written.WriteString(filesBelow(t, s.dir, "monitors", "rec", "old"))
}

// echo refuses every write, with all that was sent to it in the error; it validates if asked to.
func echo(next http.Handler, validates bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet || validates && strings.HasSuffix(r.URL.Path, "/validate") {
			next.ServeHTTP(w, r)
			return
		}
		body, _ := io.ReadAll(r.Body)
		text := fmt.Sprintf("refused: %s %v", body, r.Header)
		said, _ := json.Marshal(map[string]any{"errors": []string{
			text, url.QueryEscape(text), html.EscapeString(text), strings.ToUpper(text), fmt.Sprintf("%q", text), text[:len(text)/2], text[:len(text)/3] + "...",
		}})
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write(said)
	})
}

// TestNoSecretAnywhere runs every command in every format, both normally and with a Datadog whose errors repeat the
// requests, and searches all output for secrets: output, debug log, plan files, comments, reports, summaries.
func TestNoSecretAnywhere(t *testing.T) {
	t.Parallel()
	box, err := sandbox.Open("", sandbox.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	well, bad := httptest.NewServer(box), httptest.NewServer(echo(box, false))
	late := httptest.NewServer(echo(box, true))
	defer late.Close()
	defer well.Close()
	defer bad.Close()
	s := &secretive{dir: t.TempDir(), host: well.URL, environ: []string{"DDMON_VAR_hook=" + secretValue}}
	s.write(t, map[string]string{
		"monitors/stack.hcl": secretStack, "monitors/a.test.hcl": secretTest, "rec/recording.hcl": secretRecording,
		"old/stack.hcl": strings.ReplaceAll(secretStack, "call", "ring"),
	})
	commands := func() { s.runAll(t, "monitor.a", "--var", "next=true") }
	// With everything in order, and then against one that repeats it all, first with objects to change and then
	// without.
	if code := s.run("apply", "--auto-approve"); code != 0 {
		t.Fatalf("exit code %d\n%s", code, s.written.String())
	}
	s.host = bad.URL
	commands()
	s.host = late.URL
	commands()
	s.host = well.URL
	commands()
	s.host = bad.URL
	commands()
	s.host = late.URL
	commands()
	s.host = "https://" + secretAPIKey + ".invalid"
	s.run("plan")

	text := s.written.String() + filesBelow(t, s.dir, "monitors", "rec", "old")
	for name, secret := range secretForms() {
		if at := strings.Index(text, secret); at >= 0 {
			t.Errorf("%s is written:\n%s", name, text[max(0, at-600):min(len(text), at+200)])
		}
	}
	if !strings.Contains(text, "(sensitive value)") || !strings.Contains(text, "debug: POST /api/v1/monitor 400") || !strings.Contains(text, "debug: POST /api/v1/monitor/validate 400") {
		t.Error("the commands did not come to what they hide")
	}
}

// secretForms are the secrets in the notations in which they might come out.
func secretForms() map[string]string {
	forms := map[string]string{"the API key": secretAPIKey, "the application key": secretAppKey}
	escaped, _ := json.Marshal(secretValue)
	for name, text := range map[string]string{
		"as it is": secretValue, "in JSON": strings.Trim(string(escaped), `"`), "in base64": base64.StdEncoding.EncodeToString([]byte(secretValue)),
		"in part": "T0/B0/xoxb-77", "in part (2)": "hunter2",
	} {
		forms["the variable "+name] = text
	}
	return forms
}

// filesBelow reads all files of a folder but those of some folders in it.
func filesBelow(t *testing.T, dir string, without ...string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			for _, w := range without {
				if entry != nil && entry.Name() == w {
					return fs.SkipDir
				}
			}
			return err
		}
		content, err := os.ReadFile(path)
		fmt.Fprintf(&b, "\n-- %s --\n%s", filepath.Base(path), content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

package cli_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
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
description = "a recording"
start       = "2026-01-01T00:00:00Z"
interval    = "60s"
series "x" {
  tags   = ["queue:a"]
  values = "1x3 9x10"
}
`

// secretive runs commands and keeps all that they write.
type secretive struct {
	dir     string
	host    string
	written bytes.Buffer
}

func (s *secretive) run(args ...string) int {
	fmt.Fprintf(&s.written, "\n$ ddmon %s\n", strings.Join(args, " "))
	app := &cli.App{
		Stdin: strings.NewReader(""), Stdout: &s.written, Stderr: &s.written, Now: time.Now, Sleep: noWait, Width: 80,
		Environ: []string{
			"DD_HOST=" + s.host, "DD_API_KEY=" + secretAPIKey, "DD_APP_KEY=" + secretAppKey, "DDMON_VAR_hook=" + secretValue,
			"DDMON_LOG=debug", "GITHUB_ACTIONS=true", "GITHUB_OUTPUT=" + filepath.Join(s.dir, "output"),
			"GITHUB_STEP_SUMMARY=" + filepath.Join(s.dir, "summary"),
		},
	}
	return app.Run(context.Background(), append([]string{"-C", s.dir}, args...))
}

// echo refuses every write, with all that was sent to it in the error; it validates if asked to.
func echo(next http.Handler, validates bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet || validates && strings.HasSuffix(r.URL.Path, "/validate") {
			next.ServeHTTP(w, r)
			return
		}
		body, _ := io.ReadAll(r.Body)
		text, _ := json.Marshal(fmt.Sprintf("refused: %s %v", body, r.Header))
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"errors":[%s]}`, text)
	})
}

// TestNoSecretAnywhere runs every command, in every format, well and with a Datadog that repeats in its errors what it
// was sent, and looks through all that was written: output, debug log, plan files, comments, reports, summaries.
func TestNoSecretAnywhere(t *testing.T) {
	box, err := sandbox.Open("", sandbox.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	well, bad := httptest.NewServer(box), httptest.NewServer(echo(box, false))
	late := httptest.NewServer(echo(box, true))
	defer late.Close()
	defer well.Close()
	defer bad.Close()
	s := &secretive{dir: t.TempDir(), host: well.URL}
	for name, content := range map[string]string{
		"monitors/stack.hcl": secretStack, "monitors/a.test.hcl": secretTest, "rec/recording.hcl": secretRecording,
		"old/stack.hcl": strings.ReplaceAll(secretStack, "call", "ring"),
	} {
		path := filepath.Join(s.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	in := func(name string) string { return filepath.Join(s.dir, name) }
	commands := func() {
		for _, format := range [][]string{nil, {"--json"}} {
			for _, command := range [][]string{
				{"plan"}, {"plan", "--var", "next=true"}, {"plan", "--base", in("old")}, {"diff", "--base", in("old")}, {"drift"},
				{"validate"}, {"lint"}, {"render"}, {"explain", "monitor.a"}, {"test", "--verbose", "--coverage"},
				{"replay", in("rec")}, {"apply", "--auto-approve", "--var", "next=true"}, {"destroy", "--auto-approve"},
			} {
				s.run(append(command, format...)...)
			}
		}
		for _, command := range [][]string{
			{"plan", "--out", in("plan.json"), "--markdown", in("comment.md"), "--base", in("old")}, {"lint", "--format", "sarif"},
			{"lint", "--format", "github"}, {"plan", "--markdown", "-", "--var", "next=true"},
			{"test", "--junit", in("junit.xml"), "--html", in("report.html")},
			{"apply", in("plan.json")}, {"apply", in("plan.json")}, {"destroy", "--auto-approve"},
		} {
			s.run(command...)
		}
	}
	// With everything in order, and then against one that repeats it all, first with objects to change and then without.
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

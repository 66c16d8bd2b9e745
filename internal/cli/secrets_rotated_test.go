package cli_test

import (
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"ddmon/internal/sandbox"
)

// rotatedStack has objects whose set of fields comes from a secret.
const rotatedStack = `
stack "shop" { tags = ["team:shop"] }
variable "loose" { sensitive = true }
variable "next" { default = false }
monitor "open" {
  name  = "open"
  type  = "query alert"
  query = "avg(last_5m):avg:app.load{*} > 2"
  extra = jsondecode(var.loose).top
  options {
    notify_audit = var.next
    extra        = jsondecode(var.loose).options
  }
}
monitor "document" {
  json = jsondecode(var.loose).document
}
monitor "over" {
  name = "over"
  json = jsondecode(var.loose).document
}
dashboard "open" {
  title       = "open"
  layout_type = "ordered"
  widget "note" { content = "first" }
  widget "note" {
    content = var.next ? "next" : "now"
    extra   = jsondecode(var.loose).widget
  }
  extra = jsondecode(var.loose).board
}
`

const (
	rotatedBefore = `{
		"top": {"message": "call o1a", "priority": 5, "tags": ["o:o1b"]},
		"options": {"escalation_message": "o1d", "renotify_interval": 77, "timeout_h": 13},
		"document": {"name": "o1m", "type": "query alert", "query": "avg(last_5m):avg:app.load{*} > 2",
			"message": "o1e", "priority": 5, "tags": ["o:o1f"], "options": {"escalation_message": "o1g", "renotify_interval": 77}},
		"board": {"description": "o1h", "tags": ["team:o1i"]},
		"widget": {"background_color": "o1j", "font_size": "77"}
	}`
	// rotatedAfter lacks fields that rotatedBefore has.
	rotatedAfter = `{"top": {}, "options": {"renotify_interval": 78},
		"document": {"name": "o1m", "type": "query alert", "query": "avg(last_5m):avg:app.load{*} > 2", "message": "o2e"}, "board": {}, "widget": {}}`
)

// TestNoRotatedSecretAnywhere: a field that a secret object does not have any more is hidden on the live object.
func TestNoRotatedSecretAnywhere(t *testing.T) {
	t.Parallel()
	well, bad := echoing(t)
	before := []string{"DDMON_VAR_loose=" + rotatedBefore}
	after := []string{"DDMON_VAR_loose=" + rotatedAfter}
	s := &secretive{dir: t.TempDir(), host: well.URL, environ: before}
	s.write(t, map[string]string{
		"monitors/stack.hcl": rotatedStack, "monitors/a.test.hcl": "test \"fails\" {\n  recording = \"../rec\"\n  expect \"monitor.open\" { silent = true }\n}\n",
		"rec/recording.hcl": shortRecording, "old/stack.hcl": strings.ReplaceAll(rotatedStack, "now", "then"),
	})
	s.must(t, "apply", "--auto-approve")
	s.environ, s.host = after, bad.URL
	for _, monitor := range []string{"monitor.open", "monitor.document", "monitor.over"} {
		s.run("explain", monitor)
		s.run("explain", "--json", monitor)
	}
	s.runAll(t, "monitor.open", "--var", "next=true")
	s.host = well.URL
	out := s.dir + "/rotated.json"
	s.must(t, "plan", "--out", out, "--markdown", s.dir+"/rotated.md")
	s.must(t, "plan", "--json")
	s.keepFiles(t)
	s.environ = before
	if code := s.run("apply", out); code == 0 {
		t.Error("a plan was applied with other secrets than it was reviewed with")
	}
	s.environ = after
	s.must(t, "apply", out)
	if code := s.run("plan", "--detailed-exitcode"); code != 0 {
		t.Errorf("after a saved plan was applied, something is left to change: exit code %d", code)
	}
	s.runAll(t, "monitor.open", "--var", "next=true")

	forms := map[string]*regexp.Regexp{}
	for _, form := range []string{
		`(?i)(?:^|[^0-9a-z])(o1[a-m]|o2e)(?:$|[^0-9a-z])`, `"?priority"?\s*[=:]\s*5\b`, `"?timeout_h"?\s*[=:]\s*13\b`,
		`"?renotify_interval"?\s*[=:]\s*7[78]\b`, `"?font_size"?\s*[=:]\s*"77"`,
	} {
		forms[form] = regexp.MustCompile(form)
	}
	s.lookFor(t, forms, "(sensitive value)", "Behaviour", "escalation_message = (sensitive value)")
}

// echoing starts a Datadog and one with the same objects that repeats what it is sent.
func echoing(t *testing.T) (well, bad *httptest.Server) {
	t.Helper()
	box, err := sandbox.Open("", sandbox.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	well, bad = httptest.NewServer(box), httptest.NewServer(echo(box, true))
	t.Cleanup(well.Close)
	t.Cleanup(bad.Close)
	return well, bad
}

// must runs a command that has to succeed.
func (s *secretive) must(t *testing.T, args ...string) {
	t.Helper()
	from := s.written.Len()
	if code := s.run(args...); code != 0 {
		t.Fatalf("%v: exit code %d\n%s", args, code, s.written.String()[from:])
	}
}

// keyStack has objects with keys that are secrets, in ways in which Datadog keeps them and in which it does not.
const keyStack = `
stack "shop" { tags = ["team:shop"] }
variable "word" { sensitive = true }
variable "next" { default = false }
monitor "key" {
  name    = "key"
  type    = "query alert"
  query   = "avg(last_5m):avg:app.load{*} > 3"
  message = var.next ? "next" : "now"
  extra   = { (substr(upper(var.word), 0, 3)) = 1 }
}
monitor "keyed" {
  json = merge({ name = "keyed", type = "query alert", query = "avg(last_5m):avg:app.load{*} > 4" }, { (substr(var.word, 0, 3)) = { (var.word) = 1 } })
}
monitor "options" {
  name    = "options"
  type    = "query alert"
  query   = "avg(last_5m):avg:app.load{*} > 5"
  message = var.next ? "next" : "now"
  options {
    extra = { (substr(var.word, 0, 3)) = { (substr(var.word, 0, 3)) = 1 } }
  }
}
dashboard "keys" {
  title       = "keys"
  layout_type = "ordered"
  widget "note" {
    content = var.next ? "next" : "now"
    extra   = { (substr(var.word, 0, 3)) = "x" }
  }
  extra = { (upper(substr(var.word, 0, 3))) = [1], description = "shown" }
}
`

// TestNoSecretKeyAnywhere: a key of an object is as secret as the values in it, unless it is the name of a known field.
func TestNoSecretKeyAnywhere(t *testing.T) {
	t.Parallel()
	well, bad := echoing(t)
	s := &secretive{dir: t.TempDir(), host: well.URL, environ: []string{"DDMON_VAR_word=q7z-River-4471"}}
	s.write(t, map[string]string{
		"monitors/stack.hcl": keyStack, "monitors/a.test.hcl": "test \"fails\" {\n  recording = \"../rec\"\n  expect \"monitor.key\" { silent = true }\n}\n",
		"rec/recording.hcl": shortRecording, "old/stack.hcl": strings.ReplaceAll(keyStack, "now", "then"),
	})
	s.must(t, "plan", "--out", s.dir+"/first.json")
	s.run("apply", s.dir+"/first.json") // Datadog ignores fields that it does not know
	s.environ = []string{"DDMON_VAR_word=w8k-Brook-9920"}
	for _, monitor := range []string{"monitor.key", "monitor.keyed", "monitor.options"} {
		s.must(t, "explain", monitor)
		s.must(t, "explain", "--json", monitor)
	}
	s.must(t, "plan", "--out", s.dir+"/second.json", "--markdown", s.dir+"/second.md")
	s.run("apply", s.dir+"/second.json")
	s.runAll(t, "monitor.key", "--var", "next=true")
	s.host = bad.URL
	s.runAll(t, "monitor.keyed", "--var", "next=true")
	s.lookFor(t, map[string]*regexp.Regexp{"a key": regexp.MustCompile(`(?i)(?:^|[^0-9a-z])(q7z|w8k)(?:$|[^0-9a-z])`)},
		"(sensitive value)", "Behaviour", "Unknown field [unknown_field]")
}

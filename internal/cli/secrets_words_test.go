package cli_test

import (
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/sandbox"
)

const wordStack = `
stack "shop" { tags = ["team:shop"] }
variable "word" { sensitive = true }
variable "next" { default = false }
monitor "m" {
  name     = "n ${var.word}"
  type     = "query alert"
  query    = "avg(last_5m):avg:app.load{*} > 3"
  message  = "${var.next ? "next" : "now"} ${var.word} @slack-shop"
  priority = 2
  options {
    escalation_message = var.word
  }
}
monitor "o" {
  name    = "open"
  type    = "query alert"
  query   = "avg(last_5m):avg:app.load{*} > ${var.next ? 4 : 5}"
  message = "@slack-shop"
}
monitor "gone" {
  for_each = var.next ? {} : { one = 1 }
  name     = "gone ${var.word}"
  type     = "query alert"
  query    = "avg(last_5m):avg:app.load{*} > 7"
}
dashboard "d" {
  title       = "soon"
  layout_type = "ordered"
  widget "note" { content = "${var.next ? "next" : "now"} ${var.word}" }
}
`

// TestOutputDoesNotDependOnSecrets: with a secret that is a word of ddmon or Datadog, every command writes the same
// lines, in every format, as with any other secret. So ddmon's own words and JSON keys are never hidden, and the output
// does not reveal the secret.
func TestOutputDoesNotDependOnSecrets(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	now := func() time.Time { return at }
	written := func(word string) []string {
		box, err := sandbox.Open("", sandbox.Options{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(box)
		defer server.Close()
		s := &secretive{dir: t.TempDir(), host: server.URL, environ: []string{"DDMON_VAR_word=" + word}, now: now}
		s.write(t, map[string]string{
			"monitors/stack.hcl": wordStack, "rec/recording.hcl": shortRecording,
			"monitors/a.test.hcl": "test \"fails\" {\n  recording = \"../rec\"\n  expect \"monitor.o\" { silent = true }\n}\n",
			"old/stack.hcl":       strings.ReplaceAll(wordStack, "soon", "later"),
		})
		s.must(t, "apply", "--auto-approve")
		s.runAll(t, "monitor.m", "--var", "next=true")
		// The salt and checksum of a saved plan and the duration in a report differ.
		text := regexp.MustCompile(`(?s)\n-- (?:plan|changed)\.json --\n[^\n]*`).ReplaceAllString(s.written.String(), "")
		text = regexp.MustCompile(`[0-9.]+ ?m?s\b|100000[0-9]{3}|debug: [^\n]*`).ReplaceAllString(text, "TIME")
		lines := strings.Split(strings.NewReplacer(s.dir, "DIR", server.URL, "HOST").Replace(text), "\n")
		slices.Sort(lines) // objects are written at the same time
		return lines
	}
	want := written("zqmauveotter")
	if all := strings.Join(want, "\n"); !strings.Contains(all, "(sensitive value)") || strings.Contains(all, "mauve") {
		t.Fatal(all)
	}
	for _, word := range []string{
		"create", "monitor", "type", "error", "message", "changes", "true", "Plan", "to add", "value", "(sensitive value)", "crea",
		"testcase", "summary", "query alert", "will be destroyed",
	} {
		if diff := cmp.Diff(want, written(word)); diff != "" {
			t.Errorf("%q shows:\n%s", word, diff)
		}
	}
}

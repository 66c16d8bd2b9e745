package cli_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"ddmon/internal/sandbox"
)

// What is computed from these must not be seen anywhere either.
const (
	derivedToken = "Quiet-River-4471-Lamp"
	derivedLimit = "73519"
)

// derivedStack computes from sensitive values in every way that the language has.
const derivedStack = `
stack "shop" { tags = ["team:shop"] }
variable "token" {
  type      = string
  sensitive = true
}
variable "limit" {
  type      = number
  sensitive = true
}
variable "hooks" {
  type      = list(string)
  sensitive = true
}
variable "next" { default = false }
locals {
  reversed = strrev(var.token)
  handles  = [for h in var.hooks : "@webhook-${upper(h)}"]
  twice    = var.limit * 2
  long     = <<-EOT
    First line
    ${title(lower(var.token))}: ${format("%.1f", var.limit)}
  EOT
}
monitor "derived" {
  name     = "derived ${lower(var.token)}${var.next ? " next" : ""}"
  type     = "query alert"
  query    = "max(last_5m):max:app.queue{key:${substr(lower(var.token), 0, 11)}} by {key} > ${var.limit}"
  message  = "@webhook-${var.next ? local.reversed : lower(var.token)} ${upper(var.token)} {{value}} of {{threshold}} {{key.name}}"
  tags     = ["Id:${base64encode(var.token)}", "limit:${local.twice}"]
  priority = var.limit > 5 ? 4 : 1
  options {
    escalation_message = "call ${join("/", concat(local.handles, [local.reversed]))}"
    renotify_interval  = 10
    notify_audit       = var.token != ""
    thresholds {
      warning = var.limit - 1234
    }
  }
}
monitor "text" {
  for_each = { one = var.token, two = upper(strrev(var.token)) }
  name     = "text ${each.key}"
  type     = "query alert"
  query    = "max(last_5m):max:app.queue{*} > 3"
  message  = templatefile("note.tmpl", { token = each.value, limit = var.limit, next = var.next })
  tags     = [for h in var.hooks : "hook:${substr(sha256(h), 0, 16)}"]
  priority = 2
}
monitor "open" {
  name     = "open"
  type     = "query alert"
  query    = "max(last_5m):max:app.queue{*} > ${var.next ? 4 : 5}"
  message  = "@slack-shop ${local.long}"
  priority = 3
  options {
    thresholds { warning = 1 }
  }
}
monitor "both" {
  name     = "both"
  type     = "composite"
  query    = "${monitor.derived.id} && ${monitor.open.id}"
  message  = "@slack-shop {{a.value}}"
  priority = 3
}
monitor "gone" {
  for_each = var.next ? {} : { one = "x" }
  name     = "gone ${upper(var.token)}"
  type     = "query alert"
  query    = "max(last_5m):max:app.queue{key:${lower(var.token)}} > 2"
  message  = "@webhook-${base64encode(var.token)} @slack-${urlencode(var.token)} ${sha256(var.token)} ${jsonencode([var.token])}"
  priority = 3
}
dashboard "d" {
  title       = "board ${strrev(var.token)}"
  description = "see ${sha256(var.token)}${var.next ? " soon" : ""}"
  layout_type = "ordered"
  widget "note" { content = jsonencode({ token = upper(var.token), limit = var.limit, next = var.next }) }
  widget "note" { content = "limit ${format("%.2f", var.limit * 3)}ms ${length(var.token) * 1001} ${substr(var.token, 0, 9)} ${urlencode("${var.token}/ä")}" }
  widget "timeseries" {
    title = "queue ${local.twice}"
    requests = [{ q = "avg:app.queue{key:${substr(lower(var.token), 0, 11)}}" }]
  }
}
`

// derivedTests fail, so that the output has all that was expected and all that happened.
const derivedTests = `
test "fails" {
  recording = "../rec"
  expect "monitor.derived" {
    status           = "Alert"
    notifies         = ["@webhook-${upper(var.token)}x", "@slack-other"]
    message_contains = [strrev(var.token), "${local.twice}"]
  }
  expect "monitor.text" {
    silent = true
    never  = "Alert"
  }
  expect "monitor.open" {
    status           = "Alert"
    notifies_only    = ["@slack-nobody"]
    message_contains = [base64encode(var.token)]
  }
  expect "monitor.derived" {
    group  = { key = substr(lower(var.token), 0, 11) }
    status = "OK"
    at     = "+20m"
  }
}
test "passes" {
  recording = "../rec"
  expect "monitor.derived" {
    status   = "Alert"
    notifies = ["@webhook-${lower(var.token)}"]
    message_contains = [upper(var.token)]
  }
}
`

const derivedRecording = `
name     = "rec"
note     = "a recording"
start    = "2026-01-01T00:00:00Z"
end      = "2026-01-01T00:30:00Z"
interval = "60s"
phases { incident_start = "00:05:00" }
series "app.queue" {
  tags   = ["key:quiet-river"]
  type   = "gauge"
  values = "1x5 90001x25"
}
`

// derivedForms are the texts that show something of the secrets.
func derivedForms() map[string]*regexp.Regexp {
	texts := map[string]string{}
	for name, secret := range map[string]string{"the token": derivedToken, "a hook": "Amber-Falcon-09", "another hook": "Beryl-Otter-77"} {
		sum := sha256.Sum256([]byte(secret))
		for form, text := range map[string]string{
			"": secret, " in lower case": strings.ToLower(secret), " in upper case": strings.ToUpper(secret), " reversed": reversed(secret),
			" reversed in upper case": strings.ToUpper(reversed(secret)), " in base64": base64.StdEncoding.EncodeToString([]byte(secret)),
			" as a hash": hex.EncodeToString(sum[:]), " as part of a hash": hex.EncodeToString(sum[:])[:16], " in part": strings.ToLower(secret)[:11],
			" in a URL": url.QueryEscape(secret), " and more in a URL": url.QueryEscape(secret + "/ä"),
		} {
			texts[name+form] = regexp.QuoteMeta(text)
		}
	}
	for name, number := range map[string]string{
		"the limit": `73,?519(\.0+)?`, "the limit twice": "147,?038", "the warning": "72,?285", "the limit in short": `7\.3519e`,
		"three times the limit, with a unit": `220557\.00(?:ms)?`, "a length": `21021`,
	} {
		texts[name] = `(?:^|[^0-9A-Za-z])` + number + `(?:$|[^0-9A-Za-z])`
	}
	texts["a priority"] = `"?priority"?\s*[=:]\s*4`
	texts["a truth"] = `"?notify_audit"?\s*[=:]\s*true`
	forms := map[string]*regexp.Regexp{}
	for name, text := range texts {
		forms[name] = regexp.MustCompile(text)
	}
	return forms
}

func reversed(s string) string {
	var b strings.Builder
	for i := len(s) - 1; i >= 0; i-- {
		b.WriteByte(s[i])
	}
	return b.String()
}

// look finds what must not have been written.
func (s *secretive) look(t *testing.T, forms map[string]*regexp.Regexp) {
	t.Helper()
	s.lookFor(t, forms, "(sensitive value)", "notifies (sensitive value)", "Behaviour", "1 failed.")
}

// lookFor is look for commands that come to other texts.
func (s *secretive) lookFor(t *testing.T, forms map[string]*regexp.Regexp, wants ...string) {
	t.Helper()
	text := s.written.String()
	for name, form := range forms {
		if at := form.FindStringIndex(text); at != nil {
			command := text[max(0, strings.LastIndex(text[:at[0]], "\n$ ddmon ")):at[0]]
			command, _, _ = strings.Cut(strings.TrimSpace(command), "\n")
			t.Errorf("%s is written (%s):\n%s", name, command, text[max(0, at[0]-300):min(len(text), at[1]+100)])
		}
	}
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("the commands did not come to %q", want)
		}
	}
}

// everywhere runs all commands with a Datadog in order and with ones that repeat what they are sent.
func (s *secretive) everywhere(t *testing.T, monitor string, changed ...string) {
	t.Helper()
	box, err := sandbox.Open("", sandbox.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	well, bad, late := httptest.NewServer(box), httptest.NewServer(echo(box, false)), httptest.NewServer(echo(box, true))
	for _, server := range []*httptest.Server{well, bad, late} {
		t.Cleanup(server.Close)
	}
	s.host = well.URL
	if code := s.run("apply", "--auto-approve"); code != 0 {
		t.Fatalf("exit code %d\n%s", code, s.written.String())
	}
	for _, host := range []string{bad.URL, late.URL, well.URL, bad.URL, late.URL} {
		s.host = host
		s.runAll(t, monitor, changed...)
	}
}

// TestNoDerivedSecretAnywhere does as TestNoSecretAnywhere with what is computed from secrets.
func TestNoDerivedSecretAnywhere(t *testing.T) {
	t.Parallel()
	s := &secretive{dir: t.TempDir(), environ: []string{
		"DDMON_VAR_token=" + derivedToken, "DDMON_VAR_limit=" + derivedLimit, `DDMON_VAR_hooks=["Amber-Falcon-09", "Beryl-Otter-77"]`,
	}}
	s.write(t, map[string]string{
		"monitors/stack.hcl": derivedStack, "monitors/a.test.hcl": derivedTests, "rec/recording.hcl": derivedRecording,
		"note.tmpl":     `at ${limit} ${lower(token)} {{value}}${next ? " next" : ""} @webhook-${strrev(token)}` + "\n",
		"old/stack.hcl": strings.ReplaceAll(derivedStack, "call", "ring"), "old/note.tmpl": "${token} ${limit * 2}${next}\n",
	})
	s.everywhere(t, "monitor.derived", "--var", "next=true")
	s.look(t, derivedForms())
	for _, want := range []string{"debug: POST /api/v1/monitor 400", "debug: POST /api/v1/monitor/validate 400", "tag_case", "no longer notify (sensitive value)"} {
		if !strings.Contains(s.written.String(), want) {
			t.Errorf("the commands did not come to %q", want)
		}
	}
}

// shortStack holds values that no text can be searched for: they are hidden by their places alone.
const shortStack = `
stack "shop" { tags = ["team:shop"] }
variable "word" { sensitive = true }
variable "pin" { sensitive = true }
variable "level" {
  type      = number
  sensitive = true
}
variable "list" {
  type      = list(string)
  sensitive = true
}
variable "map" {
  type      = map(string)
  sensitive = true
}
variable "more" {
  type      = object({ message = string, priority = number, tags = list(string), options = object({ timeout_h = number }) })
  sensitive = true
}
variable "yes" {
  type      = bool
  sensitive = true
}
variable "next" { default = false }
monitor "short" {
  name     = "n ${var.word}"
  type     = "query alert"
  query    = "avg(last_5m):avg:app.load{*} > ${var.level}"
  message  = "@webhook-${var.word} {{#is_alert}}${var.pin}{{/is_alert}}${var.next ? " next" : ""}"
  tags     = concat(["plain:tag"], var.list)
  priority = 2
  options {
    notify_audit   = var.yes
    renotify_interval = 10
    escalation_message = var.pin
  }
}
monitor "extra" {
  name  = "extra"
  type  = "query alert"
  query = "avg(last_5m):avg:app.load{*} > 2"
  extra = var.more
}
monitor "nested" {
  name    = "nested"
  type    = "query alert"
  query   = "avg(last_5m):avg:app.load{*} > 2"
  message = "@slack-shop"
  tags    = var.list
  priority = 2
  options {
    renotify_interval = var.next ? 20 : 10
    silenced = { ("host:${var.word}") = null }
    extra = merge({ include_tags = true }, { escalation_message = "again ${var.word}", timeout_h = var.level })
  }
}
monitor "json" {
  json = merge(jsondecode("{\"name\":\"j\",\"type\":\"query alert\",\"query\":\"avg(last_5m):avg:app.load{*} > 2\"}"), { message = "j ${var.word}", tags = var.list })
}
monitor "one" {
  name     = "one"
  type     = "query alert"
  query    = "avg(last_5m):avg:app.load{*} > 2"
  message  = var.word
}
dashboard "d" {
  title       = "board ${var.word}"
  layout_type = "ordered"
  widget "note" {
    content = var.next ? "next" : "now"
    extra   = { font_size = var.word, background_color = var.map.color }
  }
  extra = { description = "d ${var.word}", tags = [for k, v in var.map : "team:${v}"] }
}
`

const shortTests = `
test "fails" {
  recording = "../rec"
  expect "monitor.short" {
    status           = "Alert"
    notifies         = ["@webhook-${var.word}x"]
    message_contains = [var.word, "no ${var.pin}"]
  }
  expect "monitor.extra" { silent = true }
}
`

const shortRecording = `
name     = "rec"
note     = "a recording"
start    = "2026-01-01T00:00:00Z"
end      = "2026-01-01T00:30:00Z"
interval = "60s"
phases { incident_start = "00:05:00" }
series "app.load" {
  type   = "gauge"
  values = "1x5 90x25"
}
`

// TestNoShortSecretAnywhere: short texts, digits, numbers, lists, objects and truth values, and what they were before
// they were rotated, are hidden by their places: in bodies, in an extra, in JSON, in what a message is rendered to.
func TestNoShortSecretAnywhere(t *testing.T) {
	t.Parallel()
	environ := func(word, pin, level, yes, color string) []string {
		list, _ := json.Marshal([]string{"l:" + word, "l2:" + word})
		return []string{
			"DDMON_VAR_word=" + word, "DDMON_VAR_pin=" + pin, "DDMON_VAR_level=" + level, "DDMON_VAR_yes=" + yes, "DDMON_VAR_list=" + string(list),
			fmt.Sprintf(`DDMON_VAR_map={"color"=%q}`, color),
			fmt.Sprintf(`DDMON_VAR_more={"message"="call %s @x","priority"=%s,"tags"=["m:%s"],"options"={"timeout_h"=%s}}`, word, level, word, level),
		}
	}
	s := &secretive{dir: t.TempDir(), environ: environ("q7z", "12345678", "5", "true", "pnk")}
	s.write(t, map[string]string{
		"monitors/stack.hcl": shortStack, "monitors/a.test.hcl": shortTests, "rec/recording.hcl": shortRecording,
		"old/stack.hcl": strings.ReplaceAll(shortStack, "again", "ring"),
	})
	well, bad := echoing(t)
	s.host = well.URL
	if code := s.run("apply", "--auto-approve"); code != 0 {
		t.Fatalf("exit code %d\n%s", code, s.written.String())
	}
	s.runAll(t, "monitor.short", "--var", "next=true")
	s.run("apply", "--auto-approve")
	s.environ = environ("w8k", "87654321", "4", "false", "blu") // rotated
	s.host = bad.URL
	s.runAll(t, "monitor.extra", "--var", "next=true")
	s.host = well.URL
	if code := s.run("plan", "--out", s.dir+"/rotated.json", "--markdown", s.dir+"/rotated.md"); code != 0 {
		t.Errorf("the plan cannot be saved: exit code %d", code)
	}
	s.run("plan", "--json")
	s.keepFiles(t)
	s.environ = environ("q7z", "12345678", "5", "true", "pnk") // back again: the saved plan is of another value
	if code := s.run("apply", s.dir+"/rotated.json"); code == 0 {
		t.Error("a plan was applied with other secrets than it was reviewed with")
	}
	s.environ = environ("w8k", "87654321", "4", "false", "blu")
	if code := s.run("apply", s.dir+"/rotated.json"); code != 0 {
		t.Error("the plan cannot be applied with the secrets that it was reviewed with")
	}
	s.runAll(t, "monitor.nested", "--var", "next=true")

	forms := map[string]*regexp.Regexp{}
	for _, word := range []string{"q7z", "w8k", "12345678", "87654321", "pnk", "blu"} {
		forms[word] = regexp.MustCompile(`(?i)(?:^|[^0-9a-z])` + word + `(?:$|[^0-9a-z])`)
	}
	for _, place := range []string{`"?priority"?\s*[=:]\s*[45]\b`, `"?timeout_h"?\s*[=:]\s*[45]\b`, `"?critical"?\s*[=:]\s*[45]\b`, `> [45]\b`, `notify_audit\s*= (true|false)`, `"notify_audit": true`, "above [45]"} {
		forms[place] = regexp.MustCompile(place)
	}
	s.look(t, forms)
}

// TestBaseHidesWhatIsGone: with --base it is known what of an object was sensitive whose block this change takes out.
func TestBaseHidesWhatIsGone(t *testing.T) {
	const stack = `
stack "shop" {}
variable "word" { sensitive = true }
`
	const past = `
monitor "past" {
  name     = "past ${var.word}"
  type     = "query alert"
  query    = "avg(last_5m):avg:app.load{key:${var.word}} > 2"
  message  = "@webhook-${var.word}"
  tags     = ["a", "k:${var.word}"]
  priority = 2
}
dashboard "past" {
  title       = "past"
  layout_type = "ordered"
  widget "note" { content = var.word }
}
`
	box, err := sandbox.Open("", sandbox.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(box)
	defer server.Close()
	s := &secretive{dir: t.TempDir(), host: server.URL, environ: []string{"DDMON_VAR_word=q7z"}}
	s.write(t, map[string]string{"monitors/stack.hcl": stack + past, "old/stack.hcl": stack + past})
	if code := s.run("apply", "--auto-approve"); code != 0 {
		t.Fatalf("exit code %d\n%s", code, s.written.String())
	}
	s.write(t, map[string]string{"monitors/stack.hcl": stack})
	old := s.dir + "/old"
	for _, args := range [][]string{
		{"plan", "--base", old}, {"plan", "--base", old, "--json"}, {"plan", "--base", old, "--markdown", s.dir + "/comment.md"},
		{"diff", "--base", old}, {"diff", "--base", old, "--json"}, {"diff", "--base", old, "--markdown", "-"},
	} {
		if code := s.run(args...); code != 0 {
			t.Errorf("%v: exit code %d", args, code)
		}
	}
	s.keepFiles(t)
	text := s.written.String()
	if at := strings.Index(text, "q7z"); at >= 0 {
		t.Errorf("the word is written:\n%s", text[max(0, at-400):min(len(text), at+100)])
	}
	if !strings.Contains(text, "will be destroyed") || !strings.Contains(text, "(sensitive value)") {
		t.Error(text)
	}
}

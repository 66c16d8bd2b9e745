package expect

import (
	"strings"
	"testing"

	"ddmon/internal/ddtest"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// concealedStack has monitors with different sensitive values: the string zulu and the number 7.
const concealedStack = `stack "s" {}
variable "word" {
  default   = "zulu"
  sensitive = true
}
variable "limit" {
  default   = 7
  sensitive = true
}
monitor "message" {
  name    = "depth"
  type    = "query alert"
  query   = "min(last_1m):sum:queue.depth{*} > 10"
  message = "@hook-${upper(var.word)} it is {{value}}"
}
monitor "query" {
  name    = "depth"
  type    = "query alert"
  query   = "min(last_1m):sum:queue.depth{*} > ${var.limit}"
  message = "@pager"
}
monitor "open" {
  name    = "depth"
  type    = "query alert"
  query   = "min(last_1m):sum:queue.depth{*} > 1000"
  message = "@pager"
}
monitor "alerts" {
  name    = "depth"
  type    = "query alert"
  query   = "min(last_1m):sum:queue.depth{*} > 10"
  message = "@pager"
}
`

const concealedTest = `test "t" {
  recording = "rec"
  expect "monitor.message" {
    status           = "Alert"
    notifies         = ["@other"]
    message_contains = ["nothing"]
  }
  expect "monitor.alerts" {
    status           = "Alert"
    notifies         = ["@pager", "@x-${var.word}"]
    message_contains = ["it ${strrev(var.word)}"]
  }
  expect "monitor.query" { status = "Warn" }
  expect "monitor.query" { never = "Alert" }
  expect "monitor.open" { status = "Alert" }
}
`

// TestConcealed: a failure says what was expected and what happened, without text that depends on a sensitive value.
func TestConcealed(t *testing.T) {
	dir := ddtest.Folder(t, map[string]string{"stack.hcl": concealedStack, "t.test.hcl": concealedTest, "rec/recording.hcl": recordingText})
	stack := mustLoad(t, dir)
	outcomes := Run(stack.Tests, series.Load, Options{})
	if len(outcomes) != 1 || outcomes[0].Result == nil {
		t.Fatalf("%+v", outcomes)
	}
	var got []string
	for _, f := range outcomes[0].Failures() {
		got = append(got, f.Address+" "+f.Attribute+": "+f.Expected+" | "+f.Actual)
		if f.Timeline == "" {
			t.Errorf("%s has no timeline", f.Address)
		}
	}
	text := strings.Join(got, "\n")
	for _, hidden := range []string{"ulu", "ULU", "uluz", "> 7", " 7 "} {
		if strings.Contains(text, hidden) {
			t.Errorf("%q is in\n%s", hidden, text)
		}
	}
	for _, want := range []string{
		"monitor.message notifies: Alert notifies @other | (sensitive value)",
		`monitor.message message_contains: a message containing "nothing" | (sensitive value)`,
		"monitor.alerts notifies: (sensitive value) | (sensitive value)",
		"monitor.alerts message_contains: (sensitive value) | ",
		"monitor.query status: Warn | never: ",
		"monitor.query never: never Alert | OK, Alert at ",
		"monitor.open status: Alert | never: OK throughout; the highest value was 36.5",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	for _, m := range Mutate(stack.Objects, outcomes, Options{}) {
		sensitive := m.Address == "monitor.query" && m.Field != "handle" && m.Field != "notify_no_data" ||
			m.Address == "monitor.message" && m.Field == "handle"
		if sensitive != (m.From == "(sensitive value)") || sensitive != (m.To == "(sensitive value)") {
			t.Errorf("%s %s: %s to %s", m.Address, m.Field, m.From, m.To)
		}
	}
}

// TestConcealedIsChecked: sensitive values are still checked.
func TestConcealedIsChecked(t *testing.T) {
	dir := ddtest.Folder(t, map[string]string{"stack.hcl": concealedStack, "rec/recording.hcl": recordingText, "t.test.hcl": `test "t" {
  recording = "rec"
  expect "monitor.message" {
    status           = "Alert"
    notifies_only    = ["@hook-ZULU"]
    message_contains = [upper(var.word)]
  }
}
`})
	for _, o := range Run(mustLoad(t, dir).Tests, series.Load, Options{Replay: replay.Options{Values: true}}) {
		if !o.Passed() {
			t.Errorf("%+v", o.Failures())
		}
	}
}

package testfile

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/config"
	"ddmon/internal/ddtest"
	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// testStack is the stack of the tests below.
const testStack = `stack "s" {}
variable "limit"  { default = 5 }
variable "notify" {
  type    = list(string)
  default = ["@a"]
}
variable "queues" { default = { x = 1, y = 2 } }
variable "token" {
  default   = "hunter2"
  sensitive = true
}
locals { handle = "@local" }
monitor "m" {
  name    = "n"
  type    = "query alert"
  query   = "avg(last_5m):avg:a{*} > ${var.limit}"
  message = join(" ", var.notify)
}
monitor "q" {
  for_each = var.queues
  name     = each.key
  type     = "query alert"
  query    = "avg(last_5m):avg:a{queue:${each.key}} by {host} > 5"
}
dashboard "d" {
  title       = "t"
  layout_type = "ordered"
  widgets     = []
}
`

// loadTests loads testStack with the test file monitors/a.test.hcl.
func loadTests(t testing.TB, text string) (*Stack, hcl.Diagnostics) {
	t.Helper()
	return Load(config.Options{Dir: ddtest.Folder(t, map[string]string{"stack.hcl": testStack, "monitors/a.test.hcl": text})})
}

func mustLoadTests(t testing.TB, text string) *Stack {
	t.Helper()
	s, diags := loadTests(t, text)
	if diags.HasErrors() {
		t.Fatal(describe(diags))
	}
	return s
}

// testWith returns a test block with more lines, which start at line 3.
func testWith(lines string) string {
	return "test \"t\" {\n  recording = \"r\"\n" + lines + "\n}\n"
}

func expectWith(lines string) string {
	return testWith("  expect \"monitor.m\" {\n" + lines + "\n  }")
}

func monitorNamed(name string) object.Address { return object.Address{Kind: "monitor", Name: name} }

func instance(name, key string) object.Address {
	return object.Address{Kind: "monitor", Name: name, Key: key, Keyed: true}
}

func minutes(n int) *time.Duration {
	d := time.Duration(n) * time.Minute
	return &d
}

// TestExpects reads each form of an expectation.
func TestExpects(t *testing.T) {
	m := Expect{Address: monitorNamed("m"), Monitors: []object.Address{monitorNamed("m")}}
	queues := []object.Address{instance("q", "x"), instance("q", "y")}
	cases := []struct {
		text string
		want func(*Expect)
	}{
		{`status = "alert"`, func(e *Expect) { e.Status = StatusAlert }},
		{`status = "no_data"`, func(e *Expect) { e.Status = StatusNoData }},
		{"status = \"Alert\"\n within = \"5m\"", func(e *Expect) { e.Status, e.Within, e.After = StatusAlert, minutes(5), "incident_start" }},
		{"status = \"Warn\"\n not_before = \"1m\"\n within = \"1m\"\n after = \"deploy\"", func(e *Expect) {
			e.Status, e.Within, e.NotBefore, e.After = StatusWarn, minutes(1), minutes(1), "deploy"
		}},
		{"status = \"Warn\"\n after = \"deploy\"", func(e *Expect) { e.Status, e.After = StatusWarn, "deploy" }},
		{"status = \"OK\"\n at = \"14:24:11\"", func(e *Expect) { e.Status, e.At = StatusOK, &RecordingTime{Text: "14:24:11"} }},
		{"status = \"OK\"\n at = \"incident_start+4m\"", func(e *Expect) {
			e.Status, e.At = StatusOK, &RecordingTime{Text: "incident_start+4m", Phase: "incident_start", Offset: 4 * time.Minute}
		}},
		{`notifies = var.notify`, func(e *Expect) { e.Notifies = []string{"@a"} }},
		{`notifies = ["@${var.token}"]`, func(e *Expect) { e.Notifies, e.Sensitive = []string{"@hunter2"}, map[string]bool{"notifies": true} }},
		{`notifies_only = []`, func(e *Expect) { e.NotifiesOnly = []string{} }},
		{`notifies_only = toset([local.handle])`, func(e *Expect) { e.NotifiesOnly = []string{"@local"} }},
		{`message_contains = ["no consumer", "${var.limit}"]`, func(e *Expect) { e.MessageContains = []string{"no consumer", "5"} }},
		{`recovers_within = "1h"`, func(e *Expect) { e.RecoversWithin, e.RecoveredAfter = minutes(60), "incident_end" }},
		{"recovers_within = \"1h\"\n recovered_after = \"scaled_up\"", func(e *Expect) { e.RecoversWithin, e.RecoveredAfter = minutes(60), "scaled_up" }},
		{`never = "alert"`, func(e *Expect) { e.Never = []string{StatusAlert} }},
		{"never = [\"ALERT\", \"warn\"]\n silent = true", func(e *Expect) { e.Never, e.Silent = []string{StatusAlert, StatusWarn}, true }},
		{"silent = true\n group = { vhost = \"/\", queue = 1 }", func(e *Expect) { e.Silent, e.Group = true, []string{"queue:1", "vhost:/"} }},
		{"silent = true\n group = \"queue:a:b, host:c\"", func(e *Expect) { e.Silent, e.Group = true, []string{"host:c", "queue:a:b"} }},
		{"silent = true\n within = null", func(e *Expect) { e.Silent = true }},
	}
	for _, c := range cases {
		want := m
		c.want(&want)
		got := mustLoadTests(t, expectWith(c.text)).Tests[0].Expects
		if diff := cmp.Diff([]Expect{want}, got, cmpopts.IgnoreFields(Expect{}, "Range", "Ranges")); diff != "" {
			t.Errorf("%s: want -, got +:\n%s", c.text, diff)
		}
	}
	targets := []struct {
		label string
		want  Expect
	}{
		{``, Expect{All: true, Monitors: append([]object.Address{monitorNamed("m")}, queues...)}},
		{`"monitor.q"`, Expect{Address: monitorNamed("q"), Monitors: queues}},
		{`"monitor.q[\"y\"]"`, Expect{Address: instance("q", "y"), Monitors: queues[1:]}},
		{`"monitor.q[lower(\"X\")]"`, Expect{Address: instance("q", "x"), Monitors: queues[:1]}},
	}
	for _, c := range targets {
		c.want.Silent = true
		got := mustLoadTests(t, testWith("  expect "+c.label+" { silent = true }")).Tests[0].Expects
		if diff := cmp.Diff([]Expect{c.want}, got, cmpopts.IgnoreFields(Expect{}, "Range", "Ranges")); diff != "" {
			t.Errorf("expect %s: want -, got +:\n%s", c.label, diff)
		}
	}
}

// invalidTests maps contents of monitors/a.test.hcl to the diagnostic they cause.
var invalidTests = []struct {
	name, text, code, at, detail string
}{
	// the file
	{"syntax", "test \"t\" {", "hcl", "1:10", "closing brace"},
	{"attribute", "a = 1", "unexpected_attribute", "1:1", "locals"},
	{"locals", "locals { a = 1 }", "misplaced_block", "1:1", "only test blocks"},
	{"monitor", monitorWith(""), "misplaced_block", "1:1", "Move the monitor block"},
	{"misspelt", "tset \"t\" {}", "unknown_block", "1:1", `Did you mean "test"?`},
	{"duplicate", expectWith("silent = true") + expectWith("silent = true"), "duplicate_name", "7:1", "a.test.hcl:1"},

	// the test
	{"no name", "test {}", "invalid_labels", "1:1", "the outage alerts"},
	{"no recording", "test \"t\" {\n  expect { silent = true }\n}", "missing_field", "1:1", "recording = "},
	{"no expect", testWith(""), "missing_field", "1:1", "expect "},
	{"recording not a string", "test \"t\" {\n  recording = 5\n  expect { silent = true }\n}", "wrong_type", "2:15", "incident"},
	{"recording empty", "test \"t\" {\n  recording = \"\"\n  expect { silent = true }\n}", "invalid_value", "2:15", "empty"},
	{"recording secret", "test \"t\" {\n  recording = var.token\n  expect { silent = true }\n}", "invalid_value", "2:15", "nonsensitive"},
	{"field", testWith("  recordng = 1\n  expect { silent = true }"), "unknown_field", "3:3", `Did you mean "recording"?`},
	{"block", testWith("  expct {}\n  expect { silent = true }"), "unexpected_block", "3:3", `Did you mean "expect"?`},
	{"for_each", testWith("  for_each = [1]\n  expect { silent = true }"), "invalid_for_each", "3:14", "toset"},
	{"no instances", testWith("  for_each = {}\n  expect {\n    silent = each.key\n    whithin = 1\n  }"), "unknown_field", "6:5", `Did you mean "within"?`},
	{"instance", testWith("  for_each = { a = \"x\", b = \"x\" }\n  expect {\n    never = each.value\n  }"), "invalid_value", "5:13", `First seen in test t["a"]`},

	// its variables
	{"variables block", testWith("  variables { limit = 1 }\n  expect { silent = true }"), "unexpected_block", "3:3", "variables = {"},
	{"variables no object", testWith("  variables = [1]\n  expect { silent = true }"), "wrong_type", "3:15", "@slack-test"},
	{"undeclared", testWith("  variables = { limits = 1 }\n  expect { silent = true }"), "undeclared_variable", "3:17", `Did you mean "limit"?`},
	{"does not fit", testWith("  variables = { notify = \"@b\" }\n  expect { silent = true }"), "invalid_variable", "3:26", "list of string"},
	{"id as variable", testWith("  variables = { limit = monitor.m.id }\n  expect { silent = true }"), "unknown_id", "3:15", "id"},
	{"unknown in variables", testWith("  variables = { limit = local.x }\n  expect { silent = true }"), "unknown_name", "3:25", "local"},
	{"stack invalid with the variables", testWith("  variables = { queues = [1] }\n  expect { silent = true }"), "invalid_for_each", "", `With the variables set in test "t" at`},

	// the label of its expect blocks
	{"two labels", testWith("  expect \"monitor.m\" \"monitor.q\" { silent = true }"), "invalid_labels", "3:22", "one expect block per monitor"},
	{"no address", testWith("  expect \"consumer failure\" { silent = true }"), "invalid_address", "3:10", "monitor.NAME"},
	{"no kind", testWith("  expect \"m\" { silent = true }"), "invalid_address", "3:10", "monitor.NAME"},
	{"id", testWith("  expect \"monitor.m.id\" { silent = true }"), "invalid_address", "3:10", "monitor.NAME"},
	{"unknown monitor", testWith("  expect \"monitor.mm\" { silent = true }"), "unknown_name", "3:10", `Did you mean "monitor.m"?`},
	{"dashboard", testWith("  expect \"dashboard.d\" { silent = true }"), "unknown_name", "3:10", "Only monitors"},
	{"misspelt kind", testWith("  expect \"moniter.m\" { silent = true }"), "unknown_name", "3:10", `Did you mean "monitor"?`},
	{"key on single", testWith("  expect \"monitor.m[\\\"x\\\"]\" { silent = true }"), "unknown_name", "3:10", "no for_each"},
	{"unknown key", testWith("  expect \"monitor.q[\\\"z\\\"]\" { silent = true }"), "unknown_name", "3:10", `Its keys: "x", "y"`},
	{"each without for_each", testWith("  expect \"monitor.q[each.key]\" { silent = true }"), "unknown_name", "3:21", "for_each"},
	{"number as key", testWith("  expect \"monitor.q[var.limit]\" { silent = true }"), "wrong_type", "3:21", "string"},
	{"deep address", testWith("  expect \"" + strings.Repeat(`\u0028`, 1e4) + "\" { silent = true }"), "invalid_address", "3:10", "monitor.NAME"},
	{"no instances left", testWith("  variables = { queues = {} }\n  expect \"monitor.q\" { silent = true }"), "unknown_name", "4:10", "for_each is empty"},

	// the expectations
	{"nothing", expectWith(""), "missing_field", "3:3", "silent = true"},
	{"only empty lists", expectWith("notifies = []\nnever = []\nmessage_contains = []\nsilent = false"), "missing_field", "3:3", "silent = true"},
	{"group alone", expectWith("group = \"a:b\""), "missing_field", "3:3", "silent = true"},
	{"expect field", expectWith("statis = \"Alert\""), "unknown_field", "4:1", `Did you mean "status"?`},
	{"status", expectWith("status = \"Alrt\""), "invalid_value", "4:10", `Did you mean "Alert"?`},
	{"status not a string", expectWith("status = true"), "wrong_type", "4:10", `"Alert"`},
	{"status secret", expectWith("status = var.token"), "invalid_value", "4:10", "nonsensitive"},
	{"never", expectWith("never = [\"Alert\", \"Warning\"]"), "invalid_value", "4:9", `Did you mean "Warn"?`},
	{"within", expectWith("status = \"Alert\"\nwithin = \"5 minutes\""), "invalid_value", "5:10", `"1h30m"`},
	{"within number", expectWith("status = \"Alert\"\nwithin = 5"), "wrong_type", "5:10", `within = "5m"`},
	{"after", expectWith("status = \"Alert\"\nafter = \"incident start\""), "invalid_value", "5:9", "incident_start"},
	{"at", expectWith("status = \"Alert\"\nat = \"14:24\""), "invalid_value", "5:6", "14:24:11"},
	{"notifies", expectWith("notifies = \"@a\""), "wrong_type", "4:12", `["@pagerduty-orders"]`},
	{"no handle", expectWith("notifies = [\"pagerduty-orders\"]"), "invalid_value", "4:12", `start with "@"`},
	{"empty text", expectWith("message_contains = [\"\"]"), "wrong_type", "4:20", "not empty"},
	{"group", expectWith("silent = true\ngroup = \"queue\""), "invalid_value", "5:9", `"queue:a"`},
	{"group empty", expectWith("silent = true\ngroup = {}"), "invalid_value", "5:9", `"queue:a"`},
	{"group null", expectWith("silent = true\ngroup = { queue = null }"), "invalid_value", "5:9", `"queue:a"`},
	{"silent", expectWith("silent = \"yes\""), "wrong_type", "4:10", "true or false"},
	{"id in expect", expectWith("notifies = [monitor.m.id]"), "unknown_id", "4:12", "id"},

	// attributes that cannot be combined
	{"never and status", expectWith("status = \"Alert\"\nnever = \"Warn\""), "contradicting_fields", "5:9", "two expect blocks"},
	{"at and within", expectWith("status = \"OK\"\nat = \"14:00:00\"\nwithin = \"5m\""), "contradicting_fields", "5:6", "within"},
	{"at and not before", expectWith("status = \"OK\"\nat = \"14:00:00\"\nnot_before = \"5m\""), "contradicting_fields", "5:6", "not_before"},
	{"at and after", expectWith("status = \"OK\"\nat = \"14:00:00\"\nafter = \"x\""), "contradicting_fields", "5:6", "PHASE+4m"},
	{"silent and notifies", expectWith("silent = true\nnotifies = [\"@a\"]"), "contradicting_fields", "4:10", "no one"},
	{"silent and notifies only", expectWith("silent = true\nnotifies_only = [\"@a\"]"), "contradicting_fields", "4:10", "no one"},
	{"silent and message", expectWith("silent = true\nmessage_contains = [\"a\"]"), "contradicting_fields", "4:10", "no message"},
	{"no time left", expectWith("status = \"Alert\"\nwithin = \"1m\"\nnot_before = \"61s\""), "contradicting_fields", "6:14", "longer"},
	{"group of all", testWith("  expect {\n    silent = true\n    group = \"a:b\"\n  }"), "contradicting_fields", "5:13", "monitor.NAME"},
	{"within alone", expectWith("within = \"5m\""), "missing_field", "4:10", "status"},
	{"not before with never", expectWith("never = \"Alert\"\nnot_before = \"5m\""), "missing_field", "5:14", "status"},
	{"at alone", expectWith("at = \"14:00:00\""), "missing_field", "4:6", "status"},
	{"after alone", expectWith("after = \"x\"\nsilent = true"), "missing_field", "4:9", "status"},
	{"recovered after alone", expectWith("silent = true\nrecovered_after = \"x\""), "missing_field", "5:19", "recovers_within"},
}

// TestInvalidTests checks that each mistake leads to one diagnostic at its location.
func TestInvalidTests(t *testing.T) {
	for _, c := range invalidTests {
		t.Run(c.name, func(t *testing.T) {
			_, diags := loadTests(t, c.text)
			if len(diags) != 1 || diags[0].Subject == nil {
				t.Fatalf("want one diagnostic, got:\n%s", describe(diags))
			}
			d := diags[0]
			at := fmt.Sprintf("%d:%d", d.Subject.Start.Line, d.Subject.Start.Column)
			if c.at == "" && filepath.Base(d.Subject.Filename) == "stack.hcl" {
				at = ""
			}
			if diag.Code(d) != c.code || at != c.at || !strings.Contains(d.Summary+": "+d.Detail, c.detail) {
				t.Errorf("want %s at %s with %q, got:\n%s", c.code, c.at, c.detail, describe(diags))
			}
			if len(strings.Fields(d.Summary)) > 8 || strings.HasSuffix(d.Summary, ".") || strings.Contains(describe(diags), "hunter2") {
				t.Errorf("unsuitable text: %s", describe(diags))
			}
		})
	}
}

// TestTestFiles checks which files are read and the names of their tests.
func TestTestFiles(t *testing.T) {
	named := func(name string) string {
		return strings.Replace(expectWith("silent = true"), "\"t\"", "\""+name+"\"", 1)
	}
	dir := ddtest.Folder(t, map[string]string{
		"stack.hcl": testStack, "b.test.hcl": named("root"), "monitors/deep/c.test.hcl": named("deep"), "dashboards/d.test.hcl": named("z") + named("a"), "other/e.test.hcl": "x {",
	})
	s, diags := Load(config.Options{Dir: dir})
	if len(diags) > 0 {
		t.Fatal(describe(diags))
	}
	var got []string
	for _, test := range s.Tests {
		got = append(got, test.Name)
		if s.Files[test.Range.Filename] == nil {
			t.Errorf("the file of %s is not in Files", test.Name)
		}
	}
	if diff := cmp.Diff([]string{"root", "deep", "z", "a"}, got); diff != "" {
		t.Error(diff)
	}
	ddtest.Write(t, filepath.Join(dir, "b.test.hcl"), "x {")
	if _, diags := config.Load(config.Options{Dir: dir}); len(diags) > 0 {
		t.Errorf("without the tests: %s", describe(diags))
	}
	ddtest.Write(t, filepath.Join(dir, "main.hcl"), "locals { a = var.x }")
	_, diags = Load(config.Options{Dir: dir})
	if !strings.Contains(describe(diags), "unknown_name") {
		t.Errorf("a broken test file hides errors in other files:\n%s", describe(diags))
	}
	_, diags = Load(config.Options{Dir: ddtest.Folder(t, map[string]string{"a.test.hcl": named("t")})})
	if len(diags) == 0 || !strings.Contains(describe(diags), "no_configuration") {
		t.Errorf("tests alone: %s", describe(diags))
	}
}

// TestForEachTests checks the tests of one block with for_each.
func TestForEachTests(t *testing.T) {
	s := mustLoadTests(t, `test "incident" {
  for_each  = { x = "../testdata/a", y = "/b" }
  recording = each.value
  expect "monitor.q[each.key]" { never = "Alert" }
}`)
	var got []string
	for _, test := range s.Tests {
		got = append(got, fmt.Sprint(test.Name, " ", test.Key, " ", test.Keyed, " ", test.Expects[0].Monitors))
	}
	if diff := cmp.Diff([]string{`incident["x"] x true [monitor.q["x"]]`, `incident["y"] y true [monitor.q["y"]]`}, got); diff != "" {
		t.Error(diff)
	}
	folder := filepath.Dir(filepath.Dir(s.Tests[0].Range.Filename))
	if s.Tests[0].Recording != filepath.Join(folder, "testdata", "a") || s.Tests[1].Recording != filepath.FromSlash("/b") {
		t.Errorf("recordings %q and %q", s.Tests[0].Recording, s.Tests[1].Recording)
	}
	if r := s.Tests[1].RecordingRange; r.Start.Line != 3 || s.Tests[1].Expects[0].Ranges["never"].Start.Line != 4 {
		t.Errorf("recording at %s, never at %s", r, s.Tests[1].Expects[0].Ranges["never"])
	}
}

// TestTestVariables checks that the variables of a test apply to that test only.
func TestTestVariables(t *testing.T) {
	s := mustLoadTests(t, `
test "plain" {
  recording = "r"
  expect "monitor.m" { notifies = var.notify }
}
test "none" {
  recording = "r"
  variables = {}
  expect "monitor.m" { notifies = var.notify }
}
test "other" {
  recording = "r-${var.limit}"
  for_each  = { a = 7, b = 7, c = 8 }
  variables = { limit = each.value, notify = ["@b", 1], queues = { z = 1 }, token = "swordfish" }
  expect "monitor.m" { notifies = [for n in var.notify : "@${trimprefix(n, "@")}"] }
  expect "monitor.q[\"z\"]" { silent = true }
}`)
	var got [][]string
	for _, test := range s.Tests {
		line := []string{test.Name, filepath.Base(test.Recording), strings.Join(test.Expects[0].Notifies, " ")}
		for _, o := range test.Objects {
			if o.Address.Kind == "monitor" {
				line = append(line, o.Address.String(), fmt.Sprint(o.Body["query"]))
			}
		}
		got = append(got, line)
	}
	const m, q = "avg(last_5m):avg:a{*} > ", "avg(last_5m):avg:a{queue:%s} by {host} > 5"
	plain := []string{"r", "@a", "monitor.m", m + "5", `monitor.q["x"]`, fmt.Sprintf(q, "x"), `monitor.q["y"]`, fmt.Sprintf(q, "y")}
	other := func(limit string) []string {
		return []string{"r-" + limit, "@b @1", "monitor.m", m + limit, `monitor.q["z"]`, fmt.Sprintf(q, "z")}
	}
	want := [][]string{
		append([]string{"plain"}, plain...), append([]string{"none"}, plain...),
		append([]string{`other["a"]`}, other("7")...), append([]string{`other["b"]`}, other("7")...), append([]string{`other["c"]`}, other("8")...),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	same := func(i, j int) bool { return &s.Tests[i].Objects[0] == &s.Tests[j].Objects[0] }
	if !same(0, 1) || !same(2, 3) || same(0, 2) || same(2, 4) {
		t.Error("the stack is evaluated again for the same variables, or shared between different ones")
	}
	if diff := cmp.Diff([]string{"hunter2", "swordfish"}, s.Sensitive["token"]); diff != "" {
		t.Errorf("sensitive strings: %s", diff)
	}
}

// TestTestsOfInvalidStack checks that an error in the stack is reported once, and not again for each test's variables.
func TestTestsOfInvalidStack(t *testing.T) {
	dir := ddtest.Folder(t, map[string]string{
		"stack.hcl":  testStack + "locals { bad = var.none }\n",
		"a.test.hcl": testWith("  variables = { limit = 1 }\n  expect \"monitor.m\" { silent = true }"),
	})
	if _, diags := Load(config.Options{Dir: dir}); len(diags) != 1 {
		t.Errorf("want one diagnostic, got:\n%s", describe(diags))
	}
	const secret = "variable \"other\" { default = \"x\" }\nmonitor \"o\" {\n  name = \"n\"\n  type = \"query alert\"\n  query = \"avg(last_5m):avg:a{*} > 5\"\n  priority = var.other\n}\n"
	dir = ddtest.Folder(t, map[string]string{
		"stack.hcl":  testStack + strings.Replace(secret, "\"x\"", "5", 1),
		"a.test.hcl": testWith("  variables = { other = var.token }\n  expect \"monitor.m\" { silent = true }"),
	})
	_, diags := Load(config.Options{Dir: dir})
	if len(diags) != 1 || diag.Code(diags[0]) != "wrong_type" || strings.Contains(describe(diags), "hunter2") {
		t.Errorf("want a wrong type without the secret, got:\n%s", describe(diags))
	}
}

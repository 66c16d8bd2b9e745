package config

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddtest"
	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// show is a monitor whose message is the value of variable v as JSON.
const show = `
stack "s" {}
monitor "m" {
  name    = "n"
  type    = "query alert"
  query   = "avg(last_5m):avg:a{*} > 5"
  message = jsonencode(var.v)
}
`

func message(t *testing.T, o Options) string {
	t.Helper()
	s, diags := Load(o)
	if diags.HasErrors() {
		t.Fatal(describe(diags))
	}
	message, _ := s.Objects[0].Body["message"].(string)
	return message
}

// TestPrecedence adds one source after the other. Each has a higher precedence than all before it.
func TestPrecedence(t *testing.T) {
	dir := ddtest.Folder(t, map[string]string{"main.hcl": show + "variable \"v\" { default = \"default\" }\n"})
	outside := ddtest.Folder(t, map[string]string{"1.hcl": "v = \"file 1\"", "2.json": `{"v": "file 2"}`})
	o := Options{Dir: dir}
	steps := []struct {
		want string
		do   func()
	}{
		{"default", func() {}},
		{"environment", func() { o.Environ = []string{"HOME=/", "DDMON_VAR_v=environment", "DDMON_VAR_other=x"} }},
		{"b", func() { ddtest.Write(t, filepath.Join(dir, "b.auto.vars.hcl"), "v = \"b\"") }},
		{"b", func() { ddtest.Write(t, filepath.Join(dir, "a.auto.vars.hcl"), "v = \"a\"") }},
		{"file 1", func() { o.Inputs = append(o.Inputs, Input{File: filepath.Join(outside, "1.hcl")}) }},
		{"flag=1", func() { o.Inputs = append(o.Inputs, Input{Var: "v=flag=1"}) }},
		{"file 2", func() { o.Inputs = append(o.Inputs, Input{File: filepath.Join(outside, "2.json")}) }},
		{"flag 2", func() { o.Inputs = append(o.Inputs, Input{Var: "v=flag 2"}) }},
	}
	for _, s := range steps {
		s.do()
		if got := message(t, o); got != `"`+s.want+`"` {
			t.Errorf("want %q, got %s", s.want, got)
		}
	}
}

// TestVariableTypes sets a variable from a string and checks the converted value.
func TestVariableTypes(t *testing.T) {
	cases := []struct{ declare, text, want string }{
		{"type = string", "12", `"12"`},
		{"type = string", `"q"`, `"\"q\""`},
		{"", "[1]", `"[1]"`},
		{"type = number", "12.50", `12.5`},
		{"type = bool", "true", `true`},
		{"type = list(string)", `["a", 1]`, `["a","1"]`},
		{"type = map(number)", `{ a = "1" }`, `{"a":1}`},
		{"type = object({ a = string, b = optional(number, 3), c = optional(string) })", `{ a = "x" }`, `{"a":"x","b":3,"c":null}`},
		{"type = number\n nullable = false\n default = 7", `null`, `7`},
		{"type = number\n default = 7", `null`, `null`},
	}
	for _, c := range cases {
		dir := ddtest.Folder(t, map[string]string{"main.hcl": show + "variable \"v\" {\n" + c.declare + "\n}\n"})
		if got := message(t, Options{Dir: dir, Inputs: []Input{{Var: "v=" + c.text}}}); got != c.want {
			t.Errorf("%s: --var %s: want %s, got %s", c.declare, c.text, c.want, got)
		}
		if got := message(t, Options{Dir: dir, Environ: []string{"DDMON_VAR_v=" + c.text}}); got != c.want {
			t.Errorf("%s: environment %s: want %s, got %s", c.declare, c.text, c.want, got)
		}
	}
}

func TestInvalidVariableValues(t *testing.T) {
	dir := ddtest.Folder(t, map[string]string{"main.hcl": show + "variable \"v\" {\n  type = list(string)\n  default = []\n}\n"})
	outside := ddtest.Folder(t, map[string]string{"unknown.hcl": "w = 1", "broken.json": "{", "expression.hcl": "v = var.x", "block.hcl": "v {}"})
	cases := []struct {
		input      Input
		code, says string
	}{
		{Input{Var: "v"}, "invalid_variable", "name=value"},
		{Input{Var: "w=1"}, "undeclared_variable", `Did you mean "v"?`},
		{Input{Var: "v=a b"}, "invalid_variable", "--var 'v="},
		{Input{Var: "v={}"}, "invalid_variable", "list of string"},
		{Input{Var: "v=[timestamp()]"}, "invalid_variable", "constant"},
		{Input{File: filepath.Join(outside, "none.hcl")}, "unreadable_file", "none.hcl"},
		{Input{File: filepath.Join(outside, "none.json")}, "unreadable_file", "--var-file"},
		{Input{File: filepath.Join(outside, "unknown.hcl")}, "undeclared_variable", `variable "w" {}`},
		{Input{File: filepath.Join(outside, "broken.json")}, "hcl", ""},
		{Input{File: filepath.Join(outside, "expression.hcl")}, "hcl", "Variables may not be used here"},
		{Input{File: filepath.Join(outside, "block.hcl")}, "hcl", "not allowed"},
	}
	for _, c := range cases {
		_, diags := Load(Options{Dir: dir, Inputs: []Input{c.input}})
		if len(diags) == 0 || diag.Code(diags[0]) != c.code || !strings.Contains(diags[0].Detail, c.says) {
			t.Errorf("%v: want %s with %q, got:\n%s", c.input, c.code, c.says, describe(diags))
		}
	}
	ddtest.Write(t, filepath.Join(dir, "x.auto.vars.hcl"), "w = 1")
	if _, diags := Load(Options{Dir: dir}); diags.HasErrors() || len(diags) != 1 || diag.Code(diags[0]) != "undeclared_variable" {
		t.Errorf("an undeclared name in auto.vars is a warning, got:\n%s", describe(diags))
	}
}

// TestSensitive checks all positions that the value of a sensitive variable reaches.
func TestSensitive(t *testing.T) {
	s := mustLoad(t, `
variable "hook" {
  default   = "https://secret.example"
  sensitive = true
}
variable "keys" {
  default   = { a = "k1", n = 5 }
  sensitive = true
}
locals { text = "see ${var.hook}" }
monitor "m" {
  name     = nonsensitive(var.keys.a)
  type     = "query alert"
  query    = "avg(last_5m):avg:a{*} > 5"
  message  = local.text
  priority = var.keys.n == 5 ? 1 : 2
  tags     = ["plain", upper(var.hook)]
  options {
    escalation_message = sensitive("x")
    extra              = { deep = [var.keys] }
  }
}
monitor "each" {
  for_each = { a = var.hook, b = "plain" }
  name     = each.key
  type     = "query alert"
  query    = "avg(last_5m):avg:a{*} > 5"
  message  = each.value
}
monitor "json" {
  json = jsondecode(var.whole)
  name = "n"
}
variable "whole" {
  sensitive = true
  default   = "{\"type\": \"query alert\", \"query\": \"avg(last_5m):avg:a{*} > 5\"}"
}
`)
	got := map[string]map[string][]string{}
	for _, o := range s.Objects {
		got[o.Address.String()] = o.Sensitive
	}
	want := map[string]map[string][]string{
		`monitor.each["a"]`: {"message": {"hook"}},
		`monitor.each["b"]`: nil,
		"monitor.json": {
			"*": {"whole"}, "type": {"whole"}, "query": {"whole"}, "options.*": {"whole"}, "options.thresholds.*": {"whole"},
			"options.thresholds.critical": {"whole"},
		},
		"monitor.m": {
			"message": {"hook"}, "priority": {"keys"}, "tags[1]": {"hook"},
			"options.escalation_message": {"sensitive()"}, "options.deep[0]": {"keys"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	texts := map[string][]string{
		"hook": {"https://secret.example"}, "keys": {"5", "k1"},
		"whole": {`{"type": "query alert", "query": "avg(last_5m):avg:a{*} > 5"}`},
	}
	if diff := cmp.Diff(texts, s.Sensitive); diff != "" {
		t.Errorf("strings: want -, got +:\n%s", diff)
	}
	derived := map[string][]string{
		"hook": {"HTTPS://SECRET.EXAMPLE", "https://secret.example", "see https://secret.example"}, "keys": {"1", "5"}, "sensitive()": {"x"},
		"whole": {"avg(last_5m):avg:a{*} > 5", "query alert"},
	}
	for name := range s.Derived {
		slices.Sort(s.Derived[name])
	}
	if diff := cmp.Diff(derived, s.Derived); diff != "" {
		t.Errorf("derived: want -, got +:\n%s", diff)
	}
}

// TestSensitiveExtra: sensitive values in extra stay sensitive after the merge, regardless of their type and depth.
func TestSensitiveExtra(t *testing.T) {
	s := mustLoad(t, `
variable "more" {
  sensitive = true
  default   = { message = "abc", priority = 2, tags = ["a"], options = { timeout_h = 1 } }
}
variable "nothing" {
  sensitive = true
  default   = null
}
variable "plain" { default = { notify_audit = true } }
monitor "top" {
  name  = "n"
  type  = "query alert"
  query = "avg(last_5m):avg:a{*} > 5"
  extra = var.more
}
monitor "merged" {
  name  = "n"
  type  = "query alert"
  query = "avg(last_5m):avg:a{*} > 5"
  extra = merge({ brand_new = 1 }, { message = var.more.message })
  options {
    extra = merge(var.plain, { odd = var.more.priority })
  }
}
monitor "key" {
  name  = "n"
  type  = "query alert"
  query = "avg(last_5m):avg:a{*} > 5"
  extra = { (var.more.message) = 1 }
}
monitor "whole" {
  json = sensitive({ name = "n", type = "query alert", query = "avg(last_5m):avg:a{*} > 5", extra = { message = "abc" } })
}
monitor "null" {
  name    = "n"
  type    = "query alert"
  query   = "avg(last_5m):avg:a{*} > 5"
  message = var.nothing
  extra   = var.nothing
  tags    = sensitive([])
}
dashboard "d" {
  title       = "t"
  layout_type = "ordered"
  widget "note" {
    content = "c"
    extra   = var.more
  }
}
`)
	got := map[string][]string{}
	for _, o := range s.Objects {
		got[o.Address.String()] = object.SortedKeys(o.Sensitive)
		for at := range o.Sensitive {
			if at == "" || strings.Contains(at, "extra") {
				t.Errorf("%s: %q is not a path in the body", o.Address, at)
			}
		}
	}
	want := map[string][]string{
		"monitor.top":    {"*", "message", "options", "priority", "tags"},
		"monitor.merged": {"message", "options.odd"},
		"monitor.key":    {"*", "abc", "options.*", "options.thresholds.*"},
		"monitor.whole":  {"*", "message", "name", "options.*", "options.thresholds.*", "options.thresholds.critical", "query", "type"},
		"monitor.null":   {"*", "message", "options.*", "options.thresholds.*", "tags"},
		"dashboard.d": {"widgets[0].definition.*", "widgets[0].definition.message", "widgets[0].definition.options", "widgets[0].definition.priority",
			"widgets[0].definition.tags"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// TestNonsensitive: a value that nonsensitive() returns is not redacted, however it was computed.
func TestNonsensitive(t *testing.T) {
	s := mustLoad(t, `
variable "hooks" {
  sensitive = true
  default   = { orders = "https://a.example", payments = "https://b.example" }
}
monitor "m" {
  for_each = nonsensitive(toset(keys(var.hooks)))
  name     = each.key
  type     = "query alert"
  query    = "avg(last_5m):avg:a{*} > 5"
  message  = upper(var.hooks[each.key])
}
`)
	if diff := cmp.Diff(map[string][]string{"hooks": {"HTTPS://A.EXAMPLE", "HTTPS://B.EXAMPLE"}}, s.Derived); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}

// TestDiagnosticsContainNoSecrets searches diagnostics for a secret.
func TestDiagnosticsContainNoSecrets(t *testing.T) {
	const variable = "variable \"s\" {\n  sensitive = true\n  default = \"hunter2\"\n"
	for _, text := range []string{
		variable + "  validation {\n    condition = var.s == \"\"\n    error_message = \"not ${var.s}\"\n  }\n}",
		variable + "}\n" + monitorWith("  options { renotify_statuses = [var.s] }"),
		variable + "}\n" + monitorWith("  priority = var.s"),
		variable + "}\n" + monitorWith("  priority = tonumber(var.s)"),
		variable + "}\n" + monitorWith("  message = file(var.s)"),
		variable + "}\n" + monitorWith("  message = {}[var.s]"),
		variable + "}\n" + monitorWith("  message = lookup({}, var.s)"),
		variable + "}\n" + monitorWith("  message = jsondecode(var.s)"),
		variable + "}\n" + monitorWith("  for_each = { (var.s) = 1 }"),
		variable + "}\n" + monitorWith("  message = regex(var.s, \"x\")"),
		variable + "}\n" + monitorWith("  message = formatdate(var.s, \"x\")"),
		variable + "}\n" + monitorWith("  message = formatdate(\"YYYY\", var.s)"),
		variable + "}\n" + monitorWith("  message = timeadd(\"2020-01-01T00:00:00Z\", var.s)"),
		variable + "}\n" + monitorWith("  message = templatefile(\"x\", var.s)"),
		variable + "}\n" + monitorWith("  message = uuidv5(var.s, \"x\")"),
		variable + "}\n" + monitorWith("  message = format(\"%d\", var.s)"),
		variable + "}\n" + monitorWith("  message = parseint(var.s, 10)"),
	} {
		_, diags := loadText(t, text)
		if !diags.HasErrors() {
			t.Errorf("no error for:\n%s", text)
		}
		if said := describe(diags); strings.Contains(said, "hunter2") {
			t.Errorf("the secret is contained in:\n%s", said)
		}
	}
}

// TestUndeclaredVariables: an older configuration is loaded with the variable values of a newer one.
func TestUndeclaredVariables(t *testing.T) {
	dir := ddtest.Folder(t, map[string]string{"main.hcl": show + "variable \"v\" { default = \"default\" }\n"})
	outside := ddtest.Folder(t, map[string]string{"1.hcl": "newer = 1\nv = \"file\""})
	o := Options{Dir: dir, Inputs: []Input{{Var: "newer=1"}, {File: filepath.Join(outside, "1.hcl")}}}
	if _, diags := Load(o); len(diags) != 2 {
		t.Errorf("want two errors about undeclared variables: %s", describe(diags))
	}
	o.IgnoreUndeclared = true
	if got := message(t, o); got != `"file"` {
		t.Error(got)
	}
}

// TestExpressionErrorsContainNoSecrets: errors of expressions never quote a sensitive value, however short it is.
func TestExpressionErrorsContainNoSecrets(t *testing.T) {
	for _, e := range []string{
		`{ for x in ["a", "a"] : var.t => x }`, `{ for x in [var.t, var.t] : x => 1 }`, `{ for k in ["a", "b"] : lower(var.t) => k }`,
		`local.o[var.t]`, `local.o[lower(var.t)]`, `local.l[var.n]`, `tonumber(var.t)`, `var.t + 1`, `-var.t`, `"${[var.t]}"`, `{ (var.t) = 1 }`,
		`[var.t]`, `[var.n]`, `file(var.t)`, `templatefile(var.t, {})`, `jsondecode(var.t)`, `regex("x", var.t)`, `try(local.o[var.t], tonumber(var.t))`,
		`base64decode(var.t)`, `lookup(local.o, var.t)`, `element(local.l, var.t)`, `formatdate(var.t, "2020-01-01T00:00:00Z")`, `parseint(var.t, 10)`,
		`var.t ? "a" : "b"`, `merge(var.t, {})`, `format("%d", var.t)`, `monitor.m[var.t].id`, `var.t.x`, `range(var.n, 0, 1)[0]`,
	} {
		_, diags := loadText(t, `
variable "t" {
  sensitive = true
  default   = "Zk9"
}
variable "n" {
  sensitive = true
  default   = 719
}
locals {
  o = { a = 1 }
  l = [1, 2]
}
`+monitorWith("  message = "+e))
		if !diags.HasErrors() {
			t.Errorf("no error for %s", e)
		}
		for _, d := range diags {
			if text := strings.ToLower(d.Summary + d.Detail); strings.Contains(text, "zk9") || strings.Contains(text, "719") {
				t.Errorf("%s: %s: %s", e, d.Summary, d.Detail)
			}
		}
	}
}

// TestDecisionsAreSensitive: a value that depends on a sensitive condition is sensitive, even if it does not contain
// the sensitive value.
func TestDecisionsAreSensitive(t *testing.T) {
	for expr, want := range map[string]bool{
		`var.t == "x" ? "a" : "b"`: true, `try(tonumber(var.t), "five")`: true, `can(tonumber(var.t)) ? "a" : "b"`: true, `length(var.t) > 3 ? "a" : "b"`: true,
		`contains(["x"], var.t) ? "a" : "b"`: true, `join("", [for x in ["a", "b"] : x if x != var.t])`: true, `"%{if var.t == "x"}a%{else}b%{endif}"`: true,
		`{ a = "1", b = "2" }[var.t == "x" ? "a" : "b"]`: true, `element(["a", "b"], length(var.t))`: true, `coalesce(var.t, "x")`: true,
		`lookup({ x = "a" }, var.t, "b")`: true, `{ Zk9 = "a" }[var.t]`: true, `join("", [for k in [var.t] : { Zk9 = "a" }[k]])`: true,
		`{ a = { b = "c" } }[lower(substr("Axx", 0, var.t == "Zk9" ? 1 : 2))].b`: true, `join("", [for k in ["a"] : local.o[k]])`: false,
		`tomap({ Zk9 = "a" })[var.t]`: true, `["a", "b"][length(var.t) - 3]`: true, `local.o["a"]`: false, `var.open["x"]`: false, `replace("abc", var.t, "")`: true, `try(local.o[var.t], "none")`: true, `tostring(startswith("abc", var.t))`: true,
		`try(local.o.a, var.t)`: false, `can(local.o.b) ? "a" : "b"`: false, `try(local.o.b, "x")`: false, `nonsensitive(var.t)`: false, `try(var.open.x, "y")`: false,
	} {
		s := mustLoad(t, `
variable "t" {
  sensitive = true
  default   = "Zk9"
}
variable "open" { default = { x = "x" } }
locals { o = { a = "1" } }
`+monitorWith("  message = "+expr))
		if got := s.Objects[0].IsSensitive(object.Path{"message"}); got != want {
			t.Errorf("%s: sensitive %v", expr, got)
		}
	}
}

// TestForEachSensitive: keys cannot be sensitive, because addresses contain them. Values can be sensitive.
func TestForEachSensitive(t *testing.T) {
	for each, want := range map[string]string{
		`var.hooks`: "invalid_for_each", `toset(var.list)`: "invalid_for_each", `{ for k, v in var.hooks : k => v }`: "invalid_for_each",
		`{ (var.list[0]) = 1 }`: "invalid_for_each", `toset([upper(var.list[0])])`: "invalid_for_each", `length(var.list) > 1 ? { a = 1 } : {}`: "invalid_for_each",
		`toset(["a", sensitive("b")])`: "invalid_for_each", `{ a = var.list[0] }`: "", `nonsensitive(toset(keys(var.hooks)))`: "",
	} {
		_, diags := loadText(t, `
variable "hooks" {
  sensitive = true
  default   = { qzj = "w1" }
}
variable "list" {
  sensitive = true
  default   = ["qzj", "kxw"]
}
monitor "m" {
  for_each = `+each+`
  name     = each.key
  type     = "query alert"
  query    = "avg(last_5m):avg:a{*} > 5"
}
`)
		if want == "" {
			if diags.HasErrors() {
				t.Errorf("%s: %s", each, describe(diags))
			}
			continue
		}
		if len(diags) == 0 || diag.Code(diags[0]) != want {
			t.Errorf("%s: %s", each, describe(diags))
		}
		if text := describe(diags); strings.Contains(strings.ToLower(text), "qzj") || strings.Contains(text, "kxw") {
			t.Errorf("%s: %s", each, text)
		}
	}
}

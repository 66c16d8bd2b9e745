package cli_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

const variablesStack = `
stack "shop" {}
variable "token" { sensitive = true }
variable "limit" {
  type      = number
  sensitive = true
}
variable "typed" {
  type      = object({ a = string, b = number })
  sensitive = true
  default   = { a = "x", b = 1 }
}
variable "numbers" {
  type      = set(number)
  sensitive = true
  default   = []
}
monitor "m" {
  name  = "m ${var.token}"
  type  = "query alert"
  query = "avg(last_5m):avg:app.load{*} > ${var.limit}"
}
`

// untypedExtra uses a sensitive variable without a type as the extra of a monitor.
const untypedExtra = `
stack "shop" {}
variable "more" { sensitive = true }
monitor "x" {
  name  = "x"
  type  = "query alert"
  query = "avg(last_5m):avg:app.load{*} > 2"
  extra = var.more
}
`

// invalidVariables are files of variables with mistakes, SECRET in the place of a value.
var invalidVariables = map[string][]string{
	".hcl": {
		"token = \"SECRET\nlimit = 1\n", "token = SECRET\n", "token = \"SECRET\"\nlimit = \"SECRET\"\n", "token = \"SECRET\" \"x\"\n", "token = [\"SECRET\"\n",
		"token = \"SECRET\"\ntoken = \"SECRET\"\n", "token = <<EOT\nSECRET\n", "token = \"SECRET\"\n}\n", "tokn = \"SECRET\"\n", "token = \"${SECRET}\"\n", "token = \"SECRET\"\nlimit = [\n",
		"token \"SECRET\" {\n}\n",
		"SECRET \"a\" {}\n", "SECRET {\n}\n", "SECRET {\n  SECRET = 1\n}\nSECRET \"SECRET\" {\n}\n", "token = upper(\"SECRET\")\n", "token = \"SECRET\" + 1\n", "/* token = \"SECRET\"\n", "token = \"\\qSECRET\"\n",
		"token = 'SECRET'\n", "token: SECRET\n", "export token=SECRET\n", "typed = { a = \"SECRET\", b = \"SECRET\" }\n", "typed = SECRET\n", "numbers = [\"SECRET\"]\n", "numbers = [SECRET]\n",
	},
	".json": {
		`{"token": "SECRET"`, `{"token": "SECRET",}`, `["SECRET"]`, `"SECRET"`, `{"token": "SECRET", "token": "SECRET"}`, `{"token": "SECRET"}x`, `{"limit": "SECRET"}`,
		`{"tokn": "SECRET"}`, `{'token': 'SECRET'}`, "{\"token\": \"SECRET\n\"}", `{"numbers": ["SECRET"]}`, `{"typed": {"a": "SECRET", "b": "SECRET"}}`, `{"token": SECRET}`, "token=SECRET\n",
	},
}

// TestNoSecretOfInvalidVariables: the errors of files of variables, of --var and of the environment show the position and
// the reason, but no line or value, because the line with a mistake can have the value of any variable.
func TestNoSecretOfInvalidVariables(t *testing.T) {
	t.Parallel()
	const secret = "Quiet-River-4471"
	s := &secretive{dir: t.TempDir(), host: "http://127.0.0.1:1", environ: []string{"DDMON_VAR_limit=5"}}
	run := func(args ...string) {
		for _, command := range [][]string{{"validate"}, {"validate", "--json"}, {"lint", "--format", "github"}, {"lint", "--format", "sarif"}, {"render"}, {"test"}} {
			if code := s.run(append(command, args...)...); code != 1 {
				t.Errorf("%v %v: exit code %d\n%s", command, args, code, s.written.String()[max(0, s.written.Len()-500):])
			}
		}
	}
	for ending, files := range invalidVariables {
		for _, text := range files {
			text = strings.ReplaceAll(text, "SECRET", secret)
			s.write(t, map[string]string{"stack.hcl": variablesStack, "vars/values" + ending: text})
			run("--var-file", s.dir+"/vars/values"+ending)
			if ending == ".hcl" {
				s.write(t, map[string]string{"x.auto.vars.hcl": text})
				run()
				s.write(t, map[string]string{"x.auto.vars.hcl": ""})
			}
		}
	}
	s.write(t, map[string]string{"stack.hcl": variablesStack + "monitor {\n", "x.auto.vars.hcl": "token = \"" + secret + "\" x\n"})
	run() // nothing is known about the variables
	s.write(t, map[string]string{"stack.hcl": variablesStack, "x.auto.vars.hcl": ""})
	for _, value := range []string{secret, "token " + secret, "token:" + secret, "limit=" + secret, "numbers=[\"" + secret, "typed={a=" + secret + "}", "tokn=" + secret} {
		run("--var", value)
	}
	for _, value := range []string{"limit=" + secret, "numbers=[\"" + secret, "typed=" + secret} {
		s.environ = []string{"DDMON_VAR_token=x", "DDMON_VAR_" + value}
		run()
	}
	s.write(t, map[string]string{"stack.hcl": untypedExtra})
	s.environ = []string{fmt.Sprintf(`DDMON_VAR_more={"message"="call %s @x","priority"=3}`, secret)}
	run() // a string, because the variable has no type
	for _, command := range []string{"plan", "apply", "drift", "destroy"} {
		s.run(command)
	}
	for _, command := range []string{"validate", "plan", "lint"} {
		s.run(command, "token="+secret)
	}

	text := regexp.MustCompile(`(?m)^\$ ddmon .*$`).ReplaceAllString(s.written.String(), "")
	for _, part := range regexp.MustCompile(`(?i)quiet|-river|4471`).FindAllStringIndex(text, 3) {
		t.Errorf("part of the secret is written:\n%s", text[max(0, part[0]-300):min(len(text), part[1]+100)])
	}
	for _, want := range []string{"values.hcl:1:", "x.auto.vars.hcl:1:", "values.json:1:", "unexpected argument token=..."} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in the output", want)
		}
	}
}

// TestLinesOfVariables: without sensitive variables, the lines are shown.
func TestLinesOfVariables(t *testing.T) {
	s := &secretive{dir: t.TempDir()}
	const line = `token = "abcd" x`
	s.write(t, map[string]string{"stack.hcl": strings.ReplaceAll(variablesStack, "sensitive = true", ""), "x.auto.vars.hcl": line + "\n"})
	s.run("validate")
	if text := s.written.String(); !strings.Contains(text, fmt.Sprintf("1 | %s\n", line)) {
		t.Error(text)
	}
}

package cli_test

import (
	"fmt"
	"strings"
	"testing"
)

// quietRecording has one empty queue.
const quietRecording = `
name     = "quiet"
note     = "nothing happens"
source   = "made up"
start    = "2026-01-01T00:00:00Z"
end      = "2026-01-01T00:20:00Z"
interval = "15s"
series "rabbitmq.queue.messages" {
  tags   = ["queue:queue-00007"]
  type   = "gauge"
  values = "0x80"
}
`

// TestTenThousandObjects: the limits on configuration allow 10,000 objects from one YAML list, in every command that
// reads it.
func TestTenThousandObjects(t *testing.T) {
	var list strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&list, "- {name: queue-%05d, limit: %d, team: team-%d, message: \"{{value}} wait. @slack-team-%d\"}\n", i, i%90+10, i%50, i%50)
	}
	files := map[string]string{
		"queues.yaml": list.String(),
		"stack.hcl": `
stack "many" {}
locals { queues = { for q in yamldecode(file("queues.yaml")) : q.name => q } }
monitor "depth" {
  for_each = true ? local.queues : {}
  name     = "${each.key} is piling up"
  type     = "query alert"
  query    = "min(last_5m):sum:rabbitmq.queue.messages{queue:${each.key}} > ${each.value.limit}"
  message  = each.value.message
  tags     = ["team:${each.value.team}"]
  priority = 3
}
`,
		"one.test.hcl": `
test "one" {
  recording = "quiet"
  expect "monitor.depth[\"queue-00007\"]" { never = "Alert" }
}
`,
		"quiet/recording.hcl": quietRecording,
	}
	dir := t.TempDir()
	writeTree(t, dir, files)
	for _, args := range [][]string{{"validate"}, {"lint"}, {"plan", "--sandbox"}, {"test", "--second", "0"}} {
		code, out, errs := runStack(dir, nil, args...)
		if code != 0 || strings.Contains(errs, "[limit]") {
			t.Errorf("%v: exit code %d\n%.2000s%.2000s", args, code, out, errs)
		}
	}
}

// TestOrdinaryExpressions: ordinary expressions for a thousand objects, and for long strings, are within the limits.
func TestOrdinaryExpressions(t *testing.T) {
	const lines = "text = join(\"\\n\", [for i in range(900) : \"service svc${i} owner team-${i} severity ${i % 4} contact someone${i}@example.com # comment\"])\n"
	const monitor = "}\nmonitor \"m\" {\n  for_each = toset(local.names)\n  name = each.key\n  type = \"query alert\"\n  query = \"avg(last_5m):avg:load{service:${each.key}} > 1\"\n"
	for name, text := range map[string]string{
		"fields of lines":     lines + `m = regexall("service (\\S+) owner (\\S+) severity (\\d)", local.text)`,
		"comments":            lines + `m = replace(local.text, "/\\s*#.*/", "")`,
		"lines":               lines + `m = regexall("(?m)^(\\w+) (.*)$", local.text)`,
		"fields of each line": lines + `m = { for l in split("\n", local.text) : regex("service (\\S+)", l)[0] => regex("owner (\\S+).*severity (\\d)", l) }`,
		"long texts":          "a = join(\"\", [for i in range(1000) : join(\"\", [for j in range(20) : \"12345\"])])\nm = local.a == \"${local.a}\" ? 1 : 2",
		"numbers in texts":    "m = [for i in range(1000) : \"${i}\" + 1 > i ? \"${i / 7}\" : \"-\"]",
		"ids":                 "m = setsubtract(toset([for i in range(1000) : 123456000 + i]), [for i in range(500) : 123456000 + i])",
		"fractions":           "m = [for i in range(1000) : i / 1000 >= 0.5 && 0.1 != i / 7 ? sum(range(0, 1, 0.1)) : sum([\"0.1\", 1e-300]) + sum(distinct([0.5, 1 / 3, 1e300 - 1]))]",
		"sets of fractions":   "m = setproduct(toset([for i in range(10) : i / 10]), toset([0.1, 0.2]), [1.5])\nn = [for i in range(100) : contains([0.1, 0.2, 0.3], i / 7)]",
		"numbers of 64 bits":  "m = [1.7976931348623157e308, -1e308 - 1e307, 5e-324, \"${1e-307 / 3}\"]",
		"texts like numbers":  "m = [for h in [\"12e99999999\", \"7e-5555555\"] : [format(\"%s-%v\", h, h), { (h) = 1 }[h], h == \"1e9999999\", join(\"\", [h])]]",
		"YAML":                "m = yamldecode(\"${join(\"\", [for i in range(1000) : \"${i}: {0.${i}: [[], [[\\\"]\\\"]]], \\\"[[\\\": {}}\\n\"])}\")",
		"index":               "names = [for i in range(1000) : \"svc${i}\"]\n" + monitor + "  message = \"${index(local.names, each.key)}\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			writeTree(t, dir, map[string]string{"stack.hcl": "stack \"s\" {}\n", "a.hcl": "locals {\n" + text + "\n}\n"})
			if code, out, errs := runStack(dir, nil, "validate"); code != 0 {
				t.Errorf("exit code %d\n%.2000s%.2000s", code, out, errs)
			}
		})
	}
}

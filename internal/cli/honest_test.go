package cli_test

import (
	"fmt"
	"strings"
	"testing"
)

// quietRecording has one queue in which nothing waits.
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

// TestTenThousandObjects: the limits on reading a configuration leave room for 10,000 objects from one list in YAML, in
// every command that reads it.
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
	for _, args := range [][]string{{"validate"}, {"lint"}, {"plan", "--sandbox"}, {"test", "--phase", "0"}} {
		code, out, errs := runStack(dir, nil, args...)
		if code != 0 || strings.Contains(errs, "[limit]") {
			t.Errorf("%v: exit code %d\n%.2000s%.2000s", args, code, out, errs)
		}
	}
}

package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ddmon/internal/cli"
	"ddmon/internal/sandbox"
)

// manyMonitors is a stack with many monitors from for_each.
const manyMonitors = `
stack "perf" { tags = ["team:perf"] }
monitor "many" {
  for_each = toset(flatten([for i in range(%d) : [for j in range(1000) : format("queue-%%03d-%%03d", i, j)]]))
  name     = "${each.key} is piling up"
  type     = "query alert"
  query    = "min(last_5m):sum:rabbitmq.queue.messages{kube_namespace:sock-shop,queue:${each.key}} > 50"
  priority = 3
  tags     = ["severity:warning", "service:${each.key}"]
  message  = "{{#is_alert}}check consumer health of ${each.key}, {{value}} wait{{/is_alert}} @slack-orders"
  options {
    thresholds { warning = 25 }
    renotify_interval = 60
    on_missing_data   = "show_and_notify_no_data"
  }
}
`

// BenchmarkPlanNoChanges is a whole plan without changes against a server in this process: load, list, compare,
// render. The results include the server.
func BenchmarkPlanNoChanges(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := b.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "stack.hcl"), fmt.Appendf(nil, manyMonitors, n/1000), 0o600); err != nil {
				b.Fatal(err)
			}
			box, err := sandbox.Open("", sandbox.Options{Now: time.Now})
			if err != nil {
				b.Fatal(err)
			}
			defer box.Close()
			server := httptest.NewServer(box)
			defer server.Close()
			ddmon := func(args ...string) {
				var out bytes.Buffer
				app := &cli.App{
					Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Now: time.Now,
					Environ: []string{"DD_HOST=" + server.URL, "DD_API_KEY=k", "DD_APP_KEY=k"},
				}
				if code := app.Run(context.Background(), append([]string{"-C", dir}, args...)); code != 0 {
					b.Fatalf("exit code %d: %.2000s", code, out.String())
				}
			}
			ddmon("apply", "--auto-approve")
			b.ReportAllocs()
			for b.Loop() {
				ddmon("plan", "--detailed-exitcode")
			}
		})
	}
}

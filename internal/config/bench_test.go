package config

import (
	"fmt"
	"runtime"
	"testing"

	"ddmon/internal/ddtest"
)

// BenchmarkLoad loads monitors from one for_each and reports the memory per monitor.
func BenchmarkLoad(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			dir := ddtest.Folder(b, map[string]string{"main.hcl": "stack \"s\" { tags = [\"team:a\"] }\n" + fmt.Sprintf(`
monitor "first" {
  name  = "first"
  type  = "query alert"
  query = "avg(last_5m):avg:a{*} > 1"
}
monitor "many" {
  for_each = merge([for k in range(%d / 1000) : { for i in range(1000) : format("queue-%%02d-%%03d", k, i) => i }]...)
  name     = "${each.key} is piling up"
  type     = "query alert"
  query    = "min(last_5m):sum:rabbitmq.queue.messages{queue:${each.key}} > ${each.value + 10}"
  message  = <<-EOT
    {{#is_alert}}
    ${each.key} has over ${each.value} messages. See monitor ${monitor.first.id}.
    {{/is_alert}}
  EOT
  tags     = ["service:${each.key}", "severity:high"]
  priority = 2
  options {
    thresholds { warning = each.value / 2 }
    renotify_interval = 60
    include_tags      = false
    notify_by         = ["*"]
  }
}
`, n)})
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			var s *Stack
			b.ReportAllocs()
			for b.Loop() {
				loaded, diags := Load(Options{Dir: dir})
				if diags.HasErrors() {
					b.Fatal(describe(diags))
				}
				s = loaded
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(n), "B-kept/monitor")
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/monitor")
			runtime.KeepAlive(s)
		})
	}
}

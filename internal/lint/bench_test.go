package lint

import (
	"fmt"
	"testing"
)

// BenchmarkLint validates and lints a stack of 1,000 monitors and a dashboard.
func BenchmarkLint(b *testing.B) {
	s := stack{"dashboard.d": graphOf("sum:rabbitmq.queue.messages.publish.count{queue:a}.as_rate()")}
	for i := range 1000 {
		s[fmt.Sprintf("monitor.m%d", i)] = monitorOf(
			fmt.Sprintf("max(last_5m):sum:rabbitmq.queue.messages{kube_namespace:shop,queue:q%d} by {vhost} > %d", i, i),
			`"message":"{{#is_alert}}{{vhost.name}}: {{value}} messages wait{{/is_alert}} {{#is_recovery}}gone{{/is_recovery}} @slack-ops"`)
	}
	in := inputOf(s.objects(b))
	b.ResetTimer()
	for b.Loop() {
		Validate(in)
		Lint(in)
	}
}

package monitorcheck

import (
	"testing"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
)

// BenchmarkParseAndCheck parses and checks typical metric monitors.
func BenchmarkParseAndCheck(b *testing.B) {
	monitors := []*monitor.Monitor{
		{Type: "query alert", Query: "avg(last_5m):avg:system.cpu.user{env:prod} by {host} > 90"},
		{Type: "query alert", Query: "avg(last_5m):rabbitmq.queue.consumers{*} by {rabbitmq_queue} < 1"},
		{Type: "query alert", Query: "sum(last_15m):sum:trace.http.request.errors{env:prod,service:web}.as_count() / sum:trace.http.request.hits{env:prod,service:web}.as_count() * 100 > 5"},
		{Type: "query alert", Query: "max(last_10m):default_zero(max:kubernetes.containers.state.terminated{reason:oomkilled} by {kube_cluster_name,kube_namespace,pod_name}) >= 1"},
		{Type: "query alert", Query: "min(last_5m):sum:kubernetes_state.deployment.replicas_available{kube_namespace:sock-shop AND kube_deployment IN (queue-master,shipping)} by {kube_deployment} < 1"},
		{Type: "query alert", Query: "avg(last_4h):anomalies(avg:aws.ec2.cpu{environment:foo,host:foo} by {host}, 'basic', 2, direction='both', alert_window='last_15m', interval=60, count_default_zero='true') >= 1"},
	}
	for _, m := range monitors {
		critical, _ := mustParse(b, m).Comparison().Value()
		m.Options.Thresholds.Critical = &critical
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		Check(monitors[n%len(monitors)])
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "queries/s")
}

func mustParse(b *testing.B, m *monitor.Monitor) *ddquery.MonitorQuery {
	q, err := ddquery.ParseMonitor(m.Type, m.Query)
	if err != nil {
		b.Fatal(err)
	}
	return q
}

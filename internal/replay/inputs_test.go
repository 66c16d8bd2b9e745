package replay_test

import (
	"fmt"
	"testing"

	"ddmon/internal/ddtest/shop"
	"ddmon/internal/replay"
)

// TestInputs: the inputs of the sock shop's rules in incident-5, and of a log search.
func TestInputs(t *testing.T) {
	rec := shop.Recording(t, "incident-5")
	ask := func(typ, query string, options map[string]any) string {
		in, err := replay.Monitor{Body: map[string]any{"type": typ, "query": query, "options": options}}.Inputs(rec)
		text := ""
		for _, s := range in.Series {
			text += fmt.Sprint(s.Metric, s.Tags, " ")
		}
		return fmt.Sprint(text, len(in.Logs), " ", in.Logs != nil, " ", err)
	}
	formula := map[string]any{"variables": []any{map[string]any{"name": "a", "data_source": "metrics", "query": "sum:rabbitmq.queue.consumers{*}"}}}
	for _, c := range []struct {
		typ, query string
		options    map[string]any
		want       string
	}{
		{"query alert", "max(last_3m):sum:kubernetes_state.deployment.replicas_available{kube_deployment:queue-master} < 1", nil,
			"kubernetes_state.deployment.replicas_available[kube_deployment:queue-master kube_namespace:sock-shop] 0 false <nil>"},
		{"query alert", "max(last_3m):sum:rabbitmq.queue.consumers{*} + sum:rabbitmq.queue.consumers{*} < 1", nil,
			"rabbitmq.queue.consumers[kube_namespace:sock-shop queue:shipping-task vhost:sock-shop] 0 false <nil>"},
		{"query alert", "max(last_3m):sum:nowhere{*} < 1", nil, "0 false <nil>"},
		{"query alert", `formula("a").last("5m") > 1`, formula, "rabbitmq.queue.consumers[kube_namespace:sock-shop queue:shipping-task vhost:sock-shop] 0 false <nil>"},
		{"log alert", `logs("service:orders \"created successfully\"").index("*").rollup("count").last("5m") > 5`, nil, "253 true <nil>"},
		{"log alert", `logs("status:error").index("*").rollup("count").last("5m") > 5`, nil, "0 true <nil>"},
		{"composite", "1 && 2", nil, "0 false <nil>"},
		{"query alert", "max(last_3m):sum:rabbitmq.queue.consumers{$env} < 1", nil, "0 false not evaluated: the template variable $env in the scope is not supported"},
	} {
		if got := ask(c.typ, c.query, c.options); got != c.want {
			t.Errorf("%s: %s, not %s", c.query, got, c.want)
		}
	}
}

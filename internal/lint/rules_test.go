package lint

import (
	"encoding/json"
	"maps"
	"strings"
)

// monitorOf returns a monitor without findings, with fields replaced.
func monitorOf(query string, fields ...string) string {
	body := map[string]any{
		"name": "n", "type": "query alert", "query": query, "message": "look @slack-ops", "priority": 3,
		"options": map[string]any{"on_missing_data": "show_and_notify_no_data"},
	}
	for _, f := range fields {
		var over map[string]any
		if err := json.Unmarshal([]byte("{"+f+"}"), &over); err != nil {
			panic(f + ": " + err.Error())
		}
		maps.Copy(body, over)
	}
	raw, _ := json.Marshal(body)
	return string(raw)
}

// graphOf returns a dashboard with one metric query in one widget.
func graphOf(query string, fields ...string) string {
	return dashboardOf(`{"definition":{"type":"timeseries","requests":[{"response_format":"timeseries","queries":[{"data_source":"metrics","name":"q","query":`+
		quote(query)+`}],"formulas":[{"formula":"q"}]}]}}`, fields...)
}

func dashboardOf(widgets string, fields ...string) string {
	return `{"title":"t","layout_type":"ordered","widgets":[` + widgets + `]` + strings.Join(append([]string{""}, fields...), ",") + `}`
}

// pair returns a widget with two queries, a and b, and a formula.
func pair(a, b, formula string) string {
	return `{"definition":{"type":"timeseries","requests":[{"response_format":"timeseries","queries":[` +
		`{"data_source":"metrics","name":"a","query":` + quote(a) + `},{"data_source":"metrics","name":"b","query":` + quote(b) + `}],"formulas":[{"formula":` + quote(formula) + `}]}]}}`
}

func quote(s string) string {
	raw, _ := json.Marshal(s)
	return string(raw)
}

// ruleCase is a stack and the locations of the rule's findings in it.
type ruleCase struct {
	stack stack
	want  []string // severity (if not the rule's own) and location
}

// one is a case with a single monitor.
func one(monitor string, want ...string) ruleCase {
	return ruleCase{stack{"monitor.m": monitor}, want}
}

func graph(dashboard string, want ...string) ruleCase {
	return ruleCase{stack{"dashboard.d": dashboard}, want}
}

const ends = "avg(last_5m):avg:kubernetes.cpu.usage.total{kube_deployment:queue-master} < 1"

func ruleCases() map[string][]ruleCase {
	all := map[string][]ruleCase{}
	for _, cases := range []map[string][]ruleCase{metricCases(), evaluationCases(), thresholdCases(), notificationCases(), monitorCases(), dashboardCases(), guideCases()} {
		maps.Copy(all, cases)
	}
	return all
}

func metricCases() map[string][]ruleCase {
	return map[string][]ruleCase{
		"as_count_gauge": {
			one(monitorOf("sum(last_5m):sum:rabbitmq.queue.messages{*}.as_count() > 5"), `query ".as_count()"`),
			one(monitorOf("sum(last_5m):sum:rabbitmq.queue.messages.published.count{*}.as_count() > 5")),
			one(monitorOf("sum(last_5m):sum:orders.created{*}.as_count() > 5")),
			graph(graphOf("sum:rabbitmq.queue.messages.publish.count{*}.as_rate()"), `widgets[0].definition.requests[0].queries[0].query ".as_rate()"`),
		},
		"sum_gauge": {
			one(monitorOf("sum(last_5m):sum:rabbitmq.queue.messages{*} > 5"), `query "sum"`),
			one(monitorOf("avg(last_1h):sum:rabbitmq.queue.messages{*}.rollup(sum, 60) > 5"), `query ".rollup(sum, 60)"`),
			one(monitorOf("avg(last_1h):sum:rabbitmq.queue.messages{*}.rollup(max, 60) > 5")),
			one(monitorOf("sum(last_5m):sum:orders.created{*} > 5")),
		},
		"running_total": {
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.messages.publish.count{*} > 5"), `query "rabbitmq.queue.messages.publish.count"`),
			one(monitorOf("max(last_5m):monotonic_diff(sum:rabbitmq.queue.messages.publish.count{*}) > 5")),
			one(monitorOf("change(avg(last_5m),last_5m):sum:rabbitmq.queue.messages.publish.count{*} < 5")),
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.messages.publish.rate{*} > 5")),
		},
		"metric_misspelled": {
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.mesages{*} > 5"), `query "rabbitmq.queue.mesages"`),
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.messagess{*} > 5"), `query "rabbitmq.queue.messagess"`),
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.massages{*} > 5"), `query "rabbitmq.queue.massages"`),
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.messagse{*} > 5"), `query "rabbitmq.queue.messagse"`),
			one(monitorOf("max(last_5m):sum:own.metrik{*} > 5"), `query "own.metrik"`),
			graph(graphOf("sum:rabbitmq.queue.mesages{*}"), `widgets[0].definition.requests[0].queries[0].query "rabbitmq.queue.mesages"`),
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.messages{*} > 5")),
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.masages{*} > 5")),
			one(monitorOf("max(last_5m):sum:rabitmq.queue.messages{*} > 5")),
			one(monitorOf("max(last_5m):sum:own.load.5{*} + sum:own.load.12{*} > 5")),
		},
		"unknown_tag": {
			one(monitorOf("max(last_5m):diff(sum:rabbitmq.queue.messages.publish.count{kube_namespace:sock-shop,queue:shipping-task}) > 5"), `query "queue"`),
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.messages.published.count{*} by {rabbitmq_queue}.as_count() > 5"), `query "rabbitmq_queue"`),
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.consumers{queue:a,rabbitmq_vhost:b} > 5"), `query "queue"`),
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.consumers{queue:a,vhost:b,team:c} > 5")),
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.consumers{rabbitmq_queue:a AND rabbitmq_vhost IN (b,c)} > 5")),
			one(monitorOf("max(last_5m):sum:kubernetes_state.deployment.replicas_available{pod_name:x} < 1"), `query "pod_name"`),
			one(monitorOf("max(last_5m):sum:kubernetes_state.deployment.replicas_available{!pod_name:x} < 1")),
			one(monitorOf("max(last_5m):sum:orders.created{queue:x} < 1")),
			graph(graphOf("sum:rabbitmq.queue.messages.publish.count{queue:a}"), `widgets[0].definition.requests[0].queries[0].query "queue"`),
		},
		"arithmetic_groups": {
			one(monitorOf("avg(last_5m):sum:a.b{*} by {host} / sum:a.c{*} by {env} > 5"), `query "sum:a.c{*} by {env}"`),
			one(monitorOf("avg(last_5m):sum:a.b{*} by {host,env} / sum:a.c{*} by {env,host} > 5")),
			one(monitorOf("avg(last_5m):sum:a.b{*} by {host} / sum:a.c{*} > 5")),
			one(monitorOf(`formula("a / b").last("5m") > 5`, `"options":{"variables":[{"data_source":"metrics","name":"a","query":"sum:a.b{*} by {host}"},{"data_source":"metrics","name":"b","query":"sum:a.c{*} by {env}"}]}`), `query "b"`),
			one(monitorOf(`formula("a / b").last("5m") > 5`, `"options":{"variables":[{"data_source":"metrics","name":"a","query":"sum:a.b{*} by {env}"},{"data_source":"metrics","name":"b","query":"sum:a.c{*} by {env}"}]}`)),
			graph(dashboardOf(pair("sum:a.b{*} by {host}", "sum:a.c{*} by {env}", "a - b")), `widgets[0].definition.requests[0].formulas[0].formula "b"`),
			graph(dashboardOf(pair("sum:a.b{*} by {host}", "sum:a.c{*} by {host}", "a - b"))),
			graph(graphOf("sum:a.b{*} by {host} + sum:a.c{*} by {env}"), `widgets[0].definition.requests[0].queries[0].query "sum:a.c{*} by {env}"`),
		},
	}
}

func evaluationCases() map[string][]ruleCase {
	logs := `logs("service:a").index("*").rollup("count")`
	log, undecided := `"type":"log alert"`, `"options":{}`
	return map[string][]ruleCase{
		"window_interval": {
			one(monitorOf("avg(last_1m):avg:slow.metric{*} > 5"), `query "last_1m"`),
			one(monitorOf("avg(last_5m):avg:slow.metric{*} > 5")),
			one(monitorOf("max(last_1m):sum:rabbitmq.queue.consumers{*} < 1")),
		},
		"evaluation_delay": {
			one(monitorOf("avg(last_5m):avg:aws.sqs.number_of_messages_sent{*} > 5"), `query "last_5m"`),
			one(monitorOf("avg(last_5m):avg:aws.sqs.number_of_messages_sent{*} > 5", `"options":{"evaluation_delay":900}`)),
			one(monitorOf("avg(last_1h):avg:aws.sqs.number_of_messages_sent{*} > 5")),
		},
		"rollup_window": {
			one(monitorOf("sum(last_5m):sum:orders.created{*}.as_count().rollup(sum, 300) > 5"), `error query ".rollup(sum, 300)"`),
			one(monitorOf("sum(last_5m):sum:orders.created{*}.as_count().rollup(sum, 200) > 5"), `query ".rollup(sum, 200)"`),
			one(monitorOf("sum(last_5m):sum:orders.created{*}.as_count().rollup(sum, 150) > 5")),
			one(monitorOf("sum(last_5m):sum:orders.created{*}.as_count().rollup(sum) > 5")),
		},
		"full_window_sparse": {
			one(monitorOf("sum(last_5m):sum:orders.created{*}.as_count() > 5", `"options":{"require_full_window":true}`), `at options.require_full_window`),
			one(monitorOf("sum(last_5m):sum:orders.created{*}.as_count() > 5", `"options":{"require_full_window":false}`)),
			one(monitorOf("avg(last_5m):avg:system.load.1{*} > 5", `"options":{"require_full_window":true}`)),
			one(monitorOf("avg(last_1h):avg:slow.gauge{*} > 5", `"options":{"require_full_window":true}`)),
			one(monitorOf("sum(last_1h):sum:rabbitmq.queue.messages.published.count{*}.as_count() > 5", `"options":{"require_full_window":true}`)),
			one(monitorOf("avg(last_1h):avg:some.count{*} > 5", `"options":{"require_full_window":true}`), `at options.require_full_window`),
		},
		"series_ends": {
			one(monitorOf(ends, undecided), `query "kubernetes.cpu.usage.total"`),
			one(monitorOf(ends, `"options":{"on_missing_data":"show_no_data"}`), `query "kubernetes.cpu.usage.total"`),
			one(monitorOf(ends)),
			one(monitorOf(ends, `"options":{"notify_no_data":true}`)),
			one(monitorOf("avg(last_5m):default_zero(avg:kubernetes.cpu.usage.total{*}) < 1", undecided)),
			one(monitorOf("avg(last_5m):avg:kubernetes.cpu.usage.total{*}.fill(zero) < 1", undecided)),
			one(monitorOf("avg(last_5m):avg:kubernetes.cpu.usage.total{*} > 1000", undecided)),
			one(monitorOf("avg(last_5m):avg:kubernetes.cpu.usage.total{*} == 0", undecided), `query "kubernetes.cpu.usage.total"`),
			one(monitorOf("avg(last_5m):avg:kubernetes.cpu.usage.total{*} == 1", undecided)),
			one(monitorOf("avg(last_5m):avg:kubernetes.cpu.usage.total{*} <= 0", undecided), `query "kubernetes.cpu.usage.total"`),
			one(monitorOf("avg(last_5m):avg:kubernetes.cpu.usage.total{*} < 2", undecided)),
			one(monitorOf("max(last_4h):avg:kubernetes_state.pod.age{*} by {pod_name} < 5400", undecided)),
			one(monitorOf("avg(last_5m):avg:kubernetes.memory.usage_pct{*} < 0.2", undecided)),
			one(monitorOf("avg(last_5m):avg:kubernetes.memory.usage_pct{*} <= 0", undecided), `query "kubernetes.memory.usage_pct"`),
			one(monitorOf("max(last_5m):sum:kubernetes_state.deployment.replicas_available{*} < 1", undecided)),
		},
		"missing_data_below": {
			one(monitorOf(logs+`.last("5m") < 1`, log, undecided), `query "< 1"`),
			one(monitorOf(logs+`.last("5m") < 1`, log, `"options":{"on_missing_data":"default"}`)),
			one(monitorOf("sum(last_5m):sum:orders.created{*}.as_count() < 1", undecided), `query "< 1"`),
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.consumers{*} < 1", undecided), `query "< 1"`),
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.consumers{*} < 1", `"options":{"on_missing_data":"default"}`), `query "< 1"`),
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.consumers{*} < 1", `"options":{"on_missing_data":"show_no_data"}`)),
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.consumers{*} < 1", `"options":{"notify_no_data":false}`)),
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.consumers{*} > 1", undecided)),
			one(monitorOf(ends, undecided)), // series_ends reports more
			one(monitorOf("max(last_4h):avg:kubernetes_state.pod.age{*} by {pod_name} < 5400", undecided), `query "< 5400"`),
		},
		"grouped_below": {
			one(monitorOf(logs+`.by("service,host").last("5m") < 1`, log), `query "< 1"`),
			one(monitorOf(logs+`.by("service").last("5m") == 0`, log), `query "== 0"`),
			one(monitorOf(logs+`.by("service").last("5m") > 1`, log)),
			one(monitorOf(logs+`.last("5m") < 1`, log)),
		},
		"no_data_timeframe": {
			one(monitorOf("avg(last_10m):avg:a.b{*} > 1", `"options":{"notify_no_data":true,"no_data_timeframe":10}`), `at options.no_data_timeframe`),
			one(monitorOf("avg(last_10m):avg:a.b{*} > 1", `"options":{"notify_no_data":true,"no_data_timeframe":20}`)),
			one(monitorOf("avg(last_10m):avg:a.b{*} > 1", `"options":{"notify_no_data":false,"no_data_timeframe":10}`)),
		},
	}
}

func thresholdCases() map[string][]ruleCase {
	const messages = "max(last_5m):sum:rabbitmq.queue.messages{*}"
	const depth = "avg(last_5m):avg:a.b{*} > 80"
	const logs = `logs("a").index("*").rollup("count")`
	const log = `"type":"log alert"`
	return map[string][]ruleCase{
		"threshold_impossible": {
			one(monitorOf(messages+" < 0"), `query "< 0"`),
			one(monitorOf(messages+" >= 0"), `query ">= 0"`),
			one(monitorOf(messages + " <= 0")),
			one(monitorOf(messages + " < 1")),
			one(monitorOf("max(last_5m):diff(sum:rabbitmq.queue.messages{*}) < 0")),
			one(monitorOf("max(last_5m):sum:rabbitmq.queue.messages{*} - sum:rabbitmq.queue.messages_ready{*} < 0")),
			one(monitorOf("max(last_5m):sum:temperature{*} < 0")),
			one(monitorOf(`logs("a").index("*").rollup("count").last("5m") < 0`, `"type":"log alert"`), `query "< 0"`),
			one(monitorOf("max(last_5m):max:kubernetes.memory.usage_pct{*} > 90"), `query "> 90"`),
			one(monitorOf("max(last_5m):max:kubernetes.memory.usage_pct{*} > 0.9")),
			one(monitorOf("max(last_5m):sum:kubernetes.memory.usage_pct{*} > 90")),
		},
		"message_threshold": {
			one(monitorOf(depth, `"message":"The depth is above 90 @slack-a"`), `message "above 90"`),
			one(monitorOf(depth, `"name":"Depth > 90 on prod"`), `name "> 90"`),
			one(monitorOf(depth, `"message":"look @slack-a\n\nMore than 1,000 messages wait."`), `message "More than 1,000"`),
			one(monitorOf(depth, `"message":"{{#is_alert}}exceeds the threshold of 85.5%{{/is_alert}} @slack-a"`), `message "exceeds the threshold of 85.5%"`),
			one(monitorOf(depth, `"message":"at least 82 @slack-a"`), `message "at least 82"`),
			one(monitorOf("avg(last_5m):avg:a.b{*} < 5", `"message":"fewer than 3 hosts @slack-a"`), `message "fewer than 3"`),
			one(monitorOf("avg(last_5m):avg:a.b{*} > 0.8", `"message":"above 85% @slack-a"`), `message "above 85%"`),
			one(monitorOf(logs+`.last("5m") > 10`, log, `"message":"over 100 errors @slack-a"`), `message "over 100"`),

			one(monitorOf(depth, `"message":"above 80, at least 81, ≥ 80 @slack-a"`)),
			one(monitorOf(depth, `"message":"at least 81 @slack-a"`)),
			one(monitorOf(depth, `"message":"{{#is_warning}}above 70{{/is_warning}} @slack-a"`, `"options":{"thresholds":{"critical":80,"warning":70}}`)),
			one(monitorOf(depth, `"message":"above 80 for more than 5 minutes @slack-a"`)),
			one(monitorOf(depth, `"message":"Above the limit for over 5m. @slack-a"`)),
			one(monitorOf(depth, `"message":"{{#is_recovery}}below 60 again{{/is_recovery}} @slack-a"`)),
			one(monitorOf(depth, `"message":"If more than 3 queues are affected, call someone. @slack-a"`)),
			one(monitorOf(depth, `"message":"> 3 steps\n-> 5\n=> 7\nerrors over 5xx, p95 @slack-a"`)),
			one(monitorOf(depth, `"message":"Normally not above 10. @slack-a"`)),
			one(monitorOf(depth, `"message":"see https://x/?a>90 @slack-a"`)),
			one(monitorOf(depth, `"message":"see [errors](/logs?query=a>90) or www.x.test/{{ host.name }}?a>90 @slack-a"`)),
			one(monitorOf(depth, `"message":"https://x/?a>70 says: above 90 https://x/?a>95 @slack-a"`), `message "above 90"`),
			one(monitorOf("avg(last_5m):avg:a.b{*} > 0.333", `"message":"above 33% @slack-a"`)),
			one(monitorOf("avg(last_5m):avg:a.b{*} > 5368709120", `"message":"above 5GB @slack-a"`)),
			one(monitorOf("avg(last_5m):avg:a.b{*} > 5000", `"message":"above 5k @slack-a"`)),
			one(monitorOf("avg(last_4h):anomalies(avg:a.b{*}, 'basic', 2) >= 1", `"message":"above 90 @slack-a"`)),
			one(monitorOf("avg(last_5m):avg:a.b{*} == 4", `"message":"above 90 @slack-a"`)),
		},
		"recovery_unreachable": {
			one(monitorOf(messages+" > 0", `"options":{"thresholds":{"critical":0,"critical_recovery":-1}}`), `at options.thresholds.critical_recovery`),
			one(monitorOf(messages+" >= 1", `"options":{"thresholds":{"critical":1,"critical_recovery":0}}`), `at options.thresholds.critical_recovery`),
			one(monitorOf(messages+" > 9", `"options":{"thresholds":{"critical":9,"critical_recovery":0,"warning":5,"warning_recovery":-2}}`), `at options.thresholds.warning_recovery`),
			one(monitorOf(messages+" > 9", `"options":{"thresholds":{"critical":9,"critical_recovery":0}}`)),
			one(monitorOf("min(last_5m):avg:temperature{*} > 0", `"options":{"thresholds":{"critical":0,"critical_recovery":-1}}`)),
			one(monitorOf("min(last_5m):avg:kubernetes.memory.usage_pct{*} < 0.5", `"options":{"thresholds":{"critical":0.5,"critical_recovery":60}}`), `at options.thresholds.critical_recovery`),
		},
	}
}

package lint

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
)

func notificationCases() map[string][]ruleCase {
	const q = "avg(last_5m):avg:a.b{*} by {host} > 5"
	noOptions := `"options":{}`
	message := func(s string) string { return `"message":` + quote(s) }
	composite := monitorOf("${monitor.m.id} && ${monitor.o.id}", `"type":"composite"`)
	return map[string][]ruleCase{
		"no_handle": {
			one(monitorOf(q, message("look")), `at message`),
			one(monitorOf(q, `"draft_status":"draft"`, message("look"))),
			one(monitorOf(q, message("look @slack-ops"))),
			one(monitorOf(q, message("look"), `"options":{"renotify_interval":5,"escalation_message":"@slack-ops"}`)),
			{stack{"monitor.m": monitorOf(q, message("look")), "monitor.o": monitorOf(q), "monitor.c": composite}, nil},
			{stack{"monitor.m": monitorOf(q, message("look"), `"id":"12"`), "monitor.c": monitorOf("12 && 13", `"type":"composite"`)}, nil},
		},
		"handle_never": {
			one(monitorOf(q, message("@a {{#is_warning}}@slack-ops{{/is_warning}}")), `message "is_warning"`),
			one(monitorOf(q, message("@a {{#is_warning}}@slack-ops{{/is_warning}}"), `"options":{"thresholds":{"critical":5,"warning":4}}`)),
			one(monitorOf(q, message("@a {{#is_no_data}}@slack-ops{{/is_no_data}}"), noOptions), `message "is_no_data"`),
			one(monitorOf(q, message("@a {{#is_no_data}}@slack-ops{{/is_no_data}}"))),
			one(monitorOf(q, message("@a {{#is_renotify}}@slack-ops{{/is_renotify}}")), `message "is_renotify"`),
			one(monitorOf(q, message("@a {{#is_alert}}{{#is_recovery}}@slack-ops{{/is_recovery}}{{/is_alert}}")), `message "is_recovery"`),
			one(monitorOf(q, message(`@a {{#is_match "host.name" "x"}}@slack-ops{{/is_match}}`))),
			one(monitorOf(q, message("@a {{^is_alert}}@slack-ops{{/is_alert}}"))),
			one(monitorOf(q, message("@a {{#is_warning}}half{{else}}@slack-ops{{/is_warning}}"))),
		},
		"branch_never": {
			one(monitorOf(q, message("@a {{#is_warning}}soon{{/is_warning}}")), `message "is_warning"`),
			one(monitorOf(q, message("@a {{#is_warning}}soon{{/is_warning}}"), `"options":{"thresholds":{"critical":5,"warning":4}}`)),
			one(monitorOf(q, message("@a {{#is_warning}}@slack-ops{{/is_warning}}"))), // handle_never
		},
		"handle_branch": {
			one(monitorOf(q, message("{{#is_recovery}}@slack-ops{{/is_recovery}}"), noOptions), `at message`),
			one(monitorOf(q, message("{{#is_alert}}@slack-ops{{/is_alert}}")), `at message`), // missing data
			one(monitorOf(q, message("{{#is_alert}}@slack-ops{{/is_alert}}"), noOptions)),
			one(monitorOf(q, message("{{#is_alert}}@slack-ops{{/is_alert}}"), `"options":{"thresholds":{"critical":5,"warning":4}}`), `at message`),
			one(monitorOf(q, message("{{^is_recovery}}@slack-ops{{/is_recovery}}"))),
		},
		"handle_recovery": {
			one(monitorOf(q, message("{{#is_alert}}@slack-ops @b{{/is_alert}}")), `message "@slack-ops"`),
			one(monitorOf(q, message("{{#is_alert}}@slack-ops{{/is_alert}} {{#is_recovery}}@slack-ops{{/is_recovery}}"))),
			one(monitorOf(q, message("{{#is_alert}}bad{{/is_alert}} @slack-ops"))),
			one(monitorOf(q, message("none"))),
		},
		"handle_syntax": {
			one(monitorOf(q, message("ask (@slack-ops) and @b")), `message "@slack-ops"`),
			one(monitorOf(q, message("ask （@slack-ops） and @b")), `message "@slack-ops"`),
			one(monitorOf(q, message("{{value}}@slack-ops")), `message "@slack-ops"`),
			one(monitorOf(q, message("@slack-ops(urgent)")), `message "@slack-ops"`),
			one(monitorOf(q, message(`@workflow-fix(a="b") @slack-ops, @c`))),
			one(monitorOf(q, message("{{#is_alert}}@slack-ops{{/is_alert}} me@example.com"))),
		},
		"escalation_unused": {
			one(monitorOf(q, `"options":{"escalation_message":"still"}`), `at options.escalation_message`),
			one(monitorOf(q, `"options":{"escalation_message":"still","renotify_interval":10}`)),
		},
		"renotify_never": {
			one(monitorOf(q, `"options":{"renotify_interval":5,"renotify_statuses":["alert","warn","no data"]}`), `at options.renotify_statuses[1]`, `at options.renotify_statuses[2]`),
			one(monitorOf(q, `"options":{"renotify_interval":5,"renotify_statuses":["alert","warn","no data"],"notify_no_data":true,"thresholds":{"critical":5,"warning":4}}`)),
			one(monitorOf(q, `"options":{"renotify_interval":5,"renotify_statuses":["no data"],"on_missing_data":"show_no_data"}`), `at options.renotify_statuses[0]`),
		},
		"composite_value": {
			{stack{"monitor.o": monitorOf(q), "monitor.m": monitorOf("${monitor.o.id} && 12", `"type":"composite"`, message("{{value}} {{a.value}} @b"))}, []string{`message "{{value}}"`}},
			one(monitorOf(q, message("{{value}} @b"))),
		},
		"single_brace": {
			one(monitorOf(q, message("{host.name} is at {value} @b")), `message "{host.name}"`, `message "{value}"`),
			one(monitorOf(q, message("{{host.name}} {{{value}}} {json} ${value} @b"))),
		},
		"name_template": {
			one(monitorOf(q, `"name":"{{host.name} is full"`), `name "{{"`),
			one(monitorOf(q, `"name":"{{pod.name}} is full"`), `name "{{pod.name}}"`),
			one(monitorOf(q, `"name":"{{host.name}} is full"`)),
		},
	}
}

func monitorCases() map[string][]ruleCase {
	const check = `"datadog.agent.up".over("*").by("host").last(2).count_by_status()`
	const q = "avg(last_5m):avg:a.b{*} > 5"
	return map[string][]ruleCase{
		"priority_missing": {
			one(monitorOf(q, `"priority":null`), "at "),
			one(monitorOf(q, `"priority":0`), "at "),
			one(monitorOf(q)),
		},
		"name_blanks": {
			one(monitorOf(q, `"name":" n"`), "at name"),
			one(monitorOf(q)),
			graph(`{"title":"t ","layout_type":"ordered","widgets":[]}`, "at title"),
		},
		"tag_case": {
			one(monitorOf(q, `"tags":["a:b","Team:x"]`), "at tags[1]"),
			one(monitorOf(q, `"tags":["a:b"]`)),
		},
		"tag_format": {
			one(monitorOf(q, `"tags":["a:b c","1st","a:b","a:b"]`), "at tags[0]", "at tags[1]", "at tags[3]"),
			one(monitorOf(q, `"tags":["", "a:`+strings.Repeat("b", 199)+`"]`), "at tags[1]"),
			one(monitorOf(q, `"tags":["a:b","é:1.2/3-4"]`)),
		},
		"metric_alert": {
			one(monitorOf(q, `"type":"metric alert"`), "at type"),
			one(monitorOf(q)),
		},
		"duplicate_monitor": {
			{stack{"monitor.a": monitorOf(q), "monitor.b": monitorOf("avg( last_5m ):avg:a.b{*}>5", `"type":"metric alert"`)}, []string{"at query"}},
			{stack{"monitor.a": monitorOf(q), "monitor.b": monitorOf("avg(last_5m):avg:a.b{*} > 6")}, nil},
			{stack{"monitor.a": monitorOf(check, `"type":"service check"`, `"options":{"thresholds":{"critical":1}}`),
				"monitor.b": monitorOf(check, `"type":"service check"`, `"options":{"thresholds":{"critical":2}}`)}, nil},
			{stack{"monitor.a": monitorOf(q), "monitor.b": monitorOf(q, `"options":{"evaluation_delay":60}`)}, nil},
		},
		"hardcoded_id": {
			{stack{"monitor.a": monitorOf(q), "monitor.c": monitorOf("${monitor.a.id} && 123", `"type":"composite"`)}, []string{`query "123"`}},
			graph(dashboardOf(`{"definition":{"type":"alert_graph","alert_id":"123","viz_type":"timeseries"}}`), "at widgets[0].definition.alert_id"),
			{stack{"monitor.a": monitorOf(q), "dashboard.d": dashboardOf(`{"definition":{"type":"alert_graph","alert_id":"${monitor.a.id}","viz_type":"timeseries"}}`)}, nil},
		},
	}
}

func dashboardCases() map[string][]ruleCase {
	env := `"template_variables":[{"name":"env","prefix":"env"}]`
	const at = "widgets[0].definition.requests[0].queries[0].query"
	return map[string][]ruleCase{
		"template_variable_unused": {
			graph(graphOf("avg:a.b{*}", env), "at template_variables[0].name"),
			graph(graphOf("avg:a.b{$env}", env)),
			graph(graphOf("avg:a.b{env:$env.value}", env)),
			graph(graphOf("avg:a.b{*} by {$env}", env)),
			graph(graphOf("avg:a.b{*} by {host,$env.key}", env)),
			graph(graphOf("avg:a.b{*} by {env}", env), "at template_variables[0].name"),
		},
		"template_variable_undeclared": {
			graph(graphOf("avg:a.b{$env,host:$host}", env), at+` "$host"`),
			graph(graphOf("avg:a.b{$env,env:$env.value} by {$env.key}", env)),
			graph(graphOf("avg:a.b{$env} by {$group}", env), at+` "$group"`),
			graph(graphOf("avg:a.b{$env} by {host,$group.key}", env), at+` "$group.key"`),
			graph(graphOf("avg:a.b{$env} by {host}", env)),
		},
		"template_variable_ignored": {
			graph(graphOf("avg:a.b{*}", env), "at "+at),
			graph(graphOf("avg:a.b{$env}", env)),
		},
		"query_unused": {
			graph(dashboardOf(pair("avg:a.b{*}", "avg:a.c{*}", "a * 2")), "at widgets[0].definition.requests[0].queries[1]"),
			graph(graphOf("avg:a.b{*}")),
		},
		"widget_uncovered": {
			graph(graphOf("avg:a.b{*}"), at+` "a.b"`),
			{stack{"dashboard.d": graphOf("avg:a.b{*}"), "monitor.m": monitorOf("avg(last_5m):sum:a.b{env:x} > 1")}, nil},
		},
	}
}

func guideCases() map[string][]ruleCase {
	guideOf := func(traffic, product, expect, probe string) stack {
		return stack{"guide.g": `{"Control":{"Traffic":"` + traffic + `"},"Steps":[{"Name":"s","Range":{"Filename":"a.hcl","Start":{"Line":2,"Column":3}},"Probe":"` + probe + `","Question":{"Product":"` + product + `"},"Expect":{` + expect + `}}]}`}
	}
	const count, last, present = `"Count":{"Op":">"}`, `"Last":{"Op":">"}`, `"Present":true`
	return map[string][]ruleCase{
		"absence_without_control": {
			{guideOf("", "logs", count, "p"), []string{"a.hcl"}},
			{guideOf("sum:orders.paid{*}", "logs", count, ""), []string{"a.hcl"}},
			{guideOf("sum:orders.paid{*}", "events", present, ""), []string{"a.hcl"}},
			{guideOf("", "metric", present, ""), []string{"a.hcl"}},
			{guideOf("sum:orders.paid{*}", "logs", count, "p"), nil},
			{guideOf("", "metric", last, ""), nil},
			{guideOf("", "monitor", `"Status":["OK"]`, ""), nil},
		},
	}
}

// testMetrics is the built-in metadata and metrics with other intervals.
func testMetrics() *Metrics {
	f := DefaultMetrics()
	f.Add(Metric{Name: "slow.metric", Type: "gauge", Interval: 60})
	f.Add(Metric{Name: "slow.gauge", Type: "gauge", Interval: 300})
	f.Add(Metric{Name: "some.count", Type: "count"})
	f.Add(Metric{Name: "own.metric", Type: "gauge"})
	f.Add(Metric{Name: "own.load.1", Type: "gauge"})
	return f
}

func TestRules(t *testing.T) {
	cases := ruleCases()
	for _, r := range Rules() {
		t.Run(r.Code, func(t *testing.T) {
			withFindings, withoutFindings := 0, 0
			for _, c := range cases[r.Code] {
				in := inputOf(c.stack.objects(t))
				in.Guides = c.stack.guides(t)
				in.Metrics = testMetrics()
				in.Options.Enable = []string{r.Code}
				diags := slices.DeleteFunc(Lint(in), func(d *hcl.Diagnostic) bool { return diag.Code(d) != r.Code })
				want := []string{}
				for _, location := range c.want {
					severity := r.Severity.String() + " "
					if len(location) > 6 && location[:6] == "error " {
						severity, location = "error ", location[6:]
					}
					want = append(want, severity+r.Code+" "+location)
				}
				t.Log(c.stack)
				wantFindings(t, diags, want...)
				if len(c.want) > 0 {
					withFindings++
				} else {
					withoutFindings++
				}
			}
			if withFindings == 0 || withoutFindings == 0 {
				t.Errorf("%d cases with findings and %d without: both are needed", withFindings, withoutFindings)
			}
			if _, err := os.Stat(r.Code + ".go"); err != nil {
				t.Error("the rule is not in a file named after its code")
			}
		})
	}
	for code := range cases {
		if !slices.ContainsFunc(Rules(), func(r Rule) bool { return r.Code == code }) {
			t.Errorf("there are cases for %s, which is not a rule", code)
		}
	}
}

// TestOptions: an opt-in rule only runs if it is enabled, and a disabled rule does not run.
func TestOptions(t *testing.T) {
	in := inputOf(stack{"dashboard.d": graphOf("avg:a.b{*}"), "monitor.m": monitorOf("avg(last_5m):avg:a.c{*} > 5", `"priority":null`)}.objects(t))
	wantFindings(t, Lint(in), "info priority_missing at ")
	in.Options = Options{Enable: []string{"widget_uncovered"}, Disable: []string{"priority_missing"}}
	wantFindings(t, Lint(in), `info widget_uncovered widgets[0].definition.requests[0].queries[0].query "a.b"`)
}

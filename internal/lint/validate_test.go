package lint

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
)

func TestValidateMonitors(t *testing.T) {
	const q = "avg(last_5m):avg:a.b{*} > 5"
	composite := `"type":"composite"`
	many := make([]string, 11)
	for i := range many {
		many[i] = fmt.Sprint(100 + i)
	}
	tests := map[string]ruleCase{
		"nothing":               one(monitorOf(q)),
		"syntax":                one(monitorOf("max(last_15):avg:a.b{*} > 5"), `error window_unit query "last_15"`),
		"end of the query":      one(monitorOf("avg(last_5m):avg:a.b{*}"), `error missing_comparison query ""`),
		"empty query":           one(monitorOf(""), `error empty_query at query`),
		"threshold":             one(monitorOf(q, `"options":{"thresholds":{"critical":6}}`), `error threshold_mismatch query "5"`),
		"warning order":         one(monitorOf(q, `"options":{"thresholds":{"critical":5,"warning":6}}`), `error warning_order at options.thresholds.warning`),
		"option and query":      one(monitorOf(q, `"options":{"new_group_delay":60}`), `error new_group_delay at options.new_group_delay`),
		"message":               one(monitorOf(q, `"message":"{{#is_alert}}x"`), `error template_unclosed message "{{#is_alert}}"`),
		"variable of a message": one(monitorOf(q, `"message":"x {{host.name}}"`), `warning template_group message "{{host.name}}"`),
		"escalation message": one(monitorOf(q, `"options":{"escalation_message":"{{/is_alert}}","renotify_interval":5}`),
			`error template_close options.escalation_message "{{/is_alert}}"`),
		"priority":       one(monitorOf(q, `"priority":6`), "error priority_range at priority"),
		"least priority": one(monitorOf(q, `"priority":5`)),

		"composite": {stack{"monitor.a": monitorOf(q), "monitor.c": monitorOf("${monitor.a.id} && 12", composite, `"options":{}`)}, nil},
		"composite of a composite": {stack{"monitor.a": monitorOf(q), "monitor.c": monitorOf("1 && ${monitor.a.id}", composite, `"options":{}`),
			"monitor.d": monitorOf("1 || !${monitor.c.id}", composite, `"options":{}`)}, []string{`error composite_member query "${monitor.c.id}"`}},
		"composite of a composite by its id": {stack{"monitor.c": monitorOf("1 && 2", composite, `"options":{}`, `"id":"77"`),
			"monitor.d": monitorOf("77 && 1", composite, `"options":{}`)}, []string{`error composite_member query "77"`}},
		"composite of itself": {stack{"monitor.c": monitorOf("1 && 77", composite, `"options":{}`, `"id":"77"`)}, []string{`error composite_member query "77"`}},
		"composite of a dashboard": {stack{"dashboard.d": dashboardOf(""), "monitor.c": monitorOf("1 && ${dashboard.d.id}", composite, `"options":{}`)},
			[]string{`error composite_member query "${dashboard.d.id}"`}},
		"eleven members": one(monitorOf(strings.Join(many, " || "), composite, `"options":{}`), `error composite_members query "110"`),
		"ten members":    one(monitorOf(strings.Join(many[:10], " || "), composite, `"options":{}`)),
		"syntax error after a reference": {stack{"monitor.a": monitorOf(q), "monitor.c": monitorOf("${monitor.a.id} && ) 1", composite, `"options":{}`)},
			[]string{`error expected_id query ")"`}},
		"query of a variable": one(monitorOf(`formula("q").last("5m") > 5`, `"options":{"variables":[{"data_source":"metrics","name":"q","query":"avg:a.b{*"}]}`),
			`warning open_brace options.variables[0].query "{"`),
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) { wantFindings(t, Validate(inputOf(c.stack.objects(t))), c.want...) })
	}
}

func TestValidateDashboards(t *testing.T) {
	note := `{"definition":{"type":"note","content":"x"}}`
	placed := func(layout string) string {
		return `{"definition":{"type":"note","content":"x"},"layout":{` + layout + `}}`
	}
	on := func(layout, reflow string, widgets ...string) string {
		return `{"title":"t","layout_type":"` + layout + `"` + reflow + `,"widgets":[` + strings.Join(widgets, ",") + `]}`
	}
	fixed, auto := `,"reflow_type":"fixed"`, `,"reflow_type":"auto"`
	good := placed(`"x":0,"y":0,"width":12,"height":2`)
	group := `{"definition":{"type":"group","layout_type":"ordered","widgets":[` + note + `]}}`
	nested := `{"definition":{"type":"group","layout_type":"ordered","widgets":[` + group + `]}}`
	const query = "widgets[0].definition.requests[0].queries[0].query"
	tests := map[string]ruleCase{
		"nothing":               graph(on("ordered", auto, note)),
		"reflow of free":        graph(on("free", auto, good), "error reflow_type at reflow_type"),
		"free without layout":   graph(on("free", "", good, note), "error widget_layout at widgets[1]"),
		"fixed without layout":  graph(on("ordered", fixed, note), "warning widget_layout at widgets[0]"),
		"fixed":                 graph(on("ordered", fixed, good)),
		"auto with layout":      graph(on("ordered", auto, good), "warning widget_layout at widgets[0].layout"),
		"ordered with layout":   graph(on("ordered", "", good)),
		"too wide":              graph(on("ordered", fixed, placed(`"x":6,"y":0,"width":7,"height":2`)), "warning widget_grid at widgets[0].layout"),
		"wide on free":          graph(on("free", "", placed(`"x":6,"y":0,"width":70,"height":2`))),
		"outside":               graph(on("ordered", fixed, placed(`"x":-1,"y":0,"width":2,"height":0`)), "warning widget_grid at widgets[0].layout.x", "warning widget_grid at widgets[0].layout.height"),
		"group":                 graph(on("ordered", auto, group)),
		"group in a group":      graph(on("ordered", auto, nested), "warning nested_group at widgets[0].definition.widgets[0]"),
		"tag":                   graph(dashboardOf("", `"tags":["team:a","env:b"]`), "error dashboard_tag at tags[1]"),
		"six tags":              graph(dashboardOf("", `"tags":["team:a","team:b","team:c","team:d","team:e","team:f"]`), "error dashboard_tag at tags"),
		"default and defaults":  graph(dashboardOf("", `"template_variables":[{"name":"a","default":"x","defaults":["y"]}]`), "error variable_defaults at template_variables[0].default"),
		"empty default":         graph(dashboardOf("", `"template_variables":[{"name":"a","defaults":["*",""]}]`), "error variable_defaults at template_variables[0].defaults[1]"),
		"defaults":              graph(dashboardOf("", `"template_variables":[{"name":"a","defaults":["*"]},{"name":"b","default":"x"}]`)),
		"variable twice":        graph(dashboardOf("", `"template_variables":[{"name":"a"},{"name":"a"}]`), "warning template_variable_twice at template_variables[1].name"),
		"preset of both":        graph(dashboardOf("", `"template_variable_presets":[{"name":"p","template_variables":[{"name":"a","value":"x","values":["y"]}]}]`), "error preset_values at template_variable_presets[0].template_variables[0].value"),
		"preset of none":        graph(dashboardOf("", `"template_variable_presets":[{"name":"p","template_variables":[{"name":"a","values":[]}]}]`), "error preset_values at template_variable_presets[0].template_variables[0].values"),
		"query":                 graph(graphOf("avg:a.b{*"), `warning open_brace `+query+` "{"`),
		"query with a variable": graph(graphOf("avg:a.b{$env} by {host}.rollup(avg, 60)")),
		"old query":             graph(dashboardOf(`{"definition":{"type":"timeseries","requests":[{"q":"avg:a.b{*"}]}}`), `warning open_brace widgets[0].definition.requests[0].q "{"`),
		"search":                graph(dashboardOf(`{"definition":{"type":"log_stream","query":"service:(a OR b"}}`), `warning open_paren widgets[0].definition.query "("`),
		"formula":               graph(dashboardOf(`{"definition":{"type":"timeseries","requests":[{"response_format":"timeseries","queries":[{"data_source":"metrics","name":"a","query":"avg:a.b{*}"}],"formulas":[{"formula":"a + b"}]}]}}`), `warning formula_undefined widgets[0].definition.requests[0].formulas[0].formula "b"`),
		"alert of a dashboard":  {stack{"dashboard.d": dashboardOf(`{"definition":{"type":"alert_graph","viz_type":"timeseries","alert_id":"${dashboard.e.id}"}}`), "dashboard.e": dashboardOf("")}, []string{"warning widget_reference at widgets[0].definition.alert_id"}},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) { wantFindings(t, Validate(inputOf(c.stack.objects(t))), c.want...) })
	}
}

// TestNoLocate: without Locate, a finding points at the whole value.
func TestNoLocate(t *testing.T) {
	in := inputOf(stack{"monitor.m": monitorOf("max(last_15):avg:a.b{*} > 5")}.objects(t))
	in.Locate = nil
	wantFindings(t, Validate(in), "error window_unit at query")
}

// TestInstances: a finding that all instances of a block share is reported once.
func TestInstances(t *testing.T) {
	s := stack{}
	for i := range 3 {
		s[fmt.Sprintf("monitor.m[%q]", fmt.Sprint(i))] = monitorOf("max(last_15):avg:a.b{*} > 5")
	}
	diags := Validate(inputOf(s.objects(t)))
	wantFindings(t, diags, `error window_unit query "last_15"`)
	if want := `(Found in monitor.m["0"] and 2 more.)`; !strings.HasSuffix(diags[0].Detail, want) {
		t.Errorf("detail %q lacks %q", diags[0].Detail, want)
	}
}

// TestSummaries: a summary has at most eight words and no full stop, and a detail is fully formatted.
func TestSummaries(t *testing.T) {
	for _, cases := range ruleCases() {
		for _, c := range cases {
			in := inputOf(c.stack.objects(t))
			in.Metrics = testMetrics()
			for _, d := range append(Validate(in), Lint(in)...) {
				checkFinding(t, d)
			}
		}
	}
}

func checkFinding(t *testing.T, d *hcl.Diagnostic) {
	if len(strings.Fields(d.Summary)) > 8 || strings.HasSuffix(d.Summary, ".") {
		t.Errorf("summary %q", d.Summary)
	}
	if strings.Contains(d.Detail, "%!") || strings.Contains(d.Detail, "90000000000000") {
		t.Errorf("detail %q", d.Detail)
	}
}

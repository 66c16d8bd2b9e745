package kind

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/ddtest"
)

// TestMisplacedFields: each field of a monitor's options is known at the top level and in extra, and none of them is
// answered with the advice to use extra.
func TestMisplacedFields(t *testing.T) {
	k := Named("monitor")
	options := k.Body.Fields["options"].Type
	for name, f := range options.Fields {
		if f.ReadOnly {
			continue
		}
		for place, body := range map[string]map[string]any{"top": {name: nil}, "extra": {extraKey: map[string]any{name: nil}}} {
			problems := Check(k.Body, with(with(body, "type", "query alert"), "query", "q"), CheckOptions{})
			if len(problems) != 1 || problems[0].Severity != Error || problems[0].Code != CodeUnknownField ||
				!strings.Contains(problems[0].Detail, "options { "+name) {
				t.Errorf("%s in %s: %+v", name, place, problems)
			}
		}
	}
}

// TestElsewhere: a name that the tables or Terraform know leads to its place; extra is only for other names.
func TestElsewhere(t *testing.T) {
	const monitor = `"type":"query alert","query":"q"`
	for body, want := range map[string]string{
		`{` + monitor + `,"monitor_thresholds":{}}`:                          "options { thresholds { ... } }",
		`{` + monitor + `,"extra":{"monitor_threshold_windows":{}}}`:         "options { threshold_windows { ... } }",
		`{` + monitor + `,"critical":5}`:                                     "options { thresholds { critical = ... } }",
		`{` + monitor + `,"options":{"priority":5}}`:                         "top level of the block",
		`{` + monitor + `,"options":{"extra":{"message":"x"}}}`:              "top level of the block",
		`{` + monitor + `,"options":{"thresholds":{"notify_no_data":true}}}`: "options { notify_no_data = ... }",
		`{` + monitor + `,"newer":1}`:                                        "extra = { ... }",
		`{` + monitor + `,"extra":{"newer":1}}`:                              "",
		`{` + monitor + `,"extra":{"priority":1}}`:                           "",
		`{` + monitor + `,"options":{"variables":[{"data_source":"logs","name":"a","compute":{"aggregation":"count"},"event_query":{}}]}}`: "directly in variables",
	} {
		problems := Check(Named("monitor").Body, ddtest.Object(t, body), CheckOptions{})
		switch {
		case want == "" && len(problems) == 0:
		case want == "" || len(problems) != 1 || !strings.Contains(problems[0].Detail, want):
			t.Errorf("%s: %+v", body, problems)
		}
	}
}

// TestElsewhereOfEachKind: what an object's schema has in it, around it or next to it is not newer than the tables.
func TestElsewhereOfEachKind(t *testing.T) {
	const (
		query  = `{"response_format":"timeseries","queries":[{"data_source":"metrics","name":"a","query":"avg:x{*}"}]`
		board  = `{"title":"d","layout_type":"ordered","widgets":[{"definition":{"type":"timeseries","requests":[%s]%s}}]%s}`
		down   = `{"scope":"env:x","monitor_identifier":{"monitor_tags":["*"]}%s}`
		target = `{"name":"s","type":"metric","query":{"numerator":"a","denominator":"b"},"thresholds":[{"timeframe":"7d","target":99}]%s}`
	)
	request := func(rest string) string { return fmt.Sprintf(board, query+rest+`}`, "", "") }
	definition := func(rest string) string { return fmt.Sprintf(board, query+`}`, rest, "") }
	dashboard := func(rest string) string { return fmt.Sprintf(board, query+`}`, "", rest) }
	downtime := func(rest string) string { return fmt.Sprintf(down, rest) }
	slo := func(rest string) string { return fmt.Sprintf(target, rest) }
	for _, test := range []struct {
		kind string
		body func(string) string
		want map[string]string
	}{
		{"downtime", downtime, map[string]string{
			"monitor_id": "monitor_identifier { monitor_id = ... }", "monitor_tags": "monitor_identifier { monitor_tags = ... }",
			"start": "schedule { start = ... }", "end": "schedule { end = ... }", "timezone": "schedule { timezone = ... }",
			"recurrence": "schedule { recurrences { ... } }", "rrule": "schedule { recurrences { rrule = ... } }",
			"duration": "schedule { recurrences { duration = ... } }", "newer": "",
		}},
		{"slo", slo, map[string]string{
			"target": "thresholds { target = ... }", "comparator": "time_slice { comparator = ... }", "threshold": "time_slice { threshold = ... }", "newer": "",
		}},
		{"dashboard", definition, map[string]string{
			"q": `widget "timeseries" { requests { q = ... } }`, "query": "requests { queries { query = ... } }", "palette": "requests { style { palette = ... } }",
			"min": "yaxis { min = ... }", "x": `widget "timeseries" { layout { x = ... } }`, "display_type": "requests { display_type = ... }",
			"description_of": "", "template_variables": "", "newer": "",
		}},
		{"dashboard", request, map[string]string{
			"palette": "requests { style { palette = ... } }", "line_width": "requests { style { line_width = ... } }",
			"formula": "requests { formulas { formula = ... } }", "name": "requests { queries { name = ... } }",
			"show_legend": `widget "timeseries" { show_legend = ... }`, "layout": "", "newer": "",
		}},
		{"dashboard", dashboard, map[string]string{
			"content": `{ content = ... }`, "defaults": "template_variables { defaults = ... }", "newer": "",
		}},
	} {
		k := Named(test.kind)
		for name, want := range test.want {
			inExtra := Check(k.Body, ddtest.Object(t, test.body(fmt.Sprintf(`,"extra":{%q:1}`, name))), CheckOptions{})
			outside := Check(k.Body, ddtest.Object(t, test.body(fmt.Sprintf(`,%q:1`, name))), CheckOptions{})
			switch both := slices.Concat(inExtra, outside); {
			case want == "" && len(inExtra) == 0 && len(outside) == 1 && strings.Contains(outside[0].Detail, "extra = "):
			case want == "" || len(inExtra) != 1 || len(outside) != 1 || slices.ContainsFunc(both, func(p Problem) bool {
				return p.Severity != Error || !strings.Contains(p.Detail, want)
			}):
				t.Errorf("%s: %+v %+v", name, inExtra, outside)
			}
		}
	}
}

// TestSetTwiceIsOneError: a name both in extra and outside of it is one error, whatever the tables know of it.
func TestSetTwiceIsOneError(t *testing.T) {
	for _, name := range []string{"priority", "newer", "notify_no_data", "monitor_thresholds"} {
		body := with(with(with(nil, "type", "query alert"), "query", "q"), name, nil)
		problems := Check(Named("monitor").Body, with(body, extraKey, map[string]any{name: nil}), CheckOptions{})
		if len(problems) != 1 || strings.Contains(problems[0].Detail, "write it in extra") {
			t.Errorf("%s: %+v", name, problems)
		}
	}
}

// TestQueryOfTheProvider: a block of Datadog's Terraform provider around a query is one error, also of a source that the
// tables do not have.
func TestQueryOfTheProvider(t *testing.T) {
	for _, name := range []string{"event_query", "cost_query", "cloud_cost_query", "data_quality_query", "data_jobs_query", "aggregate_augmented_query"} {
		for _, inside := range []any{map[string]any{}, []any{map[string]any{"name": "a"}}} {
			variables := []any{map[string]any{name: inside}}
			body := map[string]any{"type": "query alert", "query": "q", "options": map[string]any{"variables": variables}}
			problems := Check(Named("monitor").Body, body, CheckOptions{})
			if len(problems) != 1 || !strings.Contains(problems[0].Detail, "directly in variables { ... }") {
				t.Errorf("%s: %+v", name, problems)
			}
		}
	}
}
